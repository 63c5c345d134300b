"""Which field each column fills: by its name, by a name like it, by what it holds. A person corrects."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from parvis.exchange.formats.tables import spans
from parvis.exchange.formats.tables.heading import UNDER
from parvis.exchange.formats.tables.reading import Row
from parvis.exchange.formats.tables.values import NotSo, Writing, answer, day, is_nothing, number, writing_of
from parvis.exchange.inbound.enums import Why
from parvis.exchange.inbound.lines import read_line
from parvis.exchange.inbound.own_columns import language_of_titles, worded, worked_out
from parvis.exchange.inbound.targets import LINES, Meaning, Target, Wanted
from parvis.exchange.inbound.targets.targets import without_small_words
from parvis.foundation.values.identifiers import identifier
from parvis.foundation.values.text import fold, squeeze

_MAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_PHONE = re.compile(r"^\+?[\d\s.()/-]{8,20}$")
_ENOUGH = 0.8
_ALIKE = 0.86
_BY_CONTENT = (Meaning.IDENTIFIER, Meaning.EMAIL, Meaning.TELEPHONE, Meaning.COUNTRY)

Mapping_ = dict[str, dict[str, Any]]


def signature(target: str, columns: Sequence[str]) -> str:
    """What a kind of file is known by: its columns, whatever their order."""
    return hashlib.sha256("\n".join([target, *sorted(map(fold, columns))]).encode()).hexdigest()


def matched(
    target: Target,
    columns: Sequence[str],
    sample: Sequence[Row],
    language: str,
    remembered: Mapping[str, Any] | None = None,
) -> Mapping_:
    """For each column: the field it fills, why, and how its numbers and days are written."""
    cells = {name: [row.cells[name] for row in sample if not is_nothing(row.cells[name])] for name in columns}
    chosen = _remembered(target, columns, remembered) if remembered else _by_likeness(target, columns, cells)
    tongues = {name: tongue for name, (_field, tongue) in worded(target, columns).items()}
    if titled := language_of_titles(columns, cells):
        tongues |= {name: titled for name, (field, _why) in chosen.items() if field == "title"}
    return {
        name: {"place": place}
        | _said(target, chosen.get(name), cells[name], language)
        | ({"language": tongues[name]} if name in tongues and name in chosen else {})
        for place, name in enumerate(columns)
    }


def in_order(mapping: Mapping[str, Any]) -> list[str]:
    """The columns as they stand in the file: the database keeps what is said of them in an order of its own."""
    return sorted(mapping, key=lambda name: mapping[name].get("place", 0))


def _remembered(target: Target, columns: Sequence[str], before: Mapping[str, Any]) -> dict[str, tuple[str, Why]]:
    known = {fold(name): field for name, field in before.items()}
    return {
        name: (known[fold(name)], Why.REMEMBERED)
        for name in columns
        if known.get(fold(name)) and target.take(known[fold(name)])
    }


def _by_likeness(target: Target, columns: Sequence[str], cells: Mapping[str, list[str]]) -> dict[str, tuple[str, Why]]:
    taken: dict[str, tuple[str, Why]] = {
        name: (field, Why.NAME) for name, (field, _) in worded(target, columns).items()
    }
    left = worked_out(columns)
    scored = [
        (score, -place, -rank, name, wanted.name, why)
        for place, name in enumerate(columns)
        if name not in left
        for rank, wanted in enumerate(target.wanted)
        for score, why in [_likeness(name, wanted, cells[name], target.called)]
        if score > 0
    ]
    fields = {field for field, _why in taken.values()}
    for _score, _place, _rank, name, field, why in sorted(scored, reverse=True):
        if name not in taken and field not in fields:
            taken[name] = (field, why)
            fields.add(field)
    return taken


def _likeness(name: str, wanted: Wanted, cells: list[str], called: frozenset[str]) -> tuple[float, Why]:
    """How like a field a column is; under a heading of several columns, by its own name, a little less surely."""
    own = name.rpartition(UNDER)[2]
    score, why = _likeness_of(own, wanted, cells, called)
    return (score * 0.95, why) if own != name and why is not Why.CONTENT else (score, why)


def _likeness_of(name: str, wanted: Wanted, cells: list[str], called: frozenset[str]) -> tuple[float, Why]:
    bare = squeeze(re.sub(r"\(.*?\)", "", name))
    if squeeze(name) in wanted.names or bare in wanted.names:
        exact = 0.1 if squeeze(name) == squeeze(wanted.name) or bare in map(squeeze, wanted.label.values()) else 0.0
        sure = wanted.meaning == Meaning.COUNTRY or _fits(wanted, cells)  # by their names, most often
        return (2.0 + exact, Why.NAME) if sure else (0.9, Why.NAME)
    for score, plain in ((1.9, without_small_words(name)), (1.7, without_small_words(name, nor=called))):
        if plain and plain in wanted.plain_names and _fits(wanted, cells):
            return score, Why.NAME
    best = max((SequenceMatcher(None, bare, known).ratio() for known in wanted.names if known), default=0.0)
    if best >= _ALIKE and len(bare) > 3 and _fits(wanted, cells):
        return best, Why.LIKE
    if wanted.meaning in _BY_CONTENT and len(cells) > 1 and _fits(wanted, cells):
        return 0.5, Why.CONTENT
    return 0.0, Why.NONE


def _fits(wanted: Wanted, cells: Iterable[str]) -> bool:
    """Whether nearly all the cells may be what the field means."""
    seen = list(cells)[:60]
    if not seen:
        return wanted.meaning not in _BY_CONTENT and wanted.meaning not in LINES
    return sum(1 for cell in seen if _may_be(wanted, cell)) >= len(seen) * _ENOUGH


def _may_be(wanted: Wanted, cell: str) -> bool:
    try:
        match wanted.meaning:
            case Meaning.MONEY | Meaning.COUNT | Meaning.DECIMAL:
                number(cell, Writing())
            case Meaning.DAY:
                return _may_be_days(wanted, cell)
            case Meaning.ANSWER:
                answer(cell)
            case Meaning.IDENTIFIER:
                identifier(wanted.scheme, re.sub(r"[^\w-]", "", cell))
            case Meaning.EMAIL:
                return bool(_MAIL.match(cell))
            case Meaning.TELEPHONE:
                return bool(_PHONE.match(cell)) and sum(sign.isdigit() for sign in cell) >= 8
            case Meaning.COUNTRY:
                return len(cell) == 2 and cell.isalpha() and cell.isupper()
            case meaning if meaning in LINES:
                read_line(wanted.name, meaning, cell.split(";", maxsplit=1)[0].strip(), "fr", Writing())
    except (NotSo, ValueError):
        return False
    return True


def _may_be_days(wanted: Wanted, cell: str) -> bool:
    """A day; or its first and last in one cell, where the field has both; or an end that has not come."""
    try:
        return bool(day(cell, Writing()))
    except NotSo:
        found = spans.span(cell, Writing())
        return bool(wanted.span and found) or bool(found and not found[1]) or (wanted.open and spans.is_open(cell))


def _said(target: Target, chosen: tuple[str, Why] | None, cells: Sequence[str], language: str) -> dict[str, Any]:
    field, why = chosen or ("", Why.NONE)
    said: dict[str, Any] = {"field": field, "why": why.value, "examples": list(dict.fromkeys(cells))[:3]}
    return said | how_written(target, field, cells, language)


def how_written(target: Target, field: str, cells: Sequence[str], language: str) -> dict[str, Any]:
    """How a column writes its numbers or days, and whether that is sure; nothing for words."""
    wanted = target.take(field) if field else None
    if wanted is None or wanted.meaning not in (
        Meaning.MONEY,
        Meaning.DECIMAL,
        Meaning.COUNT,
        Meaning.DAY,
        Meaning.PERIOD,
    ):
        return {}
    writing = writing_of(cells, language)
    return {"decimal": writing.decimal, "order": writing.order, "sure": writing.sure}
