"""Whether a row holds to a schema of SCDL, to the letter: each fault with its cell and the rule a judge would name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit

from parvis.exchange.formats.tables.faults import Fault
from parvis.foundation.values.identifiers import siret

from .schemas import Field, Schema

_ = str  # marks a sentence for translation

_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_COUNT = re.compile(r"^-?[0-9]{1,18}$")  # neither “1²0” nor four thousand signs
_NUMBER = re.compile(r"^[-+]?\d+(\.\d+)?$")


@dataclass(frozen=True, slots=True)
class Wrong:
    """A fault of a row or of the headings; ``rule`` as the national judge names it."""

    rule: str
    fault: Fault


def check_headings(schema: Schema, columns: Sequence[str]) -> Iterator[Wrong]:
    """Columns the schema requires and the file lacks."""
    for field in schema.fields:
        if field.required and field.name not in columns:
            yield _wrong(
                "missing-required-header", 1, field.name, _("The column “%(name)s” is missing."), name=field.name
            )


def unknown_columns(schema: Schema, columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in columns if schema.take(name) is None)


def check_row(schema: Schema, cells: Mapping[str, str], row: int) -> Iterator[Wrong]:
    """Every fault of a row, column by column, then those that join several."""
    sound = set()
    for field in schema.fields:
        if field.name not in cells:
            continue
        faults = list(_cell(field, cells[field.name], row))
        yield from faults
        if not faults:
            sound.add(field.name)
    yield from _sirets(schema, cells, row)
    yield from _joined(schema, cells, row, sound)


def _cell(field: Field, text: str, row: int) -> Iterator[Wrong]:
    if not text:
        if field.required:
            yield _wrong("constraint-error", row, field.name, _("This cell is empty, and every row needs it."))
        return
    if not _is(field.kind, text):
        yield _wrong("type-error", row, field.name, _KINDS[field.kind], value=text[:60])
        return
    if field.pattern and not re.match(field.pattern, text):
        yield _wrong(
            "constraint-error", row, field.name, _("“%(value)s” is not written as the schema asks."), value=text[:60]
        )
    if field.among and text not in field.among:
        said = _("“%(value)s” is not one of: %(known)s.")
        yield _wrong("constraint-error", row, field.name, said, value=text[:60], known=", ".join(field.among))
    if field.longest and len(text) > field.longest:
        said = _("This text has %(found)s characters; the schema allows %(most)s.")
        yield _wrong("constraint-error", row, field.name, said, found=len(text), most=field.longest)
    yield from _bounds(field, text, row)


def _bounds(field: Field, text: str, row: int) -> Iterator[Wrong]:
    for bound, beyond in ((field.least, -1), (field.most, 1)):
        if bound is not None and (Decimal(text) - Decimal(str(bound))) * beyond > 0:
            said = _("“%(value)s” is not between %(least)s and %(most)s.")
            yield _wrong("constraint-error", row, field.name, said, value=text, least=field.least, most=field.most)


_KINDS = {
    "day": _("“%(value)s” is not a day: write 2024-07-10."),
    "number": _("“%(value)s” is not a number with a point."),
    "count": _("“%(value)s” is not a whole number."),
    "answer": _("“%(value)s” is neither “oui” nor “non”."),
    "uri": _("“%(value)s” is not the address of a page."),
}


def _is(kind: str, text: str) -> bool:
    if kind == "day":
        return _is_day(text)
    if kind == "number":
        return bool(_NUMBER.match(text))
    if kind == "count":
        return bool(_COUNT.match(text))
    if kind == "answer":
        return text in ("oui", "non")
    if kind == "uri":
        return bool(urlsplit(text).scheme and urlsplit(text).netloc)
    return True


def _is_day(text: str) -> bool:
    if not _DAY.match(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _sirets(schema: Schema, cells: Mapping[str, str], row: int) -> Iterator[Wrong]:
    """The national judge looks at the digits, however they are parted, and whatever else is wrong with the cell."""
    for name in schema.sirets:
        text = cells.get(name, "")
        if text and not _is_siret(text):
            yield _wrong("french-siret-value", row, name, _("“%(value)s” is not a SIRET."), value=text[:20])


def _is_siret(text: str) -> bool:
    try:
        siret(text)
    except ValueError:
        return False
    return True


def _joined(schema: Schema, cells: Mapping[str, str], row: int, sound: set[str]) -> Iterator[Wrong]:
    for one, other in schema.one_of:
        if not cells.get(one) and not cells.get(other):
            said = _("One of “%(one)s” and “%(other)s” is needed.")
            yield _wrong("one-of-required", row, one, said, one=one, other=other)
    for name, others in schema.together:
        told = [bool(cells.get(each)) for each in (name, *others)]
        if any(told) and not all(told):
            said = _("“%(name)s” goes with %(others)s: all of them, or none.")
            yield _wrong("cohesive-columns-value", row, name, said, name=name, others=", ".join(others))
    for more, less in schema.not_less:
        if cells.get(more) and cells.get(less) and {more, less} <= sound and _less(cells[more], cells[less]):
            said = _("“%(more)s” is not less than “%(less)s”.")
            yield _wrong("compare-columns-value", row, more, said, more=more, less=less)
    yield from _added_up(schema, cells, row, sound)


def _added_up(schema: Schema, cells: Mapping[str, str], row: int, sound: set[str]) -> Iterator[Wrong]:
    for total, parts in schema.sums:
        if all(cells.get(each) and each in sound for each in (total, *parts)):
            found = sum(int(cells[each]) for each in parts)
            if found != int(cells[total]):
                said = _("“%(total)s” is %(stated)s, and its parts add up to %(found)s.")
                yield _wrong("sum-columns-value", row, total, said, total=total, stated=cells[total], found=found)
    for name in schema.year_spans:
        start, _slash, end = cells.get(name, "").partition("/")
        if end and name in sound and int(end) < int(start):
            yield _wrong("year-interval-value", row, name, _("“%(value)s” ends before it starts."), value=cells[name])


def _less(one: str, other: str) -> bool:
    try:
        return Decimal(one) < Decimal(other)
    except InvalidOperation:
        return one < other


def _wrong(rule: str, row: int, column: str, sentence: str, **facts: object) -> Wrong:
    return Wrong(rule, Fault(sentence, facts, row, column))
