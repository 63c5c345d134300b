"""The dated figures of levies and budgets; amounts of different kinds never add up."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from parvis.doors.portal import wording
from parvis.doors.portal.answers import answer
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown import values
from parvis.doors.portal.shown.cites import Shown
from parvis.doors.portal.shown.docs import fact, text

#: Kinds of programme that bring money, in the order they are told.
FUNDS = ("levy", "budget", "fund", "call")


def levies(page: Page, kinds: tuple[str, ...] = ("levy",)) -> list[Shown]:
    """Each levy with the sums said of it, each under its own kind of amount."""
    docs = [
        card["doc"]
        for card in page.release.each("programme", lang=page.language, sort="oldest", docs=True)
        if card["kind"] in kinds
    ]
    return [_fund(page, doc) for doc in sorted(docs, key=lambda doc: kinds.index(doc["kind"]))]


def _fund(page: Page, doc: Any) -> Shown:
    sums = [figure for figure in figures_about(page, doc["key"]) if figure["money"]]
    return {
        "key": doc["key"],
        "title": text(doc, "title"),
        "summary": text(doc, "summary"),
        "kind": wording.kind("programme", doc["kind"], page.language),
        "address": page.to_record("programme", doc["key"]),
        "since": fact(doc, "since") or "",
        "sums": sums,
        "first": next(
            (figure for figure in sums if figure["amount_kind"] in ("ceiling", "yearly", "yearly_target", "per_grant")),
            None,
        )
        or next(iter(sums), None),
    }


def figures_about(page: Page, key: str) -> list[Shown]:
    """The figures followed about a record."""
    found = []
    for row in page.rows("indicators", about=key):
        doc = page.release.record(row["key"])
        said = values.shown_first(doc["statements"]) if doc else None
        if doc and said:
            shown = values.figure(page, doc) or {}
            found.append(shown | {"money": bool(said.get("currency")), "amount_kind": said.get("amount_kind") or ""})
    return found


def household(page: Page) -> Shown | None:
    """What one household gives: the sum a reader can feel."""
    row = next(iter(page.rows("statements", amount_kind="per_household")), None)
    doc = page.release.record(row["subject"]) if row else None
    return values.figure(page, doc, row["property"]) if doc and row else None


def other_sums(page: Page, shown: set[str]) -> list[Shown]:
    """Every other figure in money, grouped by nothing but its own words."""
    keys = dict.fromkeys(row["subject"] for row in page.rows("statements", property="value") if row["currency"])
    docs = (page.release.record(key) for key in keys if key not in shown)
    return [figure for doc in docs if doc and doc["noun"] == "indicator" and (figure := values.figure(page, doc))]


def index(page: Page) -> HttpResponse:
    funds = levies(page, FUNDS)
    told = {figure["key"] for fund in funds for figure in fund["sums"]}
    facts = {
        "levies": [fund for fund in funds if fund["sums"]],
        "silent": [fund for fund in funds if not fund["sums"]],
        "household": household(page),
        "others": other_sums(page, told),
    }
    return answer(page, "portal/money.html", facts)
