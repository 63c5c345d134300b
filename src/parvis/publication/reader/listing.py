"""One page of a list, with the counts beside its filters."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import compress, islice
from operator import itemgetter
from sqlite3 import Connection

import orjson

from . import bits
from .bearers import Bearers
from .filters import Filters
from .schema import FACETS
from .shelf import Shelf, in_order

Counts = dict[str, list[tuple[str, int]]]
#: By facet: its values, and the number of each.
Stored = dict[str, tuple[list[str], list[int]]]


@dataclass(slots=True)
class Selection:
    """What a list holds: a set for each shelf, how many, and the counts of each facet."""

    held: list[tuple[Shelf, int]]
    total: int
    facets: Counts
    stored: bool = False
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the shelves; ``found`` holds, where words are searched, the records that have them."""

    filters: Filters
    on: date | None = None
    found: dict[str, int] | None = None
    hides: bool = field(default=False)

    @property
    def countable_from_store(self) -> bool:
        """Whether the counts were laid down in the release: no filter or one, today, nothing withdrawn."""
        plain = self.on is None and not self.hides
        return plain and (self.filters.empty or self.filters.single is not None)


def select(shelves: list[Shelf], asked: Asked, db: Connection, *, counted: bool = True) -> Selection:
    """The records asked for and the counts beside them."""
    held = [(shelf, _narrowed(shelf, asked, leaving_out=None)) for shelf in shelves]
    total = sum(selected.bit_count() for _, selected in held)
    if not counted:
        return Selection(held, total, {})
    if asked.countable_from_store:
        return Selection(held, total, _stored_counts(shelves, asked.filters, db), stored=True)
    return Selection(held, total, _live_counts(held, asked))


def _ground(shelf: Shelf, asked: Asked) -> int:
    """What the list could hold before any facet is chosen."""
    ground = shelf.visible
    if asked.on is not None:
        ground &= shelf.in_force(asked.on)
    if asked.filters.by_year:
        ground &= shelf.within_years(asked.filters.from_year, asked.filters.to_year)
    if asked.found is not None:
        ground &= asked.found.get(shelf.noun, 0)
    return ground


def _values(shelf: Shelf, facet: str, asked: Asked) -> Bearers:
    if facet == "state" and asked.on is not None:
        return shelf.states_on(asked.on)
    return shelf.facet(facet)


def _narrowed(shelf: Shelf, asked: Asked, *, leaving_out: str | None) -> int:
    held = _ground(shelf, asked)
    for facet, wanted in asked.filters.chosen.items():
        if facet != leaving_out:
            borne_by = _values(shelf, facet, asked)
            any_of = 0
            for value in wanted:
                any_of |= borne_by.of(value)
            held &= any_of
    return held


def _live_counts(held: list[tuple[Shelf, int]], asked: Asked) -> Counts:
    """Counts made now. A facet is counted as if nothing were chosen in it, so that one may add a value."""
    counts: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
    for shelf, selected in held:
        for facet in FACETS:
            chosen = facet in asked.filters.chosen
            among = _narrowed(shelf, asked, leaving_out=facet) if chosen else selected
            tally = counts[facet]
            for value, number in _values(shelf, facet, asked).counted(among, shelf.size):
                tally[value] = tally.get(value, 0) + number
    return {facet: _sorted(facet, tally) for facet, tally in counts.items() if tally}


def _stored_counts(shelves: list[Shelf], filters: Filters, db: Connection) -> Counts:
    """Counts laid down when the release was made."""
    told = [_stored(shelf.noun, filters.single, db) for shelf in shelves]
    if len(told) == 1:
        (counts,) = told
        return {facet: _in_order(facet, list(zip(*counts[facet], strict=True))) for facet in FACETS if facet in counts}
    tallies: Counts = {}
    for facet in FACETS:
        tally: dict[str, int] = {}
        for counts in told:
            for value, number in zip(*counts.get(facet, ((), ())), strict=True):
                tally[value] = tally.get(value, 0) + number
        if tally:
            tallies[facet] = _sorted(facet, tally)
    return tallies


def _stored(noun: str, single: tuple[str, str] | None, db: Connection) -> Stored:
    if single is None:
        return _at_once(db, "SELECT facet, value, n FROM facet WHERE noun = ? AND scope = ''", (noun,))
    facet, value = single
    return _at_once(
        db,
        "SELECT facet, value, n FROM facet WHERE noun = ?1 AND scope = ?2 AND facet <> ?3"
        " UNION ALL SELECT facet, value, n FROM facet WHERE noun = ?1 AND scope = '' AND facet = ?3",
        (noun, f"{facet}={value}", facet),
    )


def _at_once(db: Connection, sql: str, values: tuple[str, ...]) -> Stored:
    """Rows read as one text, gathered by facet: a step of SQLite for each would let go of Python's lock each time."""
    (text,) = db.execute(
        "SELECT json_group_array(json_array(facet, json(borne), json(counted))) FROM"
        " (SELECT facet, json_group_array(value) AS borne, json_group_array(n) AS counted"  # ours
        f" FROM ({sql}) GROUP BY facet)",
        values,
    ).fetchone()
    return {facet: (borne, counted) for facet, borne, counted in orjson.loads(text)}


def _in_order(facet: str, counts: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """As ``_sorted``, of counts that no other shelf adds to."""
    counts.sort()
    if facet != "year":
        counts.sort(key=itemgetter(1), reverse=True)  # those of one number keep their order
    return counts


def _sorted(facet: str, tally: dict[str, int]) -> list[tuple[str, int]]:
    """Years in their order, the rest with the most frequent first."""
    if facet == "year":
        return sorted(tally.items())
    return sorted(tally.items(), key=lambda counted: (-counted[1], counted[0]))


def ids_of(
    selection: Selection, name: str, ranks: Callable[[str], array[int]], start: int, stop: int | None
) -> list[int]:
    """Ids of what is selected, in the order named, from ``start`` to ``stop``."""
    streams = [(shelf, _positions(shelf, held, name, ranks)) for shelf, held in selection.held if held]
    if len(streams) == 1:
        ((shelf, positions),) = streams
        return [shelf.first + position for position in islice(positions, start, stop)]
    return list(islice(in_order(streams, ranks(name)), start, stop))


def _positions(shelf: Shelf, held: int, name: str, ranks: Callable[[str], array[int]]) -> Iterator[int]:
    order = shelf.order(name, ranks)
    if held.bit_count() == shelf.size:
        return iter(order)
    flags = bits.to_flags(held, shelf.size)
    return compress(order, map(flags.__getitem__, order))
