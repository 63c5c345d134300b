"""The words of the records, each with those that have it: what a search reads (``publication/reader/words.py``)."""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from typing import TypeAlias

from parvis.publication.reader.words import WIDE

Numbers: TypeAlias = "array[int]"


def write_words(db: sqlite3.Connection, size: int) -> None:
    """Write them in the order of the alphabet. Titles and names hold the places of records in the order of ties."""
    anywhere: defaultdict[str, Numbers] = defaultdict(_none)
    titles: defaultdict[str, Numbers] = defaultdict(_none)
    names: defaultdict[str, Numbers] = defaultdict(_none)
    place = _places(db)
    for number, title, name, told in db.execute("SELECT id, title, names, body FROM work.words ORDER BY id"):
        titled, named = set(title.split()), set(name.split())
        for word in titled:
            titles[word].append(place[number])
        for word in named:
            names[word].append(place[number])
        for word in titled.union(named, told.split()):
            anywhere[word].append(number)
    written = (
        (word, *_kept(anywhere[word], size), _ordered(titles.get(word)), _ordered(names.get(word)))
        for word in sorted(anywhere)
    )
    db.executemany("INSERT INTO word (term, ids, bits, title, name) VALUES (?, ?, ?, ?, ?)", written)


def _none() -> Numbers:
    return array("I")


def _places(db: sqlite3.Connection) -> Numbers:
    """By number of record, its place in the order of ties."""
    places = _none()
    places.frombytes(db.execute("SELECT ranks FROM rank WHERE name = 'weight'").fetchone()[0])
    return places


def _kept(numbers: Numbers, size: int) -> tuple[bytes | None, bytes | None]:
    """As numbers, or as one bit a record for a word that many have."""
    if len(numbers) * WIDE <= size:
        return numbers.tobytes(), None
    flags = bytearray(size // 8 + 1)
    for number in numbers:
        flags[number >> 3] |= 1 << (number & 7)
    return None, bytes(flags)


def _ordered(places: Numbers | None) -> bytes:
    return array("I", sorted(places)).tobytes() if places else b""
