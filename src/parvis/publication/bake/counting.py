"""Counts and sets laid down once, since a release cannot change."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from parvis.publication.reader import bits
from parvis.publication.reader.schema import NARROWING

#: The positions of the records that bear each value of each facet.
Borne: TypeAlias = "dict[tuple[str, str], array[int]]"


def write_counts(db: sqlite3.Connection, sizes: Mapping[str, int], borne: Mapping[str, Borne]) -> None:
    """For each noun: the set of records that bear each value, and the counts without filter and with one."""
    for noun, positions in sorted(borne.items()):
        sets = {pair: bits.from_positions(found, sizes[noun]) for pair, found in sorted(positions.items())}
        db.executemany(
            "INSERT INTO bits VALUES (?, ?, ?, ?)",
            [(noun, facet, value, bits.stored(held)) for (facet, value), held in sets.items()],
        )
        db.executemany("INSERT INTO facet VALUES (?, ?, ?, ?, ?)", _counts(noun, sets))


def _counts(noun: str, sets: dict[tuple[str, str], int]) -> Iterator[tuple[str, str, str, str, int]]:
    for (facet, value), held in sets.items():
        yield noun, "", facet, value, held.bit_count()
    for (narrowed, by), chosen in sets.items():
        if narrowed not in NARROWING:
            continue
        for (facet, value), held in sets.items():
            number = (chosen & held).bit_count() if facet != narrowed else 0
            if number:
                yield noun, f"{narrowed}={by}", facet, value, number
