"""The records of one noun, held as sets, so that a list and the counts beside it come without a scan."""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from sqlite3 import Connection

from . import bits
from .bearers import Bearers
from .memory import Memory
from .moved import bearing
from .schema import KEY_FACETS, TIED_FACETS, WHERE_FACETS
from .sorts import STORED
from .where import Where

_OPEN = 0
_NEVER = 99_999_999


class Shelf:
    """Records of one noun stand side by side in a release: from ``first``, ``size`` of them.

    Everything is read at the first need and kept while the release is served. ``hidden`` are the
    positions of withdrawn records; no set given out ever holds them. ``hidden_keys`` are the keys of those
    withdrawn in the whole release: no facet names one. ``moved`` are the positions of those that one of them
    placed, with where they are without it.
    """

    def __init__(self, db: Callable[[], Connection], noun: str, first: int, size: int) -> None:
        self._db = db
        self.noun = noun
        self.first = first
        self.size = size
        self.hidden = 0
        self.hidden_keys: frozenset[str] = frozenset()
        self.moved: Mapping[int, Where] = {}
        self._facets: dict[str, Bearers] = {}
        self._orders: dict[str, array[int]] = {}
        self._memory = Memory()
        self._days: tuple[array[int], array[int]] | None = None
        self._years: tuple[array[int], array[int]] | None = None

    @property
    def visible(self) -> int:
        return bits.everything(self.size) & ~self.hidden

    @property
    def last(self) -> int:
        return self.first + self.size - 1

    def keys(self) -> list[str]:
        """Keys of all its records, in their order; read as one text."""
        (text,) = (
            self._db()
            .execute(
                "SELECT group_concat(key) FROM (SELECT key FROM record WHERE id BETWEEN ? AND ? ORDER BY id)",
                (self.first, self.last),
            )
            .fetchone()
        )
        return str(text).split(",") if text else []

    def facet(self, facet: str) -> Bearers:
        """Each value of a facet with the records that bear it."""
        if facet not in self._facets:
            sql = "SELECT value, positions FROM borne WHERE noun = ? AND facet = ?"
            borne = Bearers.read(self._db().execute(sql, (self.noun, facet)))
            if facet in KEY_FACETS and self.hidden_keys:
                borne = borne.but(self.hidden_keys)
            if facet in WHERE_FACETS and self.moved:
                borne = borne.moved(self.moved, bearing(self.moved, facet))
            self._facets[facet] = borne
        return self._facets[facet]

    def values(self, facet: str) -> Iterable[str]:
        """Values of a facet that a record to be seen bears."""
        borne = self.facet(facet)
        return (value for value, held in borne.items() if held & self.visible) if self.hidden else borne

    @property
    def hides(self) -> bool:
        """Whether what was counted when the release was made may count, or name, what is withdrawn since."""
        return bool(self.hidden or self.moved) or (bool(self.hidden_keys) and self.noun in TIED_FACETS)

    def order(self, name: str, ranks: Callable[[str], array[int]]) -> array[int]:
        """Positions in the order of a sort."""
        if name not in self._orders:
            if name not in STORED:
                raise KeyError(name)
            rank = ranks(name)
            ids = sorted(range(self.first, self.last + 1), key=rank.__getitem__)
            self._orders[name] = array("I", (record_id - self.first for record_id in ids))
        return self._orders[name]

    def in_force(self, on: date) -> int:
        """Records begun by that day and not over before it. An unknown beginning or end hides nothing."""
        return self._memory.kept(("in force", on), lambda: self._in_force(int(f"{on:%Y%m%d}")))

    def _in_force(self, day: int) -> int:
        begins, ends = self._valid_days()
        flags = bytes(start <= day <= end for start, end in zip(begins, ends, strict=True))
        return bits.from_flags(flags)

    def _valid_days(self) -> tuple[array[int], array[int]]:
        if self._days is None:
            rows = self._db().execute(
                "SELECT CAST(coalesce(replace(from_day, '-', ''), ?) AS INTEGER),"
                " CAST(coalesce(replace(valid_to, '-', ''), ?) AS INTEGER)"
                " FROM record WHERE id BETWEEN ? AND ? ORDER BY id",
                (_OPEN, _NEVER, self.first, self.last),
            )
            self._days = _two_columns(rows)
        return self._days

    def within_years(self, start: int | None, end: int | None) -> int:
        """Records that overlap the years, both included. What bears no date at all is left out."""
        return self._memory.kept(("years", start, end), lambda: self._within_years(start, end))

    def _within_years(self, start: int | None, end: int | None) -> int:
        first, last = start if start is not None else _OPEN, end if end is not None else _NEVER
        begins, ends = self._year_spans()
        flags = bytes(0 < begin <= last and over >= first for begin, over in zip(begins, ends, strict=True))
        return bits.from_flags(flags)

    def _year_spans(self) -> tuple[array[int], array[int]]:
        if self._years is None:
            rows = self._db().execute(
                "SELECT coalesce(year_from, year_to, 0), coalesce(year_to, ?)"
                " FROM record WHERE id BETWEEN ? AND ? ORDER BY id",
                (_NEVER, self.first, self.last),
            )
            self._years = _two_columns(rows)
        return self._years

    def states_on(self, on: date) -> Bearers:
        """Each state with the records that were in it on that day."""
        return self._memory.kept(("states", on), lambda: self._states_on(on.isoformat()))

    def _states_on(self, day: str) -> Bearers:
        state_of: dict[int, str] = {}
        spells = self._db().execute(
            "SELECT record_id, state FROM spell WHERE record_id BETWEEN ? AND ?"
            " AND (from_day IS NULL OR from_day <= ?) AND (to_day IS NULL OR to_day >= ?)"
            " ORDER BY record_id, position",
            (self.first, self.last, day, day),
        )
        for record_id, state in spells:
            state_of[record_id - self.first] = state
        flags: dict[str, bytearray] = {}
        for position, state in state_of.items():
            flags.setdefault(state, bytearray(self.size))[position] = 1
        found = {state: bits.from_flags(held) for state, held in flags.items()}
        for state, unchanging in self._states_without_a_day().items():
            found[state] = found.get(state, 0) | unchanging
        return Bearers(found)

    def _states_without_a_day(self) -> dict[str, int]:
        """States of the records whose state has no history."""
        rows = self._db().execute(
            "SELECT DISTINCT record_id FROM spell WHERE record_id BETWEEN ? AND ?", (self.first, self.last)
        )
        told = bits.from_positions((row[0] - self.first for row in rows), self.size)
        return {state: held & ~told for state, held in self.facet("state").items()}


def _two_columns(rows: Iterator[tuple[int, int]]) -> tuple[array[int], array[int]]:
    one, other = array("i"), array("i")
    for first, second in rows:
        one.append(first)
        other.append(second)
    return one, other


def _ids(first: int, positions: Iterator[int]) -> Iterator[int]:
    return (first + position for position in positions)


def in_order(shelves: list[tuple[Shelf, Iterator[int]]], rank: array[int]) -> Iterator[int]:
    """Ids of several shelves, each in order already, in one order."""
    streams = [_ids(shelf.first, positions) for shelf, positions in shelves]
    return heapq.merge(*streams, key=rank.__getitem__)
