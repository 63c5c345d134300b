"""The words of a release: for each, the records that have it, ready to be met with those of another word.

SQLite's full text finds them as well, but walks through every match each time it is asked, and a search asks of all
matches, of those in titles and of those in names. Here a word is one row, written once when the release is made
(docs/decisions/0031). Records are told by their places in the order of ties, the most tied to others first: whatever
is met stands in the order it is shown in.
"""

from __future__ import annotations

import sqlite3
import time
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from .places import NOWHERE, Places

_LAST = "\U0010ffff"
_COLUMNS = "counts, title, name, places"


class TooLong(Exception):  # an answer: enough
    """The words that begin so are too many for the time given."""


@dataclass(slots=True)
class Standing:
    """Where a word, or several together, stand: everywhere, in titles, in other names.

    ``counts``: how many records of each noun have it, where that was written down.
    """

    places: Places
    title: Places
    name: Places
    counts: Sequence[int] | None = None

    @property
    def size(self) -> int:
        """How many they are; of those kept as bits, how many they may be."""
        return self.places.size


def of_all(db: sqlite3.Connection, words: Sequence[str], *, begins: bool, seconds: float) -> Standing:
    """The records that have all these words; the last may be the beginning of a longer one.

    Raises TooLong when more words begin so than can be read in the time given.
    """
    standing = [_of_one(db, word) for word in (words[:-1] if begins else words)]
    if begins:
        standing.append(_of_beginning(db, words[-1], seconds))
    if len(standing) == 1:
        return standing[0]
    first, *others = sorted(standing, key=attrgetter("size"))
    places, title, name = first.places, first.title, first.name
    for other in others:
        places, title, name = places.met(other.places), title.met(other.title), name.met(other.name)
    return Standing(places, title, name)


def _of_one(db: sqlite3.Connection, word: str) -> Standing:
    row = db.execute(f"SELECT {_COLUMNS} FROM word WHERE term = ?", (word,)).fetchone()
    return _read(row) if row else Standing(NOWHERE, NOWHERE, NOWHERE)


def _of_beginning(db: sqlite3.Connection, start: str, seconds: float) -> Standing:
    """All the words that begin so, as one."""
    limit = time.monotonic() + seconds
    rows = db.execute(f"SELECT {_COLUMNS} FROM word WHERE term >= ? AND term < ?", (start, start + _LAST)).fetchall()
    if len(rows) < 2:
        return _read(rows[0]) if rows else Standing(NOWHERE, NOWHERE, NOWHERE)
    places: set[int] = set()
    title: set[int] = set()
    name: set[int] = set()
    for row in rows:
        one = _read(row)
        places.update(one.places.all())
        title.update(one.title.all())
        name.update(one.name.all())
        if time.monotonic() > limit:
            raise TooLong
    return Standing(Places(sorted(places)), Places(sorted(title)), Places(sorted(name)))


def _read(row: tuple[bytes, bytes, bytes, bytes]) -> Standing:
    told, title, name, places = row
    counts = array("I")
    counts.frombytes(told)
    return Standing(Places.read(places), Places.read(title), Places.read(name), counts)
