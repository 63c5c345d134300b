"""Grants as they are shown: who received what, for what, where, and how surely that is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.page import Page
from parvis.publication.reader import Filters, Sum

from .cites import Shown, cite
from .docs import Doc, children, fact, text

#: So many grants are named on the page of another record; the list has them all.
MOST_NAMED = 40
_NAMED = ("beneficiary", "programme", "levy", "envelope", "place", "decision", "project", "agreement", "crisis")


def fetch(page: Page, cards: Iterable[dict[str, Any]]) -> None:
    """Read at once the short rows of all that these grants name."""
    docs = [card["doc"] for card in cards]
    keys = [fact(doc, name) for doc in docs for name in _NAMED]
    keys += [row["place"] for doc in docs for row in children(doc, "places")]
    page.hold(key for key in keys if key)


def row(page: Page, card: dict[str, Any]) -> Shown:
    """A grant as a line of a table."""
    doc: Doc = card["doc"]
    return {
        "key": card["key"],
        "title": text(doc, "title") or {card["title_lang"]: card["title"]},
        "address": page.to_record("grant", card["key"]),
        "when": fact(doc, "voted") or str(fact(doc, "year") or ""),
        "year": fact(doc, "year"),
        "state": wording.pill("grant", card.get("state"), page.language),
        "body": page.link(fact(doc, "beneficiary")),
        "is_person": bool(fact(doc, "natural_person")),
        "fund": page.link(fact(doc, "programme")) or page.link(fact(doc, "levy")),
        "currency": fact(doc, "currency"),
        "in_kind": fact(doc, "form") == "in_kind",
        "asked": amount(doc, "amount_asked"),
        "voted": amount(doc, "amount_voted"),
        "paid": amount(doc, "amount_paid"),
        "unpaid": _unpaid(doc),
        **where(page, doc),
    }


def _unpaid(doc: Doc) -> str:
    """What stands for a sum paid that no row gives: where instalments are planned and none is paid, that is known."""
    planned = children(doc, "instalments")
    if planned and not any(row.get("paid") for row in planned):
        return _("nothing yet")
    return _("not known")


def where(page: Page, doc: Doc) -> Shown:
    """The places of a grant, and how surely they are known."""
    keys = [fact(doc, "place"), *(place["place"] for place in children(doc, "places"))]
    country = fact(doc, "country") or ""
    return {
        "places": [link for key in keys if (link := page.link(key))],
        "country": wording.country(country, page.language) if country else "",
        "inferred": fact(doc, "place_known") == "inferred",
    }


def amount(doc: Doc, column: str) -> Decimal | None:
    told = fact(doc, column)
    return None if told in (None, "") else Decimal(str(told))


def currency_of(page: Page) -> str:
    return str(page.release.city.get("currency") or "EUR")


def grants_of(page: Page, filters: Filters, **query: Any) -> Shown | None:
    """The grants of another record: how many, their sum, the latest year first; None when there are none."""
    total = page.release.summed("grant", filters=filters, on=page.on)
    listing = page.release.listing(
        "grant", lang=page.language, filters=filters, on=page.on, sort="date", page=1, size=MOST_NAMED, docs=True
    )
    if not listing.total:
        return None
    fetch(page, listing.rows)
    by_year = page.release.summed_by("grant", "year", filters=filters, on=page.on)
    return {
        "total": listing.total,
        "sum": total,
        "currency": currency_of(page),
        "years": _by_year([row(page, card) for card in listing.rows], by_year),
        "more": listing.total > MOST_NAMED,
        "address": page.to("grants", **query),
        "keys": [card["key"] for card in listing.rows],
        "other_currency": bool(total and total.silent),
    }


def against_published(page: Page, key: str) -> list[Shown]:
    """For each year a source gives an amount of a fund: that amount, what is on record, and the difference."""
    told = [*page.rows("statements", subject=key), *_of_its_figures(page, key)]
    said = [row for row in told if row["amount_kind"] == "yearly" and row["currency"] == currency_of(page)]
    found = []
    for row in sorted(said, key=lambda row: str(row["as_of"])):
        if "/" in str(row["as_of"] or "/"):
            continue  # somewhere between two dates is no year
        year = str(row["as_of"])[:4]
        held = page.release.summed("grant", filters=Filters(funds=(key,), years=(year,)), on=page.on)
        if held is None or not held.counted:
            continue
        published = Decimal(str(row["number"]))
        found.append(
            {
                "year": year,
                "published": published,
                "held": held,
                "difference": held.amount - published,
                "cite": cite(page, row["source"], *_lines(row)),
                "currency": row["currency"],
            }
        )
    return list({(one["year"], one["published"]): one for one in found}.values())


def _of_its_figures(page: Page, key: str) -> list[dict[str, Any]]:
    figures = [row["key"] for row in page.rows("indicators", about=key)]
    return [row for figure in figures for row in page.rows("statements", subject=figure, property="value")]


def _lines(row: dict[str, Any]) -> tuple[int, ...]:
    first, _dash, last = (row.get("lines") or "").partition("-")
    return (int(first), int(last or first)) if first else ()


def _by_year(rows: Sequence[Shown], sums: dict[str, Sum]) -> list[Shown]:
    years: dict[int, list[Shown]] = {}
    for one in rows:
        years.setdefault(one["year"], []).append(one)
    return [{"year": year, "rows": found, "sum": sums.get(str(year))} for year, found in sorted(years.items())[::-1]]


def bars(sums: dict[str, Sum], words: dict[str, Any], addresses: dict[str, str]) -> list[Shown]:
    """One bar a value, from zero, on one scale. Widths in thousandths of the longest."""
    most = max((told.amount for told in sums.values()), default=Decimal(0)) or Decimal(1)
    return [
        {
            "word": words[value],
            "address": addresses.get(value, ""),
            "amount": told.amount,
            "count": told.counted + told.silent,
            "width": str(round(told.amount / most * 1000)),
        }
        for value, told in sums.items()
    ]


def every_year(sums: dict[str, Sum]) -> dict[str, Sum | None]:
    """Years from the first to the last: one without a grant is a gap, never a zero."""
    years = [int(year) for year in sums]
    return {str(year): sums.get(str(year)) for year in range(min(years), max(years) + 1)} if years else {}
