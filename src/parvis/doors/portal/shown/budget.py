"""The money of a year, line by line, from the ledger where there is one and from the grants told where there is none.

A line is never counted twice: a grant that came out of an envelope stands in the ledger's line of its levy, any
other in the line of its fund. What nobody recorded is not known, and is no zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.page import Page

from .cites import Shown, cite_row
from .docs import children
from .grants import currency_of
from .levies import levies

STEPS = ("voted", "committed", "paid")
_GIVEN = ("awarded", "closed")


@dataclass(slots=True)
class Line:
    """What one line of a year was voted, has committed and has paid; None where it is not known.

    ``recovered`` is the part of what was paid that came back.
    """

    word: Mapping[str, str]
    origin: str
    address: str = ""
    voted: Decimal | None = None
    committed: Decimal | None = None
    paid: Decimal | None = None
    recovered: Decimal | None = None
    grants: int = 0

    def add(self, step: str, amount: Any) -> None:
        if amount not in (None, ""):
            setattr(self, step, (getattr(self, step) or Decimal(0)) + Decimal(str(amount)))


@dataclass(slots=True)
class BudgetYear:
    """A year: its lines, and what they come to, to the cent."""

    year: int
    currency: str
    lines: list[Line] = field(default_factory=list)
    published: list[Shown] = field(default_factory=list)

    @property
    def voted(self) -> Decimal | None:
        return self._sum("voted")

    @property
    def committed(self) -> Decimal | None:
        return self._sum("committed")

    @property
    def paid(self) -> Decimal | None:
        return self._sum("paid")

    @property
    def recovered(self) -> Decimal | None:
        return self._sum("recovered") or None

    @property
    def partly(self) -> set[str]:
        """The sums some lines do not tell: they stand for the lines that do."""
        return {step for step in STEPS if any(getattr(line, step) is None for line in self.lines)}

    def _sum(self, step: str) -> Decimal | None:
        told = [amount for line in self.lines if (amount := getattr(line, step)) is not None]
        return sum(told, Decimal(0)) if told else None


def budget_years(page: Page) -> list[BudgetYear]:
    """Every year anything is known of, the latest first, up to the day shown."""
    found: dict[int, BudgetYear] = {}
    currency = currency_of(page)
    for year, lines in (*_ledger(page), *_told(page), *_costs(page)):
        found.setdefault(year, BudgetYear(year, currency)).lines += lines
    for year, said in _published(page):
        found.setdefault(year, BudgetYear(year, currency)).published.append(said)
    return [found[year] for year in sorted(found, reverse=True) if year <= page.shown_day.year]


def _ledger(page: Page) -> Iterable[tuple[int, list[Line]]]:
    """The years of the levies, as the ledger holds them."""
    for doc in levies(page):
        link = page.link(doc["key"]) or {"title": {}, "address": ""}
        for row in children(doc, "years"):
            if row["currency"] == currency_of(page):
                line = Line(link["title"], _("the City's ledger"), link["address"])
                for step in STEPS:
                    line.add(step, row.get(step))
                line.recovered = Decimal(str(row.get("recovered") or 0)) or None
                yield int(row["year"]), [line]


def _told(page: Page) -> Iterable[tuple[int, list[Line]]]:
    """Grants that came out of no envelope, by the fund their source names."""
    names = ("key", "year", "state", "form", "currency", "programme", "levy", "envelope", "amount_voted", "amount_paid")
    lines: dict[tuple[int, str], Line] = {}
    for row in page.release.columns("grants", *names):
        grant = dict(zip(names, row, strict=True))
        if grant["state"] not in _GIVEN or grant["envelope"] or grant["currency"] != currency_of(page):
            continue
        kind = "in_kind" if grant["form"] == "in_kind" else grant["programme"] or grant["levy"] or ""
        key = (int(grant["year"]), kind)
        line = lines.setdefault(key, _line_of(page, *key))
        line.grants += 1
        line.add("committed", grant["amount_voted"])
        line.add("paid", grant["amount_paid"])
    page.hold(key for _year, key in lines)
    order = sorted(lines, key=lambda key: (key[0], key[1] == "", -(lines[key].committed or Decimal(0)), key[1]))
    return [(key[0], [lines[key]]) for key in order]


def _line_of(page: Page, year: int, kind: str) -> Line:
    origin = _("grants on record")
    if kind == "in_kind":
        return Line({page.language: _("Help in kind, at its estimated value")}, origin)
    if not kind:
        return Line({page.language: _("No call or fund named")}, origin, page.to("grants", year=year))
    return Line(page.title_of(kind), origin, page.to("grants", year=year, fund=kind))


def _costs(page: Page) -> Iterable[tuple[int, list[Line]]]:
    """Aid that is no grant: refugees received, staff, awareness. Paid, as its office told it."""
    lines: dict[tuple[int, str], Line] = {}
    for row in page.rows("aid_costs"):
        if row["currency"] == currency_of(page):
            word = wording.of_group("aid", "part", row["part"], page.language)
            key = (int(row["year"]), row["part"])
            line = lines.setdefault(key, Line({page.language: word}, _("declaration of aid")))
            line.add("paid", row["amount"])
    return [(year, [line]) for (year, _part), line in sorted(lines.items())]


def _published(page: Page) -> Iterable[tuple[int, Shown]]:
    """The yearly totals that sources gave of the whole budget: each stays, with its source and what it covers."""
    budgets = [row["key"] for row in page.release.each("programme", lang=page.language) if row["kind"] == "budget"]
    for key in budgets:
        subjects = [key, *(row["key"] for row in page.rows("indicators", about=key))]
        for row in (row for subject in subjects for row in page.rows("statements", subject=subject)):
            if row["amount_kind"] == "yearly" and row["currency"] == currency_of(page) and row["as_of"]:
                for year in _years_of(str(row["as_of"])):
                    yield year, _saying(page, row)


def _years_of(as_of: str) -> Iterable[int]:
    """Somewhere between 2019 and 2020 is said beside both."""
    ends = [int(part[:4]) for part in as_of.split("/") if part[:4].isdigit()]
    return range(min(ends), max(ends) + 1) if ends else ()


def _saying(page: Page, row: Mapping[str, Any]) -> Shown:
    return {
        "amount": Decimal(str(row["number"])),
        "qualifier": wording.qualifier(row.get("qualifier"), page.language),
        "when": row["as_of"],
        "scope": row.get("scope") or {},
        "cites": cite_row(page, row),
    }
