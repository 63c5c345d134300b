"""Baking: the published tables of one moment become the content of a release."""

from __future__ import annotations

import gc
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from parvis.foundation.publishing import Audience, PublishedTable
from parvis.publication.reader import schema

from .aside import Begin, aside
from .counting import write_counts
from .exporting import dictionary, export_maps, export_tables, sheets_of
from .faults import BakeFault
from .scripts import run_script
from .second_pass import SecondPass
from .standards import Standards
from .tables import Plan, check_links, plan_of, write_table

#: name, language, SVG and what is to be known of it (its title, source, day; the keys it shows).
Drawing = tuple[str, str, str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Pictures:
    """What is drawn from the files of a release, the shapes of land its maps are drawn on, the files of standards."""

    draw: Callable[[Path], Iterable[Drawing]]
    maps: Callable[[], Mapping[str, bytes]] = dict
    standards: Standards | None = None


_SETTINGS = f"""
PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA auto_vacuum = NONE;
PRAGMA secure_delete = OFF; PRAGMA cache_size = -32000; PRAGMA encoding = 'UTF-8'; PRAGMA temp_store = FILE;
PRAGMA application_id = {schema.APPLICATION_ID}; PRAGMA user_version = {schema.FORMAT};
"""
#: Documents of records lie whole on large pages, and are copied from there at once. What is said of each lies in a file
#: of its own, read by who makes the words of a search in a third one, while the first is written.
_BESIDE = {"work": (32768, 16000), "said": (32768, 4000), "told": (8192, 4000)}
_SETTINGS_BESIDE = """
PRAGMA {name}.page_size = {page}; PRAGMA {name}.cache_size = -{cache}; PRAGMA {name}.journal_mode = OFF;
PRAGMA {name}.synchronous = OFF;
"""
#: Bytes of tables worth a second process, which takes half a second to begin.
_MUCH = 32 << 20


@dataclass(frozen=True, slots=True)
class Baked:
    """What came out: the identity of the content, and how many records of each noun."""

    content_hash: str
    records: dict[str, int]


def bake(
    tables: Sequence[PublishedTable],
    folder: Path,
    *,
    city: dict[str, Any],
    pictures: Pictures | None = None,
    withdrawn: frozenset[str] = frozenset(),
) -> Baked:
    """Write the content of a release into an empty folder.

    A pure function of the rows, the city and the locked versions of our libraries: the same rows give the
    same bytes. Raises BakeFault when a row differs from what was declared, or names what is not published.
    """
    _check(tables)
    plans = [plan_of(table) for table in tables]
    folder.mkdir(parents=True, exist_ok=True)
    work = folder / "work"
    work.mkdir()
    db = sqlite3.connect(folder / schema.FILE, isolation_level=None, check_same_thread=False)
    try:
        db.executescript(_SETTINGS)
        for name, (page, cache) in _BESIDE.items():
            db.execute(f"ATTACH ? AS {name}", (str(work / f"{name}.sqlite"),))
            db.executescript(_SETTINGS_BESIDE.format(name=name, page=page, cache=cache))
        with _no_search_for_cycles():
            _first_pass(db, plans, withdrawn)
            with aside(much=_size(db) > _MUCH) as begin:
                baked = _second_pass(db, plans, folder, city, pictures, begin)
        for name in _BESIDE:
            db.execute(f"DETACH {name}")
        db.execute("ANALYZE")
    finally:
        db.close()
        shutil.rmtree(work, ignore_errors=True)
    return baked


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Rows by the million hold no reference to themselves: looking for some takes a tenth of the time."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


def _check(tables: Sequence[PublishedTable]) -> None:
    names = [table.name for table in tables]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BakeFault(f"tables declared twice: {', '.join(twice)}")
    if "subjects" not in names:
        raise BakeFault("the table of records (subjects) is missing")
    if secret := [table.name for table in tables if table.audience != Audience.PUBLIC]:
        raise BakeFault(f"tables not meant for the public: {', '.join(secret)}")


def _first_pass(db: sqlite3.Connection, plans: Sequence[Plan], withdrawn: frozenset[str]) -> None:
    """The tables as they were declared, checked; from here on they only are read."""
    db.execute("BEGIN")
    run_script(db, schema.TABLES)
    for plan in plans:
        write_table(db, plan, withdrawn)
    db.execute('CREATE INDEX "subjects by key" ON subjects (key)')
    check_links(db, plans)
    db.execute("COMMIT")


def _second_pass(
    db: sqlite3.Connection,
    plans: Sequence[Plan],
    folder: Path,
    city: dict[str, Any],
    pictures: Pictures | None,
    begin: Begin,
) -> Baked:
    """Records drawn from the tables, beside which the tables become files; then all that is made of both."""
    second = SecondPass(db, plans, city)
    tables = folder / "tables"
    tables.mkdir()
    exports = begin(export_tables, folder / schema.FILE, sheets_of(plans), tables, city)
    second.draft()
    content_hash = exports.result()
    db.execute("BEGIN")
    told = dictionary(db, plans)
    _put(db, city=city, dictionary=told, content_hash=content_hash)
    words = second.write(begin, folder / "work")
    write_counts(db, second.sizes, second.borne)
    for plan in plans:
        for column in (plan.owner, *plan.refs):
            if column and plan.name != "subjects":
                db.execute(f'CREATE INDEX "{plan.name} by {column}" ON "{plan.name}" ("{column}")')
    export_maps(db, folder, plans)
    second.take(words)
    _draw(db, folder, pictures)
    if pictures and pictures.standards:
        pictures.standards(db, told, city, folder)
    db.execute("COMMIT")
    (folder / "dictionary.json").write_bytes(_explained(city, told))
    return Baked(content_hash, second.sizes)


def _size(db: sqlite3.Connection) -> int:
    """Bytes of the file as it stands."""
    return int(db.execute("PRAGMA page_count").fetchone()[0] * db.execute("PRAGMA page_size").fetchone()[0])


def _put(db: sqlite3.Connection, **values: Any) -> None:
    rows = [(name, orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()) for name, value in sorted(values.items())]
    db.executemany("INSERT INTO meta VALUES (?, ?)", rows)


def _draw(db: sqlite3.Connection, folder: Path, pictures: Pictures | None) -> None:
    if pictures is None:
        return
    for name, body in sorted(pictures.maps().items()):
        (folder / "map" / name).write_bytes(body)
    rows = sorted(
        (name, language, svg, orjson.dumps(meta, option=orjson.OPT_SORT_KEYS).decode())
        for name, language, svg, meta in pictures.draw(folder)
    )
    db.executemany("INSERT INTO drawing VALUES (?, ?, ?, ?)", rows)


def _explained(city: dict[str, Any], told: list[dict[str, Any]]) -> bytes:
    """The data dictionary as a file of its own, with the licence."""
    whole = {"city": city.get("name"), "licence": city.get("licence"), "tables": told}
    return orjson.dumps(whole, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2) + b"\n"
