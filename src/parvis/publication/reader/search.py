"""Finding a record by any of its names or words, whatever the spelling, within a fifth of a second."""

from __future__ import annotations

import sqlite3
import time
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from contextlib import contextmanager

from parvis.foundation.values import fold, squeeze

#: A search that takes longer is interrupted, and says so.
BUDGET_SECONDS = 0.2
_AFTERWARDS = 0.05
_STEPS_BETWEEN_LOOKS = 2000
_MOST_WORDS = 12
_SHORTEST_PREFIX = 3
#: A title weighs more than another name, a name more than the text.
_WEIGHTS = "8.0, 6.0, 1.0"


def words_to_match(query: str) -> str:
    """The query as the index reads it, each word quoted so that none is taken for an operator.

    The last word may be the beginning of a longer one, if it has three letters: a shorter beginning
    would match half of the release. Empty when there is no word in it.
    """
    words = fold(query[:400]).split()[:_MOST_WORDS]
    if not words:
        return ""
    quoted = [f'"{word}"' for word in words]
    if len(words[-1]) >= _SHORTEST_PREFIX:
        quoted[-1] += "*"
    return " ".join(quoted)


class Overtime(Exception):  # noqa: N818  # it is an answer: enough
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


def ranked(
    db: sqlite3.Connection, match: str, span: tuple[int, int], hidden: frozenset[int], page: int, size: int
) -> list[int]:
    """Ids of one page of what matches, the best first."""
    found = db.execute(
        "SELECT rowid FROM record_fts WHERE record_fts MATCH ?"
        f" AND rank MATCH 'bm25({_WEIGHTS})' AND rowid BETWEEN ? AND ?{but(hidden)}"
        " ORDER BY rank LIMIT ? OFFSET ?",
        (match, *span, size, (page - 1) * size),
    )
    return [row[0] for row in found]


def counted(
    db: sqlite3.Connection, match: str, spans: dict[str, tuple[int, int]], hidden: frozenset[int]
) -> dict[str, int]:
    """How many match, noun by noun; nouns with none are left out.

    Ids come in their order and those of a noun stand together, so that one reading of the index is enough.
    """
    sql = f"SELECT rowid FROM record_fts WHERE record_fts MATCH ?{but(hidden)}"
    ids = [row[0] for row in db.execute(sql, (match,))]
    counts = {noun: bisect_right(ids, last) - bisect_left(ids, first) for noun, (first, last) in spans.items()}
    return {noun: number for noun, number in counts.items() if number}


def anyhow(
    db: sqlite3.Connection, match: str, span: tuple[int, int], hidden: frozenset[int], size: int
) -> list[int]:
    """Some of what matches, unranked: what is shown when ranking all of it takes too long."""
    try:
        with within(db, _AFTERWARDS):
            found = db.execute(
                "SELECT rowid FROM record_fts WHERE record_fts MATCH ? AND rowid BETWEEN ? AND ?"
                f"{but(hidden)} LIMIT ?",
                (match, *span, size),
            )
            return [row[0] for row in found]
    except Overtime:
        return []


def containing(db: sqlite3.Connection, match: str, span: tuple[int, int]) -> list[int]:
    """Ids of everything in a span that has the words."""
    found = db.execute(
        "SELECT rowid FROM record_fts WHERE record_fts MATCH ? AND rowid BETWEEN ? AND ?", (match, *span)
    )
    return [row[0] for row in found]


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


def spelling_that_matched(db: sqlite3.Connection, record_id: int, query: str, shown: str) -> str:
    """The name that made the match, when the title shown does not say why the record was found."""
    words = fold(query[:400]).split()[:_MOST_WORDS]
    title = fold(shown)
    if not words or all(word in title for word in words):
        return ""
    whole = squeeze(query[:400])
    for folded, text in db.execute(
        "SELECT folded, text FROM alias WHERE record_id = ? ORDER BY rowid", (record_id,)
    ):
        if folded == whole or all(word in fold(text) for word in words):
            return str(text)
    return ""
