"""The words of the records, each with those that have it: what a search reads (``publication/reader/words.py``)."""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import orjson

from parvis.publication.reader.places import written
from parvis.publication.reader.schema import WORDS
from parvis.publication.reader.ties import Ties

Numbers: TypeAlias = "array[int]"


@dataclass(slots=True)
class Postings:
    """For each word, the places by ties of the records that have it: anywhere, in titles, in other names."""

    anywhere: defaultdict[str, Numbers] = field(default_factory=lambda: defaultdict(_none))
    titles: defaultdict[str, Numbers] = field(default_factory=lambda: defaultdict(_none))
    names: defaultdict[str, Numbers] = field(default_factory=lambda: defaultdict(_none))


def make_words(said: Path, told: Path, order: bytes, nouns: bytes) -> None:
    """From the file of what each record says, the words of a search in a file of their own."""
    with closing(sqlite3.connect(f"{said.resolve().as_uri()}?mode=ro", uri=True)) as db:
        lines = "SELECT title || char(10) || names || char(10) || body FROM words ORDER BY id"
        found = gathered([words for (words,) in db.execute(lines)], array("I", order))
    with closing(sqlite3.connect(told, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        db.execute("BEGIN")
        db.execute(WORDS)
        write_words(db, found, nouns)
        db.execute("COMMIT")


def gathered(said: Sequence[str], order: Iterable[int]) -> Postings:
    """From what each record says: a line of titles, one of other names, one of texts.

    ``order`` gives the numbers of the records, from 1, as they stand by ties: each word then has its places in order.
    """
    found = Postings()
    anywhere, titles, names = found.anywhere, found.titles, found.names
    for at, number in enumerate(order):
        title, name, told = said[number - 1].split("\n")
        titled, named = set(title.split()), set(name.split())
        for word in titled:
            titles[word].append(at)
        for word in named:
            names[word].append(at)
        for word in titled.union(named, told.split()):
            anywhere[word].append(at)
    return found


def write_words(db: sqlite3.Connection, found: Postings, nouns: bytes) -> None:
    """Write them in the order of the alphabet; ``nouns`` says of each place which noun stands there, by its number."""
    size, kinds = len(nouns), range(max(nouns, default=-1) + 1)
    rows = (
        (
            word,
            _counted(places, nouns, kinds),
            written(found.titles.get(word, ()), size),
            written(found.names.get(word, ()), size),
            written(places, size),
        )
        for word, places in sorted(found.anywhere.items())
    )
    db.executemany("INSERT INTO word (term, counts, title, name, places) VALUES (?, ?, ?, ?, ?)", rows)


def order_by_ties(db: sqlite3.Connection) -> Ties:
    """The order of ties, as it was laid down."""
    places = _none()
    places.frombytes(db.execute("SELECT ranks FROM rank WHERE name = 'weight'").fetchone()[0])
    nouns = orjson.loads(db.execute("SELECT value FROM meta WHERE name = 'nouns'").fetchone()[0])
    return Ties(places, {noun: (first, first + size - 1) for noun, first, size in nouns})


def _none() -> Numbers:
    return array("I")


def _counted(places: Sequence[int], nouns: bytes, kinds: range) -> bytes:
    """How many records of each noun."""
    told = bytes(map(nouns.__getitem__, places))
    return array("I", map(told.count, kinds)).tobytes()
