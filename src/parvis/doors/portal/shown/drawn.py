"""Rows of a list, drawn once: what a release says of a record does not change while the release is served."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from parvis.doors.portal.page import Page

from .cites import Shown
from .rows import Row, row_of, rows_of

#: Rows kept by one worker: a kilobyte or so each. The first drawn are the first to go.
_MOST = 5000
_kept: dict[Hashable, Drawn] = {}


@dataclass(frozen=True, slots=True)
class Line:
    """How a record becomes a line: its facts, the template they are put in, and what lines may be sorted by."""

    template: str = "portal/_row.html"
    row: Row = row_of
    order: Callable[[Page, Shown], Any] | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line ready to be shown; ``dated`` when it says when."""

    html: SafeString
    dated: bool
    order: Any = None


def drawn(page: Page, cards: Sequence[dict[str, Any]], line: Line) -> list[Drawn]:
    """Lines of these records. The whole record is read of those alone that were not drawn lately."""
    questions = [_question(page, card, line) for card in cards]
    lines = {question: _kept[question] for question in questions if question in _kept}
    missing = [(question, card) for question, card in zip(questions, cards, strict=True) if question not in lines]
    if missing:
        made = zip((question for question, _card in missing), _made(page, [c for _q, c in missing], line), strict=True)
        lines |= _keep(made)
    return [lines[question] for question in questions]


def _question(page: Page, card: dict[str, Any], line: Line) -> Hashable:
    """All that a line depends on."""
    asked = (page.release.etag, page.asked_release, page.language, page.on_text, page.on)
    return (*asked, line.template, line.row, card["key"])


def _made(page: Page, cards: list[dict[str, Any]], line: Line) -> list[Drawn]:
    docs = page.release.records(card["key"] for card in cards)
    rows = rows_of(page, [{**card, "doc": docs[card["key"]]} for card in cards], line.row)
    return [_one(page, row, line) for row in rows]


def _one(page: Page, row: Shown, line: Line) -> Drawn:
    html = render_to_string(line.template, {"row": row, "page": page})
    return Drawn(html, bool(row.get("when")), line.order(page, row) if line.order else None)


def _keep(made: Iterable[tuple[Hashable, Drawn]]) -> dict[Hashable, Drawn]:
    new = dict(made)
    for oldest in list(_kept)[: max(0, len(_kept) + len(new) - _MOST)]:
        _kept.pop(oldest, None)  # another thread may have been quicker
    _kept.update(new)
    return new
