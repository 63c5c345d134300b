"""Second pass: from the published tables, the records with their ties, names, words and counts."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from itertools import accumulate, groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

import orjson

from parvis.publication.reader import cards, schema
from parvis.publication.reader.schema import LANGUAGES
from parvis.publication.reader.sorts import STORED
from parvis.publication.reader.where import NOWHERE, Where

from . import days
from .aside import Begin
from .counting import Borne
from .reading import sheaves
from .records import Draft, Drafter
from .scripts import run_script
from .tables import Plan
from .whereabouts import whereabouts
from .words import make_words, order_by_ties

_AT_ONCE = 1000
#: Bytes of words sorted at once for the full-text index: 32 of the 500 MB a bake may take.
_HEAP = 32 << 20
#: A record tied to more others than this shows the first ones; the rest is asked for page by page.
MOST_LINKS = 200

_WORK = """
CREATE TABLE work.draft (
    id INTEGER PRIMARY KEY, key, noun, kind, state, from_day, to_day, valid_to, year_from, year_to, themes,
    title_fr, title_en, title_es, title_pt, sort_fr, sort_en, sort_es, sort_pt, updated, digest, dated,
    country, areas, lat, lon, doc INTEGER, sum INTEGER
);
CREATE TABLE work.card (id INTEGER PRIMARY KEY, told TEXT NOT NULL) STRICT;
CREATE TABLE said.words (id INTEGER PRIMARY KEY, title, names, body);
CREATE TABLE work.doc (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE work.tie (from_id INTEGER, to_id INTEGER, role, table_name, from_day, to_day, state);
CREATE TABLE work.alias (folded, text, lang, kind, record_id INTEGER);
CREATE TABLE work.spell (record_id INTEGER, position INTEGER, state, from_day, to_day);
"""


class SecondPass:
    """Makes records out of tables: drafts of them in a work file, then the records in the file of the tables."""

    def __init__(self, db: sqlite3.Connection, plans: Sequence[Plan], city: dict[str, Any]) -> None:
        self.db = db
        self.plans = plans
        self.city = city
        self._ids: dict[str, int] = {}
        #: Each noun, with the number of its first record.
        self._first: dict[str, int] = {}
        #: How many records of each noun.
        self.sizes: dict[str, int] = {}
        #: For each noun, the positions of the records that bear each value of each facet.
        self.borne: dict[str, Borne] = {}

    def draft(self) -> None:
        """Draft each record. The tables are read, and only the work file is written: others may read them too."""
        self.db.execute("BEGIN")
        run_script(self.db, _WORK)
        self._number()
        self._draft()
        self.db.execute("COMMIT")

    def write(self, begin: Begin, work: Path) -> Future[None]:
        """Write the records, with what ties them to each other; begin, beside it, the words of a search."""
        self._put("nouns", [[noun, first, self.sizes[noun]] for noun, first in self._first.items()])
        self.db.execute("INSERT INTO doc SELECT * FROM work.doc")
        self._tie()
        self._write_records()
        self._write_ranks()
        ties = order_by_ties(self.db)
        words = begin(make_words, work / "said.sqlite", work / "told.sqlite", ties.order.tobytes(), ties.noun_at)
        self._write_ties()
        self._write_cards()
        self._index_words()
        self._write_sums()
        return words

    def take(self, words: Future[None]) -> None:
        """Take the words of a search in, once they are made."""
        words.result()
        self.db.execute("INSERT INTO word SELECT * FROM told.word ORDER BY id")

    def _number(self) -> None:
        """Records of a noun stand together, in the order of their keys."""
        rows = self.db.execute("SELECT key, noun FROM subjects ORDER BY noun, key").fetchall()
        self._ids = {key: number for number, (key, _) in enumerate(rows, 1)}
        self.sizes = {noun: sum(1 for _ in group) for noun, group in groupby(rows, key=itemgetter(1))}
        self._first = dict(zip(self.sizes, accumulate(self.sizes.values(), initial=1), strict=False))

    def _put(self, name: str, value: Any) -> None:
        text = orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
        self.db.execute("INSERT INTO meta VALUES (?, ?)", (name, text))

    def _draft(self) -> None:
        drafter = Drafter(self.plans, self.city.get("default_language", "en"), self.city.get("currency", ""))
        drafts = (drafter.draft(sheaf) for sheaf in sheaves(self.db, self.plans))
        first = 1
        while batch := list(islice(drafts, _AT_ONCE)):
            self._keep(batch, first)
            first += len(batch)

    def _keep(self, batch: list[Draft], first: int) -> None:
        """Documents are laid down as they come, in the order of the keys; the rest waits to be numbered."""
        ids = self._ids
        self.db.executemany("INSERT INTO work.doc VALUES (?, ?)", [(n, d.body) for n, d in enumerate(batch, first)])
        self.db.executemany(
            f"INSERT INTO work.draft VALUES ({','.join('?' * 28)})",
            [_row(ids[d.key], n, d) for n, d in enumerate(batch, first)],
        )
        self.db.executemany("INSERT INTO said.words VALUES (?, ?, ?, ?)", [(ids[d.key], *d.searched) for d in batch])
        self.db.executemany(
            "INSERT INTO work.tie VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (ids[d.key], ids[t.to], t.role, t.table, t.span.start, t.span.end, t.state)
                for d in batch
                for t in d.ties
                if t.to != d.key
            ],
        )
        self.db.executemany(
            "INSERT INTO work.alias VALUES (?, ?, ?, ?, ?)",
            [(*a, ids[d.key]) for d in batch for a in d.aliases],
        )
        self.db.executemany(
            "INSERT INTO work.spell VALUES (?, ?, ?, ?, ?)",
            [(ids[d.key], place, *spell) for d in batch for place, spell in enumerate(d.spells)],
        )

    def _tie(self) -> None:
        self.db.execute(
            "INSERT INTO link SELECT from_id, to_id, role, min(table_name), NULL, NULL, NULL FROM work.tie"
            " WHERE role = 'source' GROUP BY from_id, to_id"
            " UNION ALL SELECT * FROM (SELECT * FROM work.tie WHERE role <> 'source' ORDER BY from_id, rowid)"
        )
        self.db.execute("INSERT INTO alias SELECT * FROM work.alias ORDER BY record_id, rowid")
        self.db.execute("INSERT INTO spell SELECT * FROM work.spell ORDER BY record_id, position")
        run_script(self.db, schema.INDEXES)

    def _write_records(self) -> None:
        """Records with the places they inherit."""
        where = whereabouts(self.db, self.city, self._ids)
        rows = self.db.cursor().execute(
            "SELECT id, key, noun, kind, state, from_day, to_day, valid_to, year_from, year_to, themes,"
            " title_fr, title_en, title_es, title_pt, updated, digest, doc FROM work.draft ORDER BY id"
        )
        named = dict(self._named())
        while batch := rows.fetchmany(_AT_ONCE):
            placed = [(row, where.get(row[0], NOWHERE)) for row in batch]
            self.db.executemany(
                f"INSERT INTO record VALUES ({','.join('?' * 21)})", [_record(row, here) for row, here in placed]
            )
            self.db.executemany("INSERT INTO work.card VALUES (?, ?)", [_card(row, here) for row, here in placed])
            for row, here in placed:
                self._tag(row, here, row[0] - self._first[row[2]], named.get(row[0], set()))

    def _named(self) -> Iterator[tuple[int, set[tuple[str, str]]]]:
        """For the nouns listed by other records, those each one names: its fund, its body, its places."""
        for noun, facets in sorted(schema.TIED_FACETS.items()):
            facet_of = {role: facet for facet, roles in facets.items() for role in roles}
            found = self.db.execute(
                "SELECT l.from_id, l.role, o.key FROM work.draft AS d JOIN link AS l ON l.from_id = d.id"
                " JOIN work.draft AS o ON o.id = l.to_id"
                " WHERE d.noun = ? AND (o.kind IS NULL OR o.kind <> 'country') ORDER BY l.from_id, l.rowid",
                (noun,),
            )
            for record_id, group in groupby(found, key=itemgetter(0)):
                yield record_id, {(facet_of[role], key) for _, role, key in group if role in facet_of}

    def _tag(self, row: tuple[Any, ...], where: Where, position: int, named: set[tuple[str, str]]) -> None:
        """Note what a record can be counted by."""
        noun, kind, state, year_from = row[2], row[3], row[4], row[8]
        borne = self.borne.setdefault(noun, {})
        tags = {("kind", kind), ("state", state), ("year", str(year_from) if year_from else None)}
        tags |= {("theme", theme) for theme in orjson.loads(row[10])}
        tags |= {("area", area) for area in where.areas}
        tags |= {("country", country) for country in where.countries} | named
        for facet, value in tags:
            if value:
                borne.setdefault((facet, value), array("I")).append(position)

    def _write_ties(self) -> None:
        records = self.db.cursor().execute(
            "SELECT id, state, country, lat, lon, from_day, to_day, year_from, year_to, updated,"
            " title_fr, title_en, title_es, title_pt FROM record ORDER BY id"
        )
        links = _Links(self.db)
        ties = ((row[0], _tied(row, links.of(row[0]))) for row in records)
        while batch := list(islice(ties, _AT_ONCE)):
            self.db.executemany("INSERT INTO tied VALUES (?, ?)", batch)

    def _write_cards(self) -> None:
        """Cards in the order of ties: those a search shows first lie together."""
        self.db.executemany(
            "INSERT INTO card SELECT ?, told FROM work.card WHERE id = ?", enumerate(order_by_ties(self.db).order)
        )

    def _index_words(self) -> None:
        """The full text. Words are sorted in memory by large heaps, so that few of them are to be merged."""
        self.db.execute("INSERT INTO record_fts (record_fts, rank) VALUES ('hashsize', ?)", (_HEAP,))
        self.db.execute(
            "INSERT INTO record_fts (rowid, title, names, body)"
            " SELECT id, title, names, body FROM said.words ORDER BY id"
        )
        self.db.execute("INSERT INTO record_fts (record_fts) VALUES ('optimize')")

    def _write_ranks(self) -> None:
        default = self.city.get("default_language", "en")
        name = f"sort_{default if default in LANGUAGES else 'en'}"
        orders = {f"name_{language}": f"sort_{language}" for language in LANGUAGES} | {
            "date": f"dated IS NULL, dated DESC, {name}",
            "oldest": f"dated IS NULL, dated, {name}",
            "country": f"country IS NULL, country, {name}",
            "kind": f"noun, kind IS NULL, kind, {name}",
            "updated": f"updated IS NULL, updated DESC, {name}",
            "amount": f"sum < 0, sum DESC, {name}",
            "weight": f"ties DESC, {name}",
        }
        self.db.execute(  # the country is the one a record may have inherited
            "CREATE TABLE work.ranked AS SELECT d.id, d.noun, d.kind, r.country, d.dated, d.updated, d.sum,"
            " d.sort_fr, d.sort_en, d.sort_es, d.sort_pt, (SELECT count(*) FROM link WHERE to_id = d.id) AS ties"
            " FROM work.draft AS d JOIN record AS r ON r.id = d.id ORDER BY d.id"
        )
        for stored in STORED:
            rank = array("I", bytes(4 * (len(self._ids) + 1)))
            for place, (record_id,) in enumerate(
                self.db.execute(f"SELECT id FROM work.ranked ORDER BY {orders[stored]}, id")
            ):
                rank[record_id] = place
            self.db.execute("INSERT INTO rank VALUES (?, ?)", (stored, rank.tobytes()))

    def _write_sums(self) -> None:
        """The sum each record of a noun stands for, side by side in the order of their numbers."""
        for noun in sorted(set(schema.SUMMED) & set(self.sizes)):
            found = self.db.execute("SELECT sum FROM work.draft WHERE noun = ? ORDER BY id", (noun,))
            self.db.execute("INSERT INTO sum VALUES (?, ?)", (noun, array("q", (one for (one,) in found)).tobytes()))


def _row(record_id: int, doc: int, draft: Draft) -> tuple[Any, ...]:
    start, end = draft.span.start, draft.span.end
    over = draft.valid_to if draft.noun not in days.ACTS else end or draft.dated
    if draft.noun in days.OF_ONE_YEAR:
        over = draft.dated
    titles = [draft.titles.get(language) for language in LANGUAGES]
    return (
        record_id, draft.key, draft.noun, draft.kind, draft.state, start, end, draft.valid_to, days.year(draft.dated),
        days.year(over), orjson.dumps(draft.themes).decode(), *titles, *draft.keys, draft.updated, draft.digest,
        draft.dated, draft.country, orjson.dumps(draft.areas).decode(), draft.lat, draft.lon, doc,
        draft.sum,
    )  # fmt: skip


def _record(row: tuple[Any, ...], where: Where) -> tuple[Any, ...]:
    record_id, key, noun, kind, state, start, end, valid_to, year_from, year_to, themes, *rest = row
    country = where.country
    return (
        record_id, key, noun, kind, state, country, where.lat, where.lon, start, end, valid_to, year_from, year_to,
        themes, *rest,
    )  # fmt: skip


def _card(row: tuple[Any, ...], where: Where) -> tuple[int, str]:
    """The row shown in lists, ready to be read."""
    record_id, key, noun, kind, state, start, end, _, year_from, year_to, themes, *rest = row
    shown = {
        "key": key, "noun": noun, "kind": kind, "state": state,
        "country": where.country, "lat": where.lat, "lon": where.lon,
        "from_day": start, "to_day": end, "year_from": year_from, "year_to": year_to,
        "themes": orjson.Fragment(themes), "updated": rest[4],
    }  # fmt: skip
    titles = {language: title for language, title in zip(LANGUAGES, rest[:4], strict=True) if title}
    return record_id, cards.line(record_id, orjson.dumps(shown), titles)


class _Links:
    """Ties of each record with others, read in the order of the records: those it names, those that name it."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._out = _Side(db, "out", me="from_id", other="to_id", order="l.from_id, l.rowid")
        self._in = _Side(db, "in", me="to_id", other="from_id", order="l.to_id, l.from_id, l.role, l.rowid")

    def of(self, record_id: int) -> tuple[list[dict[str, Any]], int, list[str]]:
        """Links of a record (the first ones), how many there are, and the contradictions it takes part in."""
        links, total = [], 0
        conflicts: dict[str, None] = {}
        for row in self._out.of(record_id):
            total += 1
            if total <= MOST_LINKS:
                links.append(_link(row))
        for row in self._in.of(record_id):
            total += 1
            if row[8] == "conflict":
                conflicts[row[7]] = None
            if total <= MOST_LINKS:
                links.append(_link(row))
        return links, total, list(conflicts)


class _Side:
    """Ties in one direction. Their index gives them in the order of the records: few are to be sorted at once."""

    def __init__(self, db: sqlite3.Connection, direction: str, *, me: str, other: str, order: str) -> None:
        found = db.cursor().execute(
            f"SELECT l.{me}, '{direction}', l.role, l.table_name, l.from_day, l.to_day, l.state,"
            " o.key, o.noun, o.kind, o.title_fr, o.title_en, o.title_es, o.title_pt"
            f" FROM link AS l JOIN record AS o ON o.id = l.{other} WHERE l.role <> 'source' ORDER BY {order}"
        )
        self._groups = groupby(found, key=itemgetter(0))
        self._next = next(self._groups, None)

    def of(self, record_id: int) -> Iterator[tuple[Any, ...]]:
        """Ties of a record, which is asked for after the one before it."""
        if self._next is not None and self._next[0] == record_id:
            yield from self._next[1]
            self._next = next(self._groups, None)


def _link(row: tuple[Any, ...]) -> dict[str, Any]:
    _, direction, role, table, start, end, state, key, noun, kind, *titles = row
    return {
        "key": key, "noun": noun, "kind": kind, "role": role, "direction": direction, "table": table,
        "title": {language: title for language, title in zip(LANGUAGES, titles, strict=True) if title},
        "from": start, "to": end, "state": state,
    }  # fmt: skip


def _tied(row: tuple[Any, ...], tied: tuple[list[dict[str, Any]], int, list[str]]) -> str:
    """The end of the document: the columns of the record, and its ties with others."""
    _, state, country, lat, lon, start, end, year_from, year_to, updated, *titles = row
    links, total, conflicts = tied
    columns = {
        "state": state, "country": country, "lat": lat, "lon": lon, "from_day": start, "to_day": end,
        "year_from": year_from, "year_to": year_to, "updated": updated,
        "title": {language: title for language, title in zip(LANGUAGES, titles, strict=True) if title},
        "links": links, "links_total": total, "conflicts": conflicts,
    }  # fmt: skip
    return orjson.dumps(columns).decode()
