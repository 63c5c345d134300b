"""A release, opened: the records, lists, searches and drawings it holds."""

from __future__ import annotations

import sqlite3
import threading
from array import array
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from . import bits, cards, listing, schema, search
from .filters import Filters, Listing, Results, Row, Sum, UnknownSort
from .hiding import changes_but, mentions, scrubbed
from .listing import Selection
from .memory import Answer, Memory
from .moved import Moved
from .opening import check_file, connected
from .rows import Shapes
from .searching import Finder
from .shelf import Shelf
from .sorts import SORTS, rank_name
from .sums import Sums
from .ties import Ties
from .withdrawn import NOTHING, OF_NO_RECORD, Hidden

if TYPE_CHECKING:
    from .tables.table import Table

Nouns = str | tuple[str, ...] | list[str]
_MOST_ROWS = 10_000
_AT_ONCE = 500


class BrokenRelease(Exception):  # said as it is
    """The folder is no release that can be served."""


class TooMuch(Exception):  # an answer
    """Finding everything that has these words takes too long."""


class Release:
    """What was published at one moment. Answers from its folder alone, one connection a thread."""

    def __init__(self, folder: Path, hidden: Hidden = NOTHING) -> None:
        self.folder = folder
        self.told_hidden = hidden
        self._local = threading.local()
        self._ranks: dict[str, array[int]] = {}
        self._tables: dict[str, Table] = {}
        self._memory = Memory()
        self._sums = Sums()
        try:
            self.info: dict[str, Any] = orjson.loads((folder / "release.json").read_bytes())
            check_file(self.file, self.db, self.info)
            self._meta = dict(self.db.execute("SELECT name, value FROM meta"))
            self.city: dict[str, Any] = orjson.loads(self._meta["city"])
            self.shelves = {
                noun: Shelf(lambda: self.db, noun, first, size)
                for noun, first, size in orjson.loads(self._meta["nouns"])
            }
            self.number: int = self.info["number"]
            self.parent: int | None = self.info["parent"]
            self.content_hash: str = self.info["content_hash"]
            self.moment = datetime.fromisoformat(self.info["moment"])
            self.day = date.fromisoformat(self.info["day"])
            self._shapes = Shapes(orjson.loads(self._meta["dictionary"]))
            done = self.info.get("texts_hidden", ())
            self._hide(hidden.within(self.number, done))
            self._waits = hidden.waits(self.number, done)
        except (OSError, sqlite3.Error, ValueError, KeyError, TypeError) as fault:
            raise BrokenRelease(f"release in {folder.name}: {fault}") from fault

    # -- opening

    @property
    def file(self) -> Path:
        return self.folder / "content" / schema.FILE

    @property
    def db(self) -> sqlite3.Connection:
        """The connection of the thread that asks. The file never changes under it."""
        try:
            return self._local.db  # type: ignore[no-any-return]  # set two lines below
        except AttributeError:
            self._local.db = connected(self.file)
            return self._local.db  # type: ignore[no-any-return]  # set above

    def sound(self) -> bool:
        """Whether the whole file can still be read. Takes its time: asked only after something failed."""
        try:
            again = Release(self.folder, self.told_hidden)
            try:
                return bool(again.db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
            finally:
                again.close()
        except (BrokenRelease, sqlite3.Error):
            return False

    def _hide(self, withdrawn: frozenset[str]) -> None:
        """Mark the withdrawn records this release holds."""
        hidden: dict[int, str] = {}
        for key in withdrawn:
            found = self.db.execute("SELECT id FROM record WHERE key = ?", (key,)).fetchone()
            if found:
                hidden[found[0]] = key
        self.withdrawn = withdrawn
        #: A text that belongs to no record waits to be taken out: until then no row is shown that belongs to none.
        self._of_records = OF_NO_RECORD in withdrawn
        self._hidden_ids = frozenset(hidden)
        self._hidden_keys = frozenset(hidden.values())
        for shelf in self.shelves.values():
            within = (i - shelf.first for i in hidden if shelf.first <= i <= shelf.last)
            shelf.hidden = bits.from_positions(within, shelf.size)
            shelf.hidden_keys = self._hidden_keys
        self._moved = Moved.by(self.db, hidden, [self.city.get("the_city", ""), self.city.get("place", "")])
        for shelf in self.shelves.values() if self._moved else ():
            shelf.moved = self._moved.within(shelf.first, shelf.last)

    def close(self) -> None:
        """Close this thread's connection."""
        if hasattr(self._local, "db"):
            self._local.db.close()
            del self._local.db

    # -- what it is

    @property
    def etag(self) -> str:
        """Changes with what is published, with what is hidden anywhere, and each time a release is made again.

        A page of this release may tell of another: nobody who held what was hidden since is told that it stands.
        """
        hidden, again = self.told_hidden, len(self.info.get("purged", ()))
        since = f"-{len(hidden.keys)}-{len(hidden.texts)}-{again}" if hidden != NOTHING or again else ""
        return f"{self.content_hash[:20]}{since}"

    @property
    def hides_something(self) -> bool:
        """Whether its files still hold what is withdrawn since; they are not given out until purged."""
        return bool(self._hidden_ids) or self._waits or self._changes[1]

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.city.get("languages", ("fr", "en")))

    @property
    def changes(self) -> dict[str, list[Row]]:
        """What differs from its parent: ``added``, ``changed`` and ``removed``, each a list of key and noun."""
        return self._changes[0]

    @cached_property
    def _changes(self) -> tuple[dict[str, list[Row]], bool]:
        return changes_but(self.folder / "changes.json", self.withdrawn)

    def tables(self) -> list[Row]:
        """The data dictionary: each table with its grain, and each column with its meaning."""
        return self._shapes.dictionary

    @property
    def files(self) -> list[Row]:
        """Every file of the release with its size and sha256."""
        return list(self.info["files"])

    @cached_property
    def standards(self) -> list[Row]:
        """The files of standards, with what each holds and how much it cannot; none in a release that has none."""
        try:
            told = orjson.loads((self.folder / "content" / "standards" / "index.json").read_bytes())
        except (OSError, ValueError):
            return []
        return list(told["files"])

    def nouns(self) -> dict[str, int]:
        """How many records of each noun may be seen."""
        return {noun: shelf.visible.bit_count() for noun, shelf in self.shelves.items()}

    def values(self, nouns: Nouns, facet: str) -> set[str]:
        """Values a facet takes among records of these nouns."""
        return {value for shelf in self._shelves(nouns) for value in shelf.values(facet)}

    # -- one record

    def record(self, key: str) -> Row | None:
        """The whole record, or None if it is not in this release (or no longer to be seen)."""
        raw = self.record_json(key)
        return None if raw is None else orjson.loads(raw)

    def records(self, keys: Iterable[str]) -> dict[str, Row]:
        """Several whole records at once, by key; those not to be seen are absent."""
        wanted = [key for key in dict.fromkeys(keys) if key not in self._hidden_keys]
        found: dict[str, Row] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            rows = self.db.execute(
                "SELECT record.key, doc.body, tied.body FROM record JOIN doc ON doc.id = record.doc"
                f" JOIN tied ON tied.record_id = record.id WHERE record.key IN ({marks})",
                some,
            ).fetchall()
            found |= {key: orjson.loads(self._whole(doc, tied)) for key, doc, tied in rows}
        return {key: found[key] for key in wanted if key in found}

    def record_json(self, key: str) -> bytes | str | None:
        """The record as JSON, as it was written when the release was made."""
        if key in self._hidden_keys:
            return None
        found = self.db.execute(
            "SELECT doc.body, tied.body FROM record JOIN doc ON doc.id = record.doc"
            " JOIN tied ON tied.record_id = record.id WHERE record.key = ?",
            (key,),
        ).fetchone()
        if found is None:
            return None
        return self._whole(*found)

    def _whole(self, doc: str, tied: str) -> bytes | str:
        body = f"{doc[:-1]},{tied[1:]}"
        if self._hidden_keys:
            return orjson.dumps(self._moved.record(scrubbed(orjson.loads(body), self._hidden_keys)))
        return body

    def cards(self, keys: Iterable[str], *, lang: str, on: date | None = None) -> dict[str, Row]:
        """Short rows of several records, by key, in the state of a day; those not to be seen are absent."""
        wanted = [key for key in dict.fromkeys(keys) if key not in self._hidden_keys]
        found: dict[str, Row] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            rows = self._rows_of(self._numbers_of(wanted[start : start + _AT_ONCE]), lang, on=on)
            found |= {row["key"]: row for row in rows}
        return {key: found[key] for key in wanted if key in found}

    def _numbers_of(self, keys: Sequence[str]) -> list[int]:
        """Numbers of the records under these keys, of those there are."""
        marks = ",".join("?" * len(keys))
        (text,) = self.db.execute(f"SELECT group_concat(id) FROM record WHERE key IN ({marks})", keys).fetchone()
        return list(map(int, text.split(","))) if text else []

    def links(
        self, key: str, *, lang: str, noun: str = "", page: int = 1, size: int = 100, on: date | None = None
    ) -> list[Row]:
        """Ties of a record with others, both ways, by noun and name. ``direction`` is ``out`` or ``in``."""
        found = self.db.execute(
            "SELECT o.id, l.role, l.table_name, l.from_day, l.to_day, l.state, l.direction FROM ("
            " SELECT to_id AS other, role, table_name, from_day, to_day, state, 'out' AS direction"
            "  FROM link WHERE from_id = (SELECT id FROM record WHERE key = ?1)"
            " UNION ALL SELECT from_id, role, table_name, from_day, to_day, state, 'in'"
            "  FROM link WHERE to_id = (SELECT id FROM record WHERE key = ?1)) AS l"
            " JOIN record AS o ON o.id = l.other WHERE ?2 IN ('', o.noun)"
            f"{search.but(self._hidden_ids).replace('rowid', 'o.id')}"
            " ORDER BY o.id, l.direction DESC, l.role LIMIT ?3 OFFSET ?4",
            (key, noun, size, max(0, page - 1) * size),
        ).fetchall()
        others = self._rows_of([row[0] for row in found], lang, on=on)
        return [
            {**card, "role": row[1], "table": row[2], "from": row[3], "to": row[4], "then": row[5],
             "direction": row[6]}
            for row, card in zip(found, others, strict=True)
        ]  # fmt: skip

    # -- tables

    def rows(self, table: str, **equals: object) -> list[Row]:
        """Rows of a published table, in their order, with exactly these values. Unknown names raise KeyError."""
        sql, values = self._shapes.query(table, equals, of_records=self._of_records)
        rows = (self._shapes.shaped(table, row) for row in self.db.execute(sql, values))
        if not self._hidden_keys:
            return list(rows)
        return [row for row in rows if not mentions(row, self._hidden_keys)]

    def columns(self, table: str, *names: str) -> Iterator[tuple[Any, ...]]:
        """A few columns of a whole published table, row by row, as they are stored; None for a column there is not.

        Rows that name a withdrawn record in one of these columns are left out.
        """
        statement = self._shapes.some_columns(table, names, of_records=self._of_records)
        hidden = self._hidden_keys
        for row in self.db.execute(statement) if statement else ():
            if not hidden or hidden.isdisjoint(row):
                yield row

    def remembered(self, question: Hashable, answer: Callable[[], Answer]) -> Answer:
        """What is worked out from the whole release: once, since it cannot change."""
        return self._memory.kept(question, answer)

    @property
    def seen(self) -> str:
        """What a query on records adds, so that those withdrawn are left out."""
        return search.but(self._hidden_ids).replace("rowid", "id")

    @property
    def placed(self) -> tuple[str, tuple[str, ...]]:
        """What a query asks records from, each with the point it has now, and the values that go with it."""
        return self._moved.records, self._moved.values

    def stored_columns(self, table: str, column: str) -> list[tuple[str, str]]:
        """A declared column as the files hold it: its names and types, one a language for words."""
        names, kinds, _owner = self._shapes.stored(table)
        return [
            (name, kind)
            for name, kind in zip(names, kinds, strict=True)
            if name == column or (kind == "words" and name.rpartition("_")[0] == column)
        ]

    def table(self, name: str) -> Table:
        """A table one can put a question to. Raises KeyError for one that is not there."""
        if name not in self._tables:
            from .tables.table import Table  # noqa: PLC0415  # columns weigh fifty megabytes, for those who ask of them

            names, kinds, owner = self._shapes.stored(name)
            self._tables[name] = Table(
                name,
                list(zip(names, kinds, strict=True)),
                owner=owner,
                path=self.folder / "content" / "tables" / f"{name}.parquet",
                db=lambda: self.db,
                hidden=self._hidden_keys | ({OF_NO_RECORD} if self._of_records else set()),
                matching=self._keys_with_words,
                points=lambda keys: self._moved.points_of(self.db, keys),
            )
        return self._tables[name]

    def _keys_with_words(self, text: str) -> frozenset[str]:
        """Keys of the records that contain all the words."""
        if not search.asked_words(text):
            return frozenset()
        found = self._finder.matching(text)
        if found.cut:
            raise TooMuch
        return frozenset(self._keys_of(self._finder.numbers(found)))

    def _keys_of(self, ids: Sequence[int]) -> Iterator[str]:
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            yield from (key for (key,) in self.db.execute(f"SELECT key FROM record WHERE id IN ({marks})", some))

    # -- lists

    def listing(
        self, nouns: Nouns, *, lang: str, filters: Filters | None = None, on: date | None = None,
        sort: str = "name", page: int = 1, size: int = 50, docs: bool = False, written: bool = False,
    ) -> Listing:  # fmt: skip
        """One page of the records of a noun (or several), narrowed and sorted, with counts beside each filter.

        With ``on``, what was valid that day, each in the state it was in. A page past the end is empty.
        With ``docs``, each row carries the whole record under ``doc``. With ``written``, rows are JSON already, for an
        answer that sends them as they are.
        """
        if sort not in SORTS:
            raise UnknownSort(sort)
        page, size = max(1, page), min(max(1, size), _MOST_ROWS)
        selection = self._select(nouns, filters or Filters(), on)
        start = (page - 1) * size
        ids = [] if start >= selection.total else self._ids(selection, sort, lang, start, start + size)
        rows = self._cards_of(ids, lang) if written else self._rows_of(ids, lang, on=on, docs=docs)
        pages = max(1, -(-selection.total // size))
        return Listing(
            rows,
            selection.total,
            selection.facets,
            page,
            pages,
            size,
            selection.stored,
            selection.interrupted,
        )

    def each(
        self, nouns: Nouns, *, lang: str, filters: Filters | None = None, on: date | None = None,
        sort: str = "name", docs: bool = False,
    ) -> Iterator[Row]:  # fmt: skip
        """Every row of a list, few at a time: for downloads."""
        if sort not in SORTS:
            raise UnknownSort(sort)
        ids = self._ids(self._select(nouns, filters or Filters(), on, counted=False), sort, lang, 0, None)
        for start in range(0, len(ids), _AT_ONCE):
            yield from self._rows_of(ids[start : start + _AT_ONCE], lang, on=on, docs=docs)

    def keys(
        self, nouns: Nouns, *, lang: str, filters: Filters | None = None, on: date | None = None, sort: str = "name"
    ) -> list[str]:
        """Keys of a whole list, in its order: what a page needs of all, when it shows few."""
        selection = self._select(nouns, filters or Filters(), on, counted=False)
        named = {i: key for shelf, _ in selection.held for i, key in enumerate(shelf.keys(), shelf.first)}
        return [named[i] for i in self._ids(selection, sort, lang, 0, None)]

    def summed(self, noun: str, *, filters: Filters | None = None, on: date | None = None) -> Sum | None:
        """The money of what a list shows, whichever page is read; None where records stand for no sum."""
        return self._sums.of_all(self._select(noun, filters or Filters(), on, counted=False), self.db)

    def summed_by(
        self, noun: str, facet: str, *, filters: Filters | None = None, on: date | None = None
    ) -> dict[str, Sum]:
        """The money of what a list shows, for each value of a facet. A record of two values counts in both."""
        return self._sums.by(facet, self._select(noun, filters or Filters(), on, counted=False), self.db)

    def _select(self, nouns: Nouns, filters: Filters, on: date | None, *, counted: bool = True) -> Selection:
        shelves = self._shelves(nouns)
        found, interrupted = self._found(shelves, filters.text)
        asked = listing.Asked(filters, on, found, hides=any(shelf.hides for shelf in shelves))
        selection = listing.select(shelves, asked, self.db, counted=counted)
        selection.interrupted = interrupted
        return selection

    def _found(self, shelves: list[Shelf], text: str) -> tuple[dict[str, int] | None, bool]:
        """For each noun, the records that have the words; None when no words are asked for."""
        if not search.asked_words(text):
            return ({} if text.strip() else None), False
        told = self._finder.matching(text)
        flags = bytearray(len(self._ties.place))
        for number in self._finder.numbers(told):
            flags[number] = 1
        found = {shelf.noun: bits.from_flags(flags[shelf.first : shelf.last + 1]) for shelf in shelves}
        return found, told.cut

    def _ids(self, selection: Selection, sort: str, lang: str, start: int, stop: int | None) -> list[int]:
        return listing.ids_of(selection, rank_name(sort, lang), self._rank, start, stop)

    def _rank(self, name: str) -> array[int]:
        """Place of each record in an order; read once."""
        if name not in self._ranks:
            row = self.db.execute("SELECT ranks FROM rank WHERE name = ?", (name,)).fetchone()
            if row is None:  # an order nobody knew when this release was made
                return self._rank("kind")
            rank = array("I")
            rank.frombytes(row[0])
            if name == "country" and self._moved:
                rank = self._moved.by_country(
                    self.db, self._rank(rank_name("name", self.city.get("default_language", "en")))
                )
            self._ranks[name] = rank
        return self._ranks[name]

    def _shelves(self, nouns: Nouns) -> list[Shelf]:
        wanted = (nouns,) if isinstance(nouns, str) else nouns
        return [self.shelves[noun] for noun in dict.fromkeys(wanted) if noun in self.shelves]

    def _cards_of(self, ids: Sequence[int], lang: str) -> list[str]:
        """Cards of records in the order of these ids, as JSON."""
        place = self._ties.place
        found = cards.written(self.db, [place[one] for one in ids], lang)
        return [self._moved.card(one, found[one]) for one in ids] if self._moved else [found[one] for one in ids]

    def _rows_of(self, ids: Sequence[int], lang: str, *, on: date | None = None, docs: bool = False) -> list[Row]:
        rows: list[Row] = orjson.loads(f"[{','.join(self._cards_of(ids, lang))}]")
        if on is not None:
            self._put_in_state(ids, rows, on)
        if docs:
            whole = self.records(row["key"] for row in rows)
            for row in rows:
                row["doc"] = whole.get(row["key"])
        return rows

    def _put_in_state(self, ids: Sequence[int], rows: list[Row], on: date) -> None:
        """Give each row the state its record was in on that day, None where nothing says."""
        for record_id, row in zip(ids, rows, strict=True):
            shelf = self.shelves[row["noun"]]
            position = 1 << (record_id - shelf.first)
            states = shelf.states_on(on)
            row["state"] = next((state for state, held in states.items() if held & position), None)

    # -- search

    @cached_property
    def _ties(self) -> Ties:
        spans = {shelf.noun: (shelf.first, shelf.last) for shelf in self.shelves.values()}
        return Ties(self._rank("weight"), spans)

    @cached_property
    def _finder(self) -> Finder:
        return Finder(lambda: self.db, self._hidden_ids, ties=lambda: self._ties, cards=self._cards_of)

    def search(self, query: str, *, lang: str, noun: str | None = None, page: int = 1, size: int = 20) -> Results:
        """Find records by any name or word, in any spelling we hold; see :class:`Results`."""
        return self._finder.search(query, lang=lang, noun=noun, page=max(1, page), size=min(max(1, size), 100))

    # -- drawings

    def drawing(self, name: str, lang: str) -> Row | None:
        """A chart or plate as it was drawn with the release: ``svg`` and ``meta``.

        None if there is none, or if it may show what is withdrawn since: a picture says titles in any number of pieces.
        """
        found = self.db.execute(
            "SELECT svg, meta FROM drawing WHERE name = ? AND lang IN (?, '') ORDER BY lang DESC",
            (name, lang),
        ).fetchone()
        if found is None or (found[0] and (self._hidden_ids or self._waits)):
            return None
        return {"svg": found[0], "meta": orjson.loads(found[1])}
