"""Counts and sets laid down once, since a release cannot change."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from parvis.publication.reader import bits
from parvis.publication.reader.schema import NARROWING

Borne = dict[tuple[str, str], int]


def write_counts(db: sqlite3.Connection, nouns: list[tuple[str, int, int]]) -> None:
    """For each noun: the set of records that bear each value, and the counts without filter and with one."""
    for noun, _, size in nouns:
        borne = _sets(db, noun, size)
        db.executemany(
            "INSERT INTO bits VALUES (?, ?, ?, ?)",
            [(noun, facet, value, bits.stored(held)) for (facet, value), held in borne.items()],
        )
        db.executemany("INSERT INTO facet VALUES (?, ?, ?, ?, ?)", _counts(noun, borne))


def _sets(db: sqlite3.Connection, noun: str, size: int) -> Borne:
    rows = db.execute(
        "SELECT facet, value, position FROM work.tag WHERE noun = ? ORDER BY facet, value", (noun,)
    )
    return {
        pair: bits.from_positions((row[2] for row in group), size)
        for pair, group in groupby(rows, key=itemgetter(0, 1))
    }


def _counts(noun: str, borne: Borne) -> Iterator[tuple[str, str, str, str, int]]:
    for (facet, value), held in borne.items():
        yield noun, "", facet, value, held.bit_count()
    for (narrowed, by), chosen in borne.items():
        if narrowed not in NARROWING:
            continue
        for (facet, value), held in borne.items():
            number = (chosen & held).bit_count() if facet != narrowed else 0
            if number:
                yield noun, f"{narrowed}={by}", facet, value, number
