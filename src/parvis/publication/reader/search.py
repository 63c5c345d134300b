"""Finding a record by any of its names or words, whatever the spelling, within a fifth of a second."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from parvis.foundation.values import fold, squeeze

from . import words
from .places import NOWHERE, Places
from .ties import Span, Ties

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
_EVERYTHING: Span = (0, 1 << 40)


def words_to_match(query: str) -> str:
    """The query as the index reads it; see ``matching``."""
    return matching(asked_words(query))


def matching(asked: Sequence[str]) -> str:
    """Words as the index reads them, each quoted so that none is taken for an operator.

    The last word may be the beginning of a longer one, if it has three letters: a shorter beginning
    would match half of the release. Empty when there is no word.
    """
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
    """All that matches, by places in the order of ties.

    ``title`` and ``name``: those with the words in their title, or in another name. ``counts``: how many of each
    noun. ``cut``: the time was used up, and these are only the first ones met.
    """

    places: Places
    title: Places
    name: Places
    counts: Sequence[int]
    cut: bool = False

    def page(
        self, db: sqlite3.Connection, asked: Sequence[str], noun: str | None, ties: Ties, hidden: frozenset[int],
        start: int, stop: int,
    ) -> Sequence[int]:  # fmt: skip
        """Ids from ``start`` to ``stop``, the best first; ``noun`` keeps to one. Raises Overtime.

        Few are ranked by how often and where they say the words. Of many, those with the words in their title
        come first, then in another name, then in their texts; among equals, those with most ties to others.
        """
        if self.cut:
            return ties.first(self.places, noun, stop)[start:]
        if sum(self.counts) <= _FEW:
            if not self.places.size:
                return []
            with within(db, BUDGET_SECONDS):
                return _best(db, matching(asked), ties.span(noun) if noun else _EVERYTHING, hidden)[start:stop]
        return self._by_place(noun, ties, stop)[start:]

    def _by_place(self, noun: str | None, ties: Ties, wanted: int) -> list[int]:
        """The first ones: by title, by name, by text. Each is looked at only when those before are not enough."""
        chosen = ties.first(self.title, noun, wanted)
        if len(chosen) < wanted:
            chosen = list(dict.fromkeys(chosen + ties.first(self.name, noun, 2 * wanted)))
        if len(chosen) < wanted:
            chosen = list(dict.fromkeys(chosen + ties.first(self.places, noun, len(chosen) + wanted)))
        return chosen[:wanted]


def found(db: sqlite3.Connection, asked: Sequence[str], hidden: frozenset[int], ties: Ties) -> Found:
    """Everything that has these words. Raises Overtime."""
    try:
        with within(db, BUDGET_SECONDS):
            met = words.of_all(db, asked, begins=_begins(asked), seconds=BUDGET_SECONDS)
    except words.TooLong as stopped:
        raise Overtime from stopped
    if hidden:
        away = ties.among(hidden)
        met = words.Standing(met.places.without(away), met.title.without(away), met.name.without(away))
    counts = met.counts if met.counts is not None else ties.counted(met.places)
    return Found(met.places, met.title, met.name, counts)


def some(db: sqlite3.Connection, asked: Sequence[str], hidden: frozenset[int], ties: Ties) -> Found:
    """The first ones met: what is shown when finding all takes too long."""
    sql = f"SELECT rowid FROM record_fts WHERE record_fts MATCH ?{but(hidden)} LIMIT {_FEW}"
    met: list[int] = []
    try:
        with within(db, _AFTERWARDS):
            met = [ties.place[row[0]] for row in db.execute(sql, (matching(asked),))]
    except Overtime:
        pass
    return Found(Places(met), NOWHERE, NOWHERE, (), cut=True)


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


def spelling_that_matched(db: sqlite3.Connection, record_id: int, query: str, asked: Sequence[str]) -> str:
    """The name that made the match."""
    whole = squeeze(query[:400])
    for folded, text in db.execute("SELECT folded, text FROM alias WHERE record_id = ? ORDER BY rowid", (record_id,)):
        if folded == whole or all(word in fold(text) for word in asked):
            return str(text)
    return ""
