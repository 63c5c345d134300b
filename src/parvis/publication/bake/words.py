"""The words of the records, each with those that have it: what a search reads (``publication/reader/words.py``)."""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from parvis.publication.reader.words import WIDE

Numbers: TypeAlias = "array[int]"


@dataclass(slots=True)
class Postings:
    """For each word, the numbers of the records that have it; and their places by ties, in titles and in names."""

    anywhere: defaultdict[str, Numbers] = field(default_factory=lambda: defaultdict(_none))
    titles: defaultdict[str, Numbers] = field(default_factory=lambda: defaultdict(_none))
    names: defaultdict[str, Numbers] = field(default_factory=lambda: defaultdict(_none))


def gathered(said: Iterable[str], place: Sequence[int]) -> Postings:
    """From what each record says, in the order of their numbers: a line of titles, one of other names, one of texts."""
    found = Postings()
    anywhere, titles, names = found.anywhere, found.titles, found.names
    for number, words in enumerate(said, 1):
        title, name, told = words.split("\n")
        titled, named = set(title.split()), set(name.split())
        for word in titled:
            titles[word].append(place[number])
        for word in named:
            names[word].append(place[number])
        for word in titled.union(named, told.split()):
            anywhere[word].append(number)
    return found


def write_words(db: sqlite3.Connection, found: Postings, size: int) -> None:
    """Write them in the order of the alphabet."""
    written = (
        (word, *_kept(numbers, size), _ordered(found.titles.get(word)), _ordered(found.names.get(word)))
        for word, numbers in sorted(found.anywhere.items())
    )
    db.executemany("INSERT INTO word (term, ids, bits, title, name) VALUES (?, ?, ?, ?, ?)", written)


def places_by_ties(db: sqlite3.Connection) -> Numbers:
    """By number of record, its place in the order of ties."""
    places = _none()
    places.frombytes(db.execute("SELECT ranks FROM rank WHERE name = 'weight'").fetchone()[0])
    return places


def _none() -> Numbers:
    return array("I")


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
