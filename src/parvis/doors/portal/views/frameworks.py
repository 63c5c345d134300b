"""Framework agreements: what each year was voted to bring, both ways, what was given and paid, and for what use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.answers import NotHere, answer
from parvis.doors.portal.page import Page
from parvis.doors.portal.section_words import section_word
from parvis.doors.portal.shown import grants as grants_
from parvis.doors.portal.shown import sheet as sheets
from parvis.doors.portal.shown.cites import Shown, cite_row
from parvis.doors.portal.shown.docs import Doc, children, fact, text
from parvis.doors.portal.shown.sheet import found

from .money import figures_about, trail

_GIVEN = ("awarded", "closed")
ZERO = Decimal(0)


@dataclass(slots=True)
class FrameworkYear:
    """A year of an agreement in one currency: allocations each way, grants given under it, what was paid of them."""

    year: int
    currency: str
    given: Decimal | None = None
    received: Decimal | None = None
    granted: Decimal | None = None
    paid: Decimal | None = None
    lines: list[Shown] = field(default_factory=list)

    @property
    def left(self) -> Decimal | None:
        """Of what the city allotted, what no grant has taken yet; not known where nothing was allotted."""
        return None if self.given is None else self.given - (self.granted or ZERO)

    def add(self, name: str, amount: Any) -> None:
        if amount not in (None, ""):
            setattr(self, name, (getattr(self, name) or ZERO) + Decimal(str(amount)))


def frameworks(page: Page) -> list[Doc]:
    """Framework agreements, and any other whose yearly money is on record or was told."""
    allotted = {row["agreement"] for row in page.rows("framework_allocations")}
    told = {row["about"] for row in page.rows("indicators", unit=grants_.currency_of(page)) if row.get("about")}
    cards = page.release.each("agreement", lang=page.language, sort="oldest", docs=True)
    return [
        card["doc"]
        for card in cards
        if card["kind"] == "framework" or card["key"] in allotted or card["key"] in told
    ]  # fmt: skip


def years(page: Page, doc: Doc) -> list[FrameworkYear]:
    """The years of an agreement up to the day shown, the latest first; two currencies never add up."""
    held: dict[tuple[int, str], FrameworkYear] = {}
    for row in page.rows("framework_allocations", agreement=doc["key"]):
        year = _of(held, row)
        year.add("received" if row["direction"] == "received" else "given", row["amount"])
        year.lines.append(_line(page, row))
    for row in _grants(page, doc):
        year = _of(held, row)
        year.add("granted", row["amount_voted"])
        year.add("paid", row["amount_paid"])
    return [held[key] for key in sorted(held, reverse=True) if key[0] <= page.shown_day.year]


def _of(held: dict[tuple[int, str], FrameworkYear], row: Any) -> FrameworkYear:
    key = (int(row["year"]), str(row["currency"]))
    return held.setdefault(key, FrameworkYear(*key))


def _grants(page: Page, doc: Doc) -> list[dict[str, Any]]:
    rows = page.rows("grants", agreement=doc["key"])
    return [row for row in rows if row["state"] in _GIVEN and row["form"] != "in_kind"]


def _line(page: Page, row: dict[str, Any]) -> Shown:
    return {
        "party": page.link(row["party"]),
        "way": wording.of_group("convention", "direction", row["direction"], page.language),
        "amount": Decimal(str(row["amount"])),
        "currency": row["currency"],
        "decision": page.link(row["decision"]),
        "voted": row["voted"],
    }


def _shown(page: Page, doc: Doc) -> Shown:
    ours = {page.release.city.get("the_city"), page.release.city.get("place")}
    return {
        "key": doc["key"],
        "title": text(doc, "title"),
        "address": page.to("frameworks", doc["key"]),
        "kind": wording.kind("agreement", doc.get("kind") or "", page.language),
        "parties": _parties(page, doc),
        "between_others": not ours & {row["party"] for row in children(doc, "parties")},
        "signed": fact(doc, "signed") or "",
        "until": fact(doc, "until") or "",
        "term": fact(doc, "term_years"),
        "years": years(page, doc),
        "sums": [figure for figure in figures_about(page, doc["key"]) if figure["money"]],
        "themes": sheets.sheet(page, doc)["themes"],
        "uses": _uses(page, doc),
    }


def _parties(page: Page, doc: Doc) -> list[Shown]:
    return [link for row in children(doc, "parties") if (link := page.link(row["party"]))]


def _uses(page: Page, doc: Doc) -> list[Shown]:
    """What its clauses say the money is for."""
    clauses = [row for row in children(doc, "clauses") if row.get("kind") == "money"]
    return [{"words": row["words"], "cites": cite_row(page, row)} for row in clauses]


def index(page: Page) -> HttpResponse:
    facts = {
        "title": section_word("frameworks"),
        "trail": trail(page),
        "rows": [_shown(page, doc) for doc in frameworks(page)],
    }
    return answer(page, "portal/frameworks.html", facts)


def show(page: Page, key: str) -> HttpResponse:
    doc = found(page, key, ("agreement",))
    if key not in {one["key"] for one in frameworks(page)}:
        raise NotHere
    shown = _shown(page, doc)
    here = {"word": str((page.card(key) or {}).get("title", "")), "address": ""}
    facts = {
        "one": shown,
        "trail": trail(page, {"word": section_word("frameworks"), "address": page.to("frameworks")}, here),
        "record": page.to_record("agreement", key),
        "projects": _projects(page, key),
        "grants": _given(page, doc),
        "sources": sheets.sheet(page, doc)["sources"],
        "title": _("Money of an agreement"),
    }
    return answer(page, "portal/framework.html", facts)


def _projects(page: Page, key: str) -> list[Shown]:
    """Projects tied to the agreement: what its money is used for."""
    keys = [row["key"] for row in page.rows("projects", agreement=key)]
    return _links(page, keys)


def _links(page: Page, keys: Iterable[str]) -> list[Shown]:
    held = list(keys)
    page.hold(held)
    return [link for key in held if (link := page.link(key))]


def _given(page: Page, doc: Doc) -> list[Shown]:
    rows = _grants(page, doc)
    page.hold([row["key"] for row in rows] + [row["beneficiary"] for row in rows if row["beneficiary"]])
    return [
        {
            "link": page.link(row["key"]),
            "body": page.link(row["beneficiary"]),
            "year": row["year"],
            "voted": row["amount_voted"],
            "paid": row["amount_paid"],
            "currency": row["currency"],
        }
        for row in rows
    ]
