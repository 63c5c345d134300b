"""Levies as they are shown: the rule, the years, what was said of them. What is not known is said."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.page import Page
from parvis.publication.reader import Filters

from .cites import Shown, cite_row
from .docs import Doc, children, fact, text
from .grants import currency_of, grants_of

#: What is known of a year of a levy, from the most that may be given to what is left.
AMOUNTS = ("ceiling", "voted", "committed", "paid", "recovered", "left")


def levies(page: Page) -> list[Doc]:
    """Every levy, the oldest first."""
    return [card["doc"] for card in page.release.each("levy", lang=page.language, sort="oldest", docs=True)]


def line(page: Page, doc: Doc) -> Shown:
    """A levy in a list, with its latest year where one is on record."""
    return {
        "key": doc["key"],
        "title": text(doc, "title"),
        "summary": text(doc, "summary"),
        "kind": wording.kind("levy", doc.get("kind"), page.language),
        "address": page.to_record("levy", doc["key"]),
        "since": fact(doc, "since") or "",
        "pilot": bool(fact(doc, "pilot")),
        "rules": rules(page, doc),
        "latest": next(iter(years(page, doc)), None),
    }


def rules(page: Page, doc: Doc) -> list[Shown]:
    """What the law allows, from when to when."""
    return [
        {
            "rate": row.get("rate"),
            "base": row.get("base") or {},
            "text": page.link(row.get("legal_basis")),
            "when": row.get("valid_from") or "",
            "until": row.get("valid_to") or "",
            "cites": cite_row(page, row),
        }
        for row in children(doc, "rules")
    ]


def years(page: Page, doc: Doc) -> list[Shown]:
    """The years of a levy, the latest first, up to the day described."""
    shown = [_year(row) for row in children(doc, "years") if int(row["year"]) <= page.shown_day.year]
    return sorted(shown, key=lambda year: -year["year"])


def _year(row: dict[str, Any]) -> Shown:
    amounts = {name: _amount(row.get(name)) for name in AMOUNTS}
    most = max((amount for amount in amounts.values() if amount), default=Decimal(0))
    words = {
        "ceiling": _("Ceiling"),
        "voted": _("Voted"),
        "committed": _("Committed"),
        "paid": _("Paid"),
        "recovered": _("Recovered"),
        "left": _("Still left"),
    }
    widths = {name: str(round(amount / most * 1000)) for name, amount in amounts.items() if amount and most}
    return {
        "shown": [
            ({"word": words[name], "code": name, "width": widths.get(name, "0")}, amount)
            for name, amount in amounts.items()
        ],
        "year": int(row["year"]),
        "currency": row.get("currency"),
        "base": _amount(row.get("base")),
        "base_source": row.get("base_source") or "",
        "rate": row.get("rate"),
        **amounts,
        "near": bool(amounts["ceiling"] and amounts["voted"] and amounts["voted"] * 10 >= amounts["ceiling"] * 9),
    }


def _amount(told: Any) -> Decimal | None:
    return None if told in (None, "") else Decimal(str(told))


def plan(page: Page, doc: Doc) -> list[Shown]:
    """What was planned year by year beside what was voted, with the gap."""
    voted = {year["year"]: year["voted"] for year in years(page, doc)}
    rows = sorted(children(doc, "plan"), key=lambda row: int(row["year"]))
    told = [*voted.values(), *(_amount(row["amount"]) for row in rows)]
    most = max((amount for amount in told if amount), default=Decimal(1))
    return [
        {
            "planned_width": str(round((_amount(row["amount"]) or 0) / most * 1000)),
            "voted_width": str(round((voted.get(int(row["year"])) or 0) / most * 1000)),
            "year": int(row["year"]),
            "planned": _amount(row["amount"]),
            "voted": voted.get(int(row["year"])),
            "gap": gap(_amount(row["amount"]), voted.get(int(row["year"]))),
            "note": row.get("note") or {},
            "currency": currency_of(page),
        }
        for row in rows
    ]


def gap(planned: Decimal | None, voted: Decimal | None) -> Decimal | None:
    return None if planned is None or voted is None else voted - planned


def projects(page: Page, programme: str | None) -> list[Shown]:
    """Projects of the programme a levy pays for, those of its calls included."""
    if not programme:
        return []
    programmes = {programme, *(row["key"] for row in page.rows("programmes", origin=programme, kind="call"))}
    keys = [row["key"] for one in sorted(programmes) for row in page.rows("projects", programme=one)]
    page.hold(keys)
    return [link for key in keys if (link := page.link(key))]


def paid_grants(page: Page, doc: Doc) -> Shown | None:
    """Grants that say they are paid from this levy, or that belong to its programme."""
    funds = tuple(key for key in (doc["key"], fact(doc, "programme")) if key)
    return grants_of(page, Filters(funds=funds), fund=list(funds))
