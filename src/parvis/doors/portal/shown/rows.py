"""A record as one row of a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from parvis.doors.portal import wording
from parvis.doors.portal.page import Page

from .cites import Shown, cites
from .docs import Doc, citations, named_by, text, when
from .then import as_it_stood

#: Said somewhere about something: the country of either would read as a third thing.
_NOWHERE = frozenset({"promise", "question", "claim"})
Row = Callable[[Page, dict[str, Any]], Shown]


def row_of(page: Page, card: dict[str, Any]) -> Shown:
    """Title, one sentence, kind, state, date, sources. ``card`` carries its record under ``doc``."""
    doc: Doc = card["doc"]
    return {
        "key": card["key"],
        "title": text(doc, "title") or {card["title_lang"]: card["title"]},
        "address": page.to_record(card["noun"], card["key"]),
        "summary": text(doc, "summary"),
        "kind": wording.kind(card["noun"], card.get("kind"), page.language),
        "state": None if doc.get("stateless") else wording.pill(card["noun"], card.get("state"), page.language),
        "note": "",
        "when": when(doc),
        "themes": [{"code": code, "word": wording.theme(code, page.language)} for code in doc.get("themes") or ()],
        "country": _country(page, card),
        "cites": cites(page, citations(doc)),
    }


def _country(page: Page, card: dict[str, Any]) -> str:
    if not card.get("country") or card["noun"] in _NOWHERE:
        return ""
    return wording.country(card["country"], page.language)


def rows_of(page: Page, cards: Sequence[dict[str, Any]], row: Row = row_of) -> list[Shown]:
    page.hold(key for card in cards for key in named_by(card["doc"]))
    return [row(page, {**card, "doc": as_it_stood(page, card["doc"])}) for card in cards]
