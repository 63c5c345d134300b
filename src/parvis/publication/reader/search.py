"""Finding a record by any of its names or words, whatever the spelling, within a fifth of a second."""

from __future__ import annotations

import sqlite3
import time
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from parvis.foundation.values import fold, squeeze

from . import words

#: A search that takes longer is interrupted, and says so.
BUDGET_SECONDS = 0.2
_AFTERWARDS = 0.05
#: Each look waits for Python's lock, so they are few: one a millisecond or so.
_STEPS_BETWEEN_LOOKS = 20_000
_MOST_WORDS = 12
_SHORTEST_PREFIX = 3
#: So many are ranked by their words; of more, by where the words stand and by their ties.
_FEW = 200
#: A title weighs more than another name, a name more than the text.
_WEIGHTS = "8.0, 6.0, 1.0"
#: First and last id.
Span = tuple[int, int]
_EVERYTHING: Span = (0, 1 << 40)


def words_to_match(query: str) -> str:
    """The query as the index reads it, each word quoted so that none is taken for an operator.

    The last word may be the beginning of a longer one, if it has three letters: a shorter beginning
    would match half of the release. Empty when there is no word in it.
    """
    asked = asked_words(query)
    if not asked:
        return ""
    quoted = [f'"{word}"' for word in asked]
    if _begins(asked):
        quoted[-1] += "*"
    return " ".join(quoted)


def _begins(asked: Sequence[str]) -> bool:
    """Whether the last word may be the beginning of a longer one."""
    return len(asked[-1]) >= _SHORTEST_PREFIX


class Overtime(Exception):  # it is an answer: enough
    """The time given was used up."""


@contextmanager
def within(db: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """Stop whatever the database is doing after that time."""
    limit = time.monotonic() + seconds
    db.set_progress_handler(lambda: time.monotonic() > limit, _STEPS_BETWEEN_LOOKS)
    try:
        yield
    except sqlite3.OperationalError as stopped:
        if time.monotonic() <= limit:  # another fault; interrupted, SQLite has several ways to say so
            raise
        raise Overtime from stopped
    finally:
        db.set_progress_handler(None, 0)


def but(hidden: frozenset[int]) -> str:
    """Leaves out withdrawn records; the ids are our own integers."""
    return f" AND rowid NOT IN ({','.join(map(str, sorted(hidden)))})" if hidden else ""


@dataclass(slots=True)
class Found:
    """All that matches, by their ids in order.

    ``title`` and ``name``: those with the words in their title, or in another name, by their places in the order of
    ties. ``cut``: the time was used up, and these are only the first ones met.
    """

    ids: Sequence[int]
    title: Sequence[int] = ()
    name: Sequence[int] = ()
    hidden: frozenset[int] = frozenset()
    cut: bool = False

    def counts(self, spans: Mapping[str, Span]) -> dict[str, int]:
        """How many match, noun by noun; nouns with none are left out. Ids of a noun stand together."""
        if self.cut:
            return {}
        counts = {}
        for noun, span in spans.items():
            first, last = between(self.ids, span)
            if last > first:
                counts[noun] = last - first
        return counts

    def page(
        self, db: sqlite3.Connection, match: str, span: Span | None, ties: Ties, page: int, size: int
    ) -> Sequence[int]:
        """Ids of one page, the best first; ``span`` keeps to one noun.

        Few are ranked by how often and where they say the words. Of many, those with the words in their title
        come first, then in another name, then in their texts; among equals, those with most ties to others.
        """
        start, stop = (page - 1) * size, page * size
        if self.cut or not self.ids:
            return self._within(span)[start:stop]
        if len(self.ids) <= _FEW:
            return _best(db, match, span or _EVERYTHING, self.hidden)[start:stop]
        return self._by_place(span, ties, stop)[start:]

    def _within(self, span: Span | None) -> Sequence[int]:
        if span is None:
            return self.ids
        first, last = between(self.ids, span)
        return self.ids[first:last]

    def _by_place(self, span: Span | None, ties: Ties, wanted: int) -> Sequence[int]:
        """The first ones: by title, by name, by text. Each is looked at only when those before are not enough."""
        chosen = ties.first(self.title, span, wanted)
        if len(chosen) < wanted:
            chosen = list(dict.fromkeys(chosen + ties.first(self.name, span, 2 * wanted)))
        if len(chosen) < wanted:
            everywhere = sorted(map(ties.place.__getitem__, self._within(span)))
            chosen = list(dict.fromkeys(chosen + ties.first(everywhere, None, wanted)))
        return chosen[:wanted]


class Ties:
    """Records in the order of their ties to others: the place of each, and who stands at each place."""

    def __init__(self, place: Sequence[int]) -> None:
        self.place = place
        self._at = array("I", bytes(4 * len(place)))
        for number in range(1, len(place)):
            self._at[place[number]] = number

    def first(self, places: Sequence[int], span: Span | None, wanted: int) -> list[int]:
        """The first records at these places that are of the span."""
        at = self._at
        if span is None:
            return [at[one] for one in places[:wanted]]
        first, last = span
        return list(islice((at[one] for one in places if first <= at[one] <= last), wanted))

    def among(self, ids: Sequence[int]) -> set[int]:
        """The places of these records."""
        return {self.place[one] for one in ids}


def between(ids: Sequence[int], span: Span) -> Span:
    """Where the ids of a span begin and end among ids in their order."""
    return bisect_left(ids, span[0]), bisect_right(ids, span[1])


def found(db: sqlite3.Connection, query: str, hidden: frozenset[int], ties: Ties) -> Found:
    """Everything that matches. Raises Overtime."""
    asked = asked_words(query)
    try:
        with within(db, BUDGET_SECONDS):
            standing = words.of_all(db, asked, begins=_begins(asked), seconds=BUDGET_SECONDS)
    except words.TooLong as stopped:
        raise Overtime from stopped
    ids, title, name = standing.numbers(), standing.title, standing.name
    if hidden:
        away = ties.among(tuple(hidden))
        ids = [one for one in ids if one not in hidden]
        title, name = ([one for one in places if one not in away] for places in (title, name))
    return Found(ids, title, name, hidden)


def some(db: sqlite3.Connection, match: str, hidden: frozenset[int]) -> Found:
    """The first ones met: what is shown when finding all takes too long."""
    sql = f"SELECT rowid FROM record_fts WHERE record_fts MATCH ?{but(hidden)} LIMIT {_FEW}"
    try:
        with within(db, _AFTERWARDS):
            return Found([row[0] for row in db.execute(sql, (match,))], hidden=hidden, cut=True)
    except Overtime:
        return Found([], cut=True)


def _best(db: sqlite3.Connection, match: str, span: Span, hidden: frozenset[int]) -> list[int]:
    rows = db.execute(
        "SELECT rowid FROM record_fts WHERE record_fts MATCH ?"
        f" AND rank MATCH 'bm25({_WEIGHTS})' AND rowid BETWEEN ? AND ?{but(hidden)} ORDER BY rank LIMIT {_FEW}",
        (match, *span),
    )
    return [row[0] for row in rows]


def named(db: sqlite3.Connection, query: str) -> list[tuple[int, str]]:
    """Records that bear exactly this name under some spelling: id and the spelling."""
    folded = squeeze(query[:400])
    if not folded:
        return []
    rows = db.execute(
        "SELECT record_id, min(text) FROM alias WHERE folded = ? GROUP BY record_id ORDER BY record_id",
        (folded,),
    )
    return rows.fetchall()


def asked_words(query: str) -> list[str]:
    """The words of a query, as names are compared."""
    return fold(query[:400]).split()[:_MOST_WORDS]


def shows(title: str, asked: Sequence[str]) -> bool:
    """Whether a title says why it was found. Most do as they are written, and are not folded."""
    plain = title.lower()
    if all(word in plain for word in asked):
        return True
    told = fold(title)
    return all(word in told for word in asked)


def spelling_that_matched(db: sqlite3.Connection, record_id: int, query: str) -> str:
    """The name that made the match."""
    asked = asked_words(query)
    whole = squeeze(query[:400])
    for folded, text in db.execute("SELECT folded, text FROM alias WHERE record_id = ? ORDER BY rowid", (record_id,)):
        if folded == whole or all(word in fold(text) for word in asked):
            return str(text)
    return ""
