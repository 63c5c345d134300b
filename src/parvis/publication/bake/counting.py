"""Counts and sets laid down once, since a release cannot change."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from parvis.publication.reader import bits
from parvis.publication.reader.places import WIDE, written
from parvis.publication.reader.schema import NARROWING

#: A value of a facet.
Pair: TypeAlias = "tuple[str, str]"
#: The positions of the records that bear each value of each facet, in order.
Borne: TypeAlias = "dict[Pair, array[int]]"
_Row: TypeAlias = "tuple[str, str, str, str, int]"


def write_counts(db: sqlite3.Connection, sizes: Mapping[str, int], borne: Mapping[str, Borne]) -> None:
    """For each noun: the records that bear each value, and the counts without filter and with one."""
    for noun, unordered in sorted(borne.items()):
        positions = dict(sorted(unordered.items()))
        db.executemany(
            "INSERT INTO borne VALUES (?, ?, ?, ?)",
            [(noun, *pair, written(held, sizes[noun])) for pair, held in positions.items()],
        )
        db.executemany("INSERT INTO facet VALUES (?, ?, ?, ?, ?)", sorted(_counts(noun, positions, sizes[noun])))


def _counts(noun: str, positions: Borne, size: int) -> Iterator[_Row]:
    for (facet, value), held in positions.items():
        yield noun, "", facet, value, len(held)
    few = {pair: held for pair, held in positions.items() if len(held) * WIDE <= size}
    many = {pair: bits.from_positions(held, size) for pair, held in positions.items() if pair not in few}
    for narrowed, chosen in many.items():
        for counted, others in many.items():
            yield from _met(noun, narrowed, counted, (chosen & others).bit_count())
    for pair, tally in _beside(few, positions, size):
        for other, number in tally.items():
            yield from _met(noun, pair, other, number)
            if other not in few:
                yield from _met(noun, other, pair, number)


def _met(noun: str, narrowed: Pair, counted: Pair, number: int) -> Iterator[_Row]:
    """The count of a value where the list is narrowed by another, of another facet."""
    if number and narrowed[0] in NARROWING and narrowed[0] != counted[0]:
        yield noun, "=".join(narrowed), *counted, number


def _beside(few: Borne, positions: Borne, size: int) -> Iterator[tuple[Pair, Counter[Pair]]]:
    """For each value that few records bear, how many of them bear every other value: record by record."""
    bears: list[list[Pair]] = [[] for _ in range(size)]
    for pair, held in positions.items():
        for position in held:
            bears[position].append(pair)
    for pair, held in few.items():
        yield pair, Counter(other for position in held for other in bears[position])
