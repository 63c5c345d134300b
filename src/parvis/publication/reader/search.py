"""Finding a record by any of its names or words, whatever the spelling, within a fifth of a second."""

from __future__ import annotations

import sqlite3
import time
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from heapq import nsmallest

import orjson

from parvis.foundation.values import fold, squeeze

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


def words_to_match(query: str) -> str:
    """The query as the index reads it, each word quoted so that none is taken for an operator.

    The last word may be the beginning of a longer one, if it has three letters: a shorter beginning
    would match half of the release. Empty when there is no word in it.
    """
    words = asked_words(query)
    if not words:
        return ""
    quoted = [f'"{word}"' for word in words]
    if len(words[-1]) >= _SHORTEST_PREFIX:
        quoted[-1] += "*"
    return " ".join(quoted)


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
    """Ids of all that matches, in their order.

    ``cut``: the time was used up, and these are only the first ones met.
    """

    ids: list[int]
    hidden: frozenset[int] = frozenset()
    cut: bool = False
    _named: frozenset[int] | None = None

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
        self, db: sqlite3.Connection, match: str, span: Span, weight: Sequence[int], page: int, size: int
    ) -> list[int]:
        """Ids of one page, the best first.

        Few are ranked by how often and where they say the words. Of many, those with the words in their title
        come first, then in another name, then in their texts; among equals, those with most ties to others.
        """
        start, stop = (page - 1) * size, page * size
        first, last = between(self.ids, span)
        if self.cut or not self.ids:
            return self.ids[first:last][start:stop]
        if len(self.ids) <= _FEW:
            return _best(db, match, span, self.hidden)[start:stop]
        return self._by_place(db, match, span, weight, stop)[start:]

    def _by_place(
        self, db: sqlite3.Connection, match: str, span: Span, weight: Sequence[int], wanted: int
    ) -> list[int]:
        """The first ones: by title, by name, by text. Each is asked for only when those before are not enough."""
        first, last = between(self.ids, span)
        chosen = _within(_ids(db, f"title : ({match})", self.hidden), span)
        chosen.sort(key=weight.__getitem__)
        if len(chosen) >= min(wanted, last - first):
            return chosen[:wanted]
        by_title = set(chosen)
        names = [i for i in _within(sorted(self.by_name(db, match)), span) if i not in by_title]
        chosen += sorted(names, key=weight.__getitem__)
        if len(chosen) < wanted:
            told = set(chosen)
            among = ((weight[i], i) for i in self.ids[first:last] if i not in told)
            chosen += [i for _, i in nsmallest(wanted - len(chosen), among)]
        return chosen[:wanted]

    def by_name(self, db: sqlite3.Connection, match: str) -> frozenset[int]:
        """Those that have the words in another name than their titles; none are looked for once time is up."""
        if self._named is None:
            self._named = frozenset(() if self.cut else _ids(db, f"names : ({match})", self.hidden))
        return self._named


def between(ids: list[int], span: Span) -> Span:
    """Where the ids of a span begin and end among ids in their order."""
    return bisect_left(ids, span[0]), bisect_right(ids, span[1])


def _within(ids: list[int], span: Span) -> list[int]:
    first, last = between(ids, span)
    return ids[first:last]


def found(db: sqlite3.Connection, match: str, hidden: frozenset[int]) -> Found:
    """Everything that matches."""
    return Found(_ids(db, match, hidden), hidden)


def some(db: sqlite3.Connection, match: str, hidden: frozenset[int]) -> Found:
    """The first ones met: what is shown when finding all takes too long."""
    try:
        with within(db, _AFTERWARDS):
            return Found(_ids(db, match, hidden, most=_FEW), hidden=hidden, cut=True)
    except Overtime:
        return Found([], cut=True)


def _ids(db: sqlite3.Connection, match: str, hidden: frozenset[int], most: int = -1) -> list[int]:
    """Ids in their order, handed over as one text: a step for each would let go of Python's lock each time."""
    (text,) = db.execute(
        f"SELECT group_concat(rowid) FROM (SELECT rowid FROM record_fts WHERE record_fts MATCH ?{but(hidden)} LIMIT ?)",
        (match, most),
    ).fetchone()
    return orjson.loads(f"[{text or ''}]")  # type: ignore[no-any-return]  # our own numbers


def _best(db: sqlite3.Connection, match: str, span: Span, hidden: frozenset[int]) -> list[int]:
    rows = db.execute(
        "SELECT rowid FROM record_fts WHERE record_fts MATCH ?"
        f" AND rank MATCH 'bm25({_WEIGHTS})' AND rowid BETWEEN ? AND ?{but(hidden)} ORDER BY rank LIMIT {_FEW}",
        (match, *span),
    )
    return [row[0] for row in rows]


def containing(db: sqlite3.Connection, match: str, span: Span) -> list[int]:
    """Ids of everything in a span that has the words."""
    return _within(_ids(db, match, frozenset()), span)


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


def shows(title: str, words: Sequence[str]) -> bool:
    """Whether a title says why it was found. Most do as they are written, and are not folded."""
    plain = title.lower()
    if all(word in plain for word in words):
        return True
    told = fold(title)
    return all(word in told for word in words)


def spelling_that_matched(db: sqlite3.Connection, record_id: int, query: str) -> str:
    """The name that made the match."""
    words = asked_words(query)
    whole = squeeze(query[:400])
    for folded, text in db.execute("SELECT folded, text FROM alias WHERE record_id = ? ORDER BY rowid", (record_id,)):
        if folded == whole or all(word in fold(text) for word in words):
            return str(text)
    return ""
