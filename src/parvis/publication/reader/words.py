"""The words of a release: for each, the records that have it, ready to be met with those of another word.

SQLite's full text finds them as well, but walks through every match each time it is asked, and a search asks of all
matches, of those in titles and of those in names. Here a word is one row, written once when the release is made
(docs/decisions/0031).
"""

from __future__ import annotations

import sqlite3
import time
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from operator import attrgetter

from . import bits

#: A word that more than one record in so many has is kept as bits: shorter, and quicker to ask.
WIDE = 32
#: A list so many times longer than another is searched, and not read.
_MUCH_LONGER = 16
_LAST = "\U0010ffff"
_COLUMNS = "ids, bits, title, name"


class TooLong(Exception):  # an answer: enough
    """The words that begin so are too many for the time given."""


@dataclass(slots=True)
class Standing:
    """Where a word, or several together, stand.

    ``ids``: all records that have them, in the order of their numbers; ``None`` while they are only ``flags``, one bit
    a record. ``title`` and ``name``: those with them in their title, or in another name, by their places in the order
    of ties, so that the first ones are those most tied to others.
    """

    ids: Sequence[int] | None
    flags: bytes
    title: Sequence[int]
    name: Sequence[int]

    @property
    def size(self) -> int:
        """How many they are; of those kept as bits, how many they may be."""
        return len(self.ids) if self.ids is not None else 8 * len(self.flags)

    def numbers(self) -> Sequence[int]:
        """All of them, in order."""
        if self.ids is not None:
            return self.ids
        size = 8 * len(self.flags)
        return list(compress(range(size), bits.to_flags(bits.read(self.flags), size)))

    def among(self, numbers: Sequence[int]) -> list[int]:
        """Those of these numbers that are of ours, in their order."""
        if self.ids is None:
            flags = self.flags
            return [one for one in numbers if flags[one >> 3] >> (one & 7) & 1]
        return both(numbers, self.ids)


NOWHERE = Standing((), b"", (), ())


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
    ids, title, name = first.numbers(), first.title, first.name
    for other in others:
        ids, title, name = other.among(ids), both(title, other.title), both(name, other.name)
    return Standing(ids, b"", title, name)


def _of_one(db: sqlite3.Connection, word: str) -> Standing:
    row = db.execute(f"SELECT {_COLUMNS} FROM word WHERE term = ?", (word,)).fetchone()
    return _read(row) if row else NOWHERE


def _of_beginning(db: sqlite3.Connection, start: str, seconds: float) -> Standing:
    """All the words that begin so, as one."""
    limit = time.monotonic() + seconds
    rows = db.execute(f"SELECT {_COLUMNS} FROM word WHERE term >= ? AND term < ?", (start, start + _LAST)).fetchall()
    if len(rows) < 2:
        return _read(rows[0]) if rows else NOWHERE
    ids: set[int] = set()
    title: set[int] = set()
    name: set[int] = set()
    for row in rows:
        one = _read(row)
        ids.update(one.numbers())
        title.update(one.title)
        name.update(one.name)
        if time.monotonic() > limit:
            raise TooLong
    return Standing(sorted(ids), b"", sorted(title), sorted(name))


def _read(row: tuple[bytes | None, bytes | None, bytes, bytes]) -> Standing:
    ids, flags, title, name = row
    return Standing(None if ids is None else _numbers(ids), flags or b"", _numbers(title), _numbers(name))


def _numbers(blob: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(blob)
    return numbers


def both(few: Sequence[int], many: Sequence[int]) -> list[int]:
    """Those in both of two lists in order. Beside a much longer one, each of the few is looked for in it."""
    if len(few) > len(many):
        few, many = many, few
    if len(few) * _MUCH_LONGER < len(many):
        return [one for one in few if many[bisect_left(many, one, 0, len(many) - 1)] == one]
    known = set(many)
    return [one for one in few if one in known]
