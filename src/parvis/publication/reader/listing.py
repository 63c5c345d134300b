"""One page of a list, with the counts beside its filters."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import compress, islice
from sqlite3 import Connection

import orjson

from . import bits
from .filters import Filters
from .schema import FACETS
from .shelf import Shelf, in_order

Counts = dict[str, list[tuple[str, int]]]


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


def _values(shelf: Shelf, facet: str, asked: Asked) -> dict[str, int]:
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
                any_of |= borne_by.get(value, 0)
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
            for value, borne_by in _values(shelf, facet, asked).items():
                if number := (borne_by & among).bit_count():
                    tally[value] = tally.get(value, 0) + number
    return {facet: _sorted(facet, tally) for facet, tally in counts.items() if tally}


def _stored_counts(shelves: list[Shelf], filters: Filters, db: Connection) -> Counts:
    """Counts laid down when the release was made."""
    single = filters.single
    counts: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
    for shelf in shelves:
        for facet, value, number in _stored_rows(shelf.noun, single, db):
            tally = counts[facet]
            tally[value] = tally.get(value, 0) + number
    return {facet: _sorted(facet, tally) for facet, tally in counts.items() if tally}


def _stored_rows(noun: str, single: tuple[str, str] | None, db: Connection) -> Iterator[tuple[str, str, int]]:
    if single is None:
        yield from _at_once(db, "SELECT facet, value, n FROM facet WHERE noun = ? AND scope = ''", (noun,))
        return
    facet, value = single
    yield from _at_once(
        db,
        "SELECT facet, value, n FROM facet WHERE noun = ?1 AND scope = ?2 AND facet <> ?3"
        " UNION ALL SELECT facet, value, n FROM facet WHERE noun = ?1 AND scope = '' AND facet = ?3",
        (noun, f"{facet}={value}", facet),
    )


def _at_once(db: Connection, sql: str, values: tuple[str, ...]) -> list[tuple[str, str, int]]:
    """Rows read as one text: a step of SQLite for each would let go of Python's lock each time."""
    (text,) = db.execute(
        f"SELECT group_concat(json_array(facet, value, n)) FROM ({sql})",
        values,
    ).fetchone()
    return orjson.loads(f"[{text or ''}]")  # type: ignore[no-any-return]  # our own rows


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
