"""A published table one can ask: which rows meet a condition, in what order, and the rows themselves."""

from __future__ import annotations

import re
import sqlite3
import weakref
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property, reduce
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

from parvis.foundation.values import fold
from parvis.publication.reader.withdrawn import OF_NO_RECORD

from .coded import MOST_DISTINCT, Coded, Flags, Places, TooManyValues, read_column
from .figures import Figure, Point
from .holding import Holding
from .parts import reading
from .tree import (
    All,
    AnyOf,
    Compare,
    Condition,
    Field,
    Like,
    Located,
    Not,
    NotUnderstood,
    Order,
    Refined,
    StartsWith,
    Unknown,
    Words,
    _,
)

Rows = npt.NDArray[np.intp]
_TEXTS = frozenset({"key", "ref", "text", "words", "pdate", "lines", "list"})
_NAMES = frozenset({"key", "ref", "text", "list", "lines"})
_AT_ONCE = 500
_MOST_ARGUMENTS = 90
#: What this process holds of the columns of all tables: three columns of a million sums, or fifty of their years.
_COLUMNS = Holding(64 << 20)


class Table:
    """One table of one release. ``columns`` are names and types as they stand in its files."""

    def __init__(
        self,
        name: str,
        columns: Sequence[tuple[str, str]],
        *,
        owner: str | None,
        path: Path,
        db: Callable[[], sqlite3.Connection],
        hidden: frozenset[str],
        matching: Callable[[str], frozenset[str]],
        points: Callable[[Sequence[str]], Iterator[tuple[str, Point]]],
    ) -> None:
        self.name = name
        self.kinds = dict(columns)
        self.owner = owner
        self._path, self._db, self._hidden, self._matching = path, db, hidden, matching
        self._points = points
        self._mark = object()
        weakref.finalize(self, _COLUMNS.forget, self._mark)

    # -- columns

    def column(self, name: str) -> Coded:
        """A column, read unless it is held. Raises NotUnderstood for one that is not there."""
        if name not in self.kinds:
            raise NotUnderstood(
                _("The table %(table)s has no column “%(column)s”. It has: %(columns)s."),
                table=self.name, column=name, columns=", ".join(self.kinds),
            )  # fmt: skip
        return _COLUMNS.column(self._mark, name, lambda: read_column(self._path, name, self.kinds[name]))

    @cached_property
    def visible(self) -> Flags:
        """Every row but those that name what was withdrawn since; or belong to no record, while one of these waits."""
        first = self.column(next(iter(self.kinds)))
        seen = np.ones(len(first.codes), np.bool_)
        if OF_NO_RECORD in self._hidden:
            seen &= ~self.column(self.owner).empty(None) if self.owner else np.False_
        if keys := self._hidden - {OF_NO_RECORD}:
            for name, kind in self.kinds.items():
                if kind in _NAMES:
                    seen &= ~_naming(self.column(name), kind, keys)
        return seen

    # -- conditions

    def meeting(self, *conditions: Condition | None) -> npt.NDArray[np.intp]:
        """Places of the rows that meet every condition, each tried on what the one before left."""
        places: Places = np.flatnonzero(self.visible) if self._hidden else None
        parts = [part for one in conditions if one for part in (one.parts if isinstance(one, All) else (one,))]
        for part in parts:
            flags = self._flags(part, places)
            places = np.flatnonzero(flags) if places is None else places[flags]
        return np.arange(len(self.visible)) if places is None else places

    def _flags(self, condition: Condition, places: Places) -> Flags:
        match condition:
            case All(parts):
                found = reduce(np.logical_and, (self._flags(part, places) for part in parts))
            case AnyOf(parts):
                found = reduce(np.logical_or, (self._flags(part, places) for part in parts))
            case Not(part):
                found = ~self._flags(part, places)
            case Unknown(field):
                found = self.column(field.name).empty(places)
            case Located(field, figure, outside):
                found = self._located(field, figure, outside, places)
            case Compare():
                found = self._compared(condition, places)
            case _:
                found = self._said(condition, places)
        return found

    def _said(self, condition: Words | Like | StartsWith | Refined, places: Places) -> Flags:
        """Rows by what their texts say."""
        match condition:
            case Words(text, field):
                found = self._with_words(text, field, places)
            case Like(field, pattern):
                found = self._tried(field, _alike(pattern), places)
            case StartsWith(field, text):
                found = self._tried(field, lambda value: str(value).startswith(text), places)
            case Refined(field, text):
                dated = self.kinds.get(field.name, "") in ("pdate", "day")
                asked = StartsWith(field, text.replace("/", "-")) if dated else Compare(field, "=", (text,))
                found = self._flags(asked, places)
        return found

    def _compared(self, asked: Compare, places: Places) -> Flags:
        field, kind, coded = asked.field, self.kinds.get(asked.field.name, ""), self.column(asked.field.name)
        if field.part:
            return self._compared_parts(asked, places)
        values = [_meant(field.name, kind, text) for text in asked.values]
        if kind == "list":
            return coded.where(_any_item(asked.sign, values[0], set(values)), places)
        if asked.sign == "=":
            return reduce(np.logical_or, (coded.equal(value, places) for value in values))
        place = coded.place(values[0], after=asked.sign in (">", "<="))
        if asked.sign in (">", ">="):
            return coded.between(place, coded.distinct + 1, places)
        return coded.between(1, place, places)

    def _compared_parts(self, asked: Compare, places: Places) -> Flags:
        field, held = asked.field, _HELD[asked.sign]
        read = self.reading(field)
        if field.part == "range":
            raise NotUnderstood(_("range gathers rows: it stands in group_by, and in select as it stands there."))
        values = asked.values if field.part == "date_format" else [_whole(field.name, text) for text in asked.values]

        def holds(value: Any) -> bool:
            found = read(value)
            return found is not None and any(held(found, wanted) for wanted in values)

        coded = self.column(field.name)
        try:
            return coded.where(holds, places)
        except TooManyValues:
            raise _too_many(field) from None

    def reading(self, field: Field) -> Callable[[Any], Any]:
        """How what is asked of a column is read from its values. Raises NotUnderstood."""
        self.column(field.name)  # says which columns there are
        return reading(field, self.kinds[field.name])

    def _located(self, field: Field, figure: Figure, outside: bool, places: Places) -> Flags:  # noqa: FBT001  # as asked
        """Rows that name a record standing within a figure. A record without a place on the map is nowhere."""
        name = self.owner if field.name in _POINTS and field.name not in self.kinds else field.name
        if not name or self.kinds.get(name, "key") not in ("key", "ref"):
            named = ", ".join(column for column, kind in self.kinds.items() if kind in ("key", "ref"))
            raise NotUnderstood(
                _("%(column)s names no record with a place on the map. These columns name records: %(columns)s."),
                column=field.name, columns=named,
            )  # fmt: skip
        coded = self.column(name)
        if coded.distinct > MOST_DISTINCT:
            raise _too_many(Field(name))
        known = {key for key, point in self._points(coded.values) if figure.holds(point) is not outside}
        return coded.where(known.__contains__, places)

    def _tried(self, field: Field, holds: Callable[[Any], bool], places: Places) -> Flags:
        kind = self.kinds.get(field.name, "")
        coded = self.column(field.name)
        tried = (lambda value: any(holds(item) for item in value)) if kind == "list" else holds
        try:
            return coded.where(tried, places)
        except TooManyValues:
            raise _too_many(field) from None

    def _with_words(self, text: str, field: Field | None, places: Places) -> Flags:
        """Rows of the records that contain the words, found as the site's search finds them; or a column that does."""
        if field is not None:
            wanted = [f" {word}" for word in fold(text).split()]
            return self._tried(field, lambda value: all(word in f" {fold(str(value))}" for word in wanted), places)
        if self.owner is None:
            raise NotUnderstood(_("Rows of %(table)s belong to no record: name a column to search."), table=self.name)
        coded = self.column(self.owner)
        held = np.zeros(coded.distinct + 1, np.bool_)
        for key in self._matching(text):
            code = coded.place(key)
            if code <= coded.distinct and coded.value(code) == key:
                held[code] = True
        found: Flags = held[coded.at(places)]
        return found

    # -- orders and rows

    def ordered(self, rows: npt.NDArray[np.intp], orders: Sequence[Order]) -> npt.NDArray[np.intp]:
        """The rows chosen, in order; what is empty comes last, rows that tie as they stand in the table."""
        for order in reversed(orders):
            if order.aggregate:
                raise NotUnderstood(_("Sorting by an aggregate needs group_by."))
            assert order.field is not None  # only an aggregate has none
            rows = rows[np.argsort(self._ranks(order.field, order, rows), kind="stable")]
        return rows

    def _ranks(self, field: Field, order: Order, rows: npt.NDArray[np.intp]) -> npt.NDArray[np.int64]:
        """For each row, its place in the order; what says nothing is empty."""
        coded = self.column(field.name)
        codes = coded.codes[rows]
        if field.part:
            placed, _values = self.placed(field)
            ranks = placed[codes]
        else:
            ranks = codes.astype(np.int64) - 1
        empty = ranks < 0
        if order.latest_first:
            ranks = -ranks
        ranks[empty] = np.iinfo(np.int64).max
        return ranks

    def placed(self, field: Field) -> tuple[npt.NDArray[np.int64], list[Any]]:
        """For each code of a column, the place of what is read of its value; and all that is read, in order."""
        read, coded = self.reading(field), self.column(field.name)
        found = [read(value) for value in coded.values]
        values = sorted({one for one in found if one is not None})
        places = {value: place for place, value in enumerate(values)}
        numbered = np.full(coded.distinct + 1, -1, np.int64)
        numbered[1:] = [-1 if one is None else places[one] for one in found]
        return numbered, values

    def rows(self, places: Sequence[int], names: Sequence[str]) -> Iterator[list[Any]]:
        """Values of these columns in these rows, in the order asked, as the file holds them."""
        for start in range(0, len(places), _AT_ONCE):
            yield from self._some(places[start : start + _AT_ONCE], names)

    def _some(self, places: Sequence[int], names: Sequence[str]) -> Iterator[list[Any]]:
        columns = ", ".join(f'"{name}"' for name in names)
        marks = ",".join(str(int(place) + 1) for place in places)
        source = f'FROM "{self.name}" WHERE rowid IN ({marks})'
        if len(names) <= _MOST_ARGUMENTS:
            (text,) = self._db().execute(f"SELECT group_concat(json_array(rowid, {columns})) {source}").fetchone()
            found: list[Any] = orjson.loads(f"[{text or ''}]")
        else:
            found = [list(row) for row in self._db().execute(f"SELECT rowid, {columns} {source}")]
        by_place = {row[0] - 1: row[1:] for row in found}
        return (by_place[int(place)] for place in places)


def _naming(coded: Coded, kind: str, keys: frozenset[str]) -> Flags:
    """Rows whose value is one of these keys, or a list that holds one; however many values there are."""
    if kind == "list":
        found: Flags = np.isin(coded.codes, [c for c, held in enumerate(coded.values, 1) if not keys.isdisjoint(held)])
    else:
        found = reduce(np.logical_or, (coded.equal(key, None) for key in keys))
    return found


#: What other portals call the point of a row: here, that of the record the row belongs to.
_POINTS = frozenset({"point", "geo_point_2d", "geo"})


def _too_many(field: Field) -> NotUnderstood:
    return NotUnderstood(
        _("The column %(column)s has too many different values for this: compare them with = or >=, or use q."),
        column=field.name,
    )


_HELD: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda one, other: bool(one == other),
    "<": lambda one, other: bool(one < other),
    "<=": lambda one, other: bool(one <= other),
    ">": lambda one, other: bool(one > other),
    ">=": lambda one, other: bool(one >= other),
}


def _any_item(sign: str, first: Any, wanted: set[Any]) -> Callable[[Any], bool]:
    if sign == "=":
        return lambda items: not wanted.isdisjoint(items)
    return lambda items: any(_HELD[sign](item, first) for item in items)


def _alike(pattern: str) -> Callable[[Any], bool]:
    """Whether a text contains the words, accents and capitals aside; ``%`` stands for anything."""
    parts = [fold(part) for part in pattern.split("%")]
    if len(parts) == 1:
        return lambda value: parts[0] in fold(str(value))

    def holds(value: Any) -> bool:
        text, start = fold(str(value)), 0
        for place, part in enumerate(parts):
            found = text.find(part, start)
            if found < 0 or (place == 0 and found > 0):
                return False
            start = found + len(part)
        return not parts[-1] or text.endswith(parts[-1])

    return holds


def _whole(column: str, text: str) -> int:
    if re.fullmatch(r"-?[0-9]{1,9}", text):
        return int(text)
    raise NotUnderstood(
        _("“%(value)s” is no whole number, and %(column)s asks for one."), value=text[:40], column=column
    )


def _meant(column: str, kind: str, text: str) -> Any:
    """A value as the column holds it."""
    if kind in _TEXTS:
        return text
    if kind == "bool":
        if text.lower() in ("true", "false"):
            return int(text.lower() == "true")
        raise NotUnderstood(_("“%(value)s” is neither true nor false, and %(column)s is one of them."),
                            value=text[:40], column=column)  # fmt: skip
    if kind == "int":
        return _whole_or_decimal(column, text)
    if kind == "day":
        return _day(column, text)
    return _whole_or_decimal(column, text)


def _whole_or_decimal(column: str, text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or len(text) > 40:
        raise NotUnderstood(_("“%(value)s” is no number, and %(column)s asks for one."), value=text[:40], column=column)
    return number


def _day(column: str, text: str) -> date:
    try:
        filled = text + "-01-01"[: 6 - (len(text) - 4)] if len(text) == 4 else f"{text}-01" if len(text) == 7 else text
        return date.fromisoformat(filled)
    except ValueError:
        raise NotUnderstood(
            _("“%(value)s” is no day, and %(column)s asks for one: 2015-05-09."), value=text[:40], column=column
        ) from None
