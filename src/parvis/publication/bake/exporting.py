"""The same tables as files anyone can open: CSV, Parquet, GeoJSON, and the dictionary that explains them."""

from __future__ import annotations

import csv
import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
from pyarrow import parquet

from parvis.foundation.publishing import columns_on_disk
from parvis.foundation.values.cell import FORMULA, as_cell

from .tables import Plan

_AT_ONCE = 5000
_IN_A_GROUP = 20_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as its files hold it: the names and types of its columns, words spread over one a language."""

    name: str
    names: list[str]
    kinds: list[str]


def sheets_of(plans: Sequence[Plan]) -> list[Sheet]:
    named = [(plan.name, columns_on_disk(plan.table)) for plan in sorted(plans, key=lambda plan: plan.name)]
    return [Sheet(table, [name for name, _ in columns], [one.type for _, one in columns]) for table, columns in named]


def export_tables(file: Path, sheets: Sequence[Sheet], folder: Path, city: dict[str, Any]) -> str:
    """Write each table as CSV and Parquet. Returns the hash of all rows, which knows nothing of file formats."""
    whole = hashlib.sha256(orjson.dumps(city, option=orjson.OPT_SORT_KEYS))
    with closing(sqlite3.connect(file)) as db:
        for sheet in sheets:
            whole.update(_export(db, sheet, folder).encode())
    return whole.hexdigest()


def _export(db: sqlite3.Connection, sheet: Sheet, folder: Path) -> str:
    """Write one table. Returns the hash of its name, columns and rows."""
    names, kinds = sheet.names, sheet.kinds
    seen = hashlib.sha256(orjson.dumps([sheet.name, names, kinds]))
    columns = ", ".join(f'"{name}"' for name in names)
    rows = db.execute(f'SELECT {columns} FROM "{sheet.name}" ORDER BY rowid')
    shape = pa.schema([pa.field(name, _arrow_type(kind)) for name, kind in zip(names, kinds, strict=True)])
    with (
        (folder / f"{sheet.name}.csv").open("w", encoding="utf-8", newline="") as text,
        parquet.ParquetWriter(folder / f"{sheet.name}.parquet", shape, compression="zstd") as packed,
    ):
        written = csv.writer(text)
        written.writerow(names)
        waiting: list[tuple[Any, ...]] = []
        while batch := rows.fetchmany(_AT_ONCE):
            seen.update(orjson.dumps(batch)[1:-1] + b"\n")
            written.writerows(zip(*_spelt(batch, kinds), strict=True))
            waiting += batch
            if len(waiting) >= _IN_A_GROUP:
                packed.write_table(_arrow(waiting, shape, kinds))
                waiting = []
        if waiting:
            packed.write_table(_arrow(waiting, shape, kinds))
    return seen.hexdigest()


def _spelt(batch: list[tuple[Any, ...]], kinds: Sequence[str]) -> Iterator[Sequence[Any]]:
    """Columns as people read them: yes and no are said, not numbered, and no text is taken for a formula."""
    for values, kind in zip(zip(*batch, strict=True), kinds, strict=True):
        if kind == "bool":
            yield [_SAID[value] for value in values]
        elif kind == "int":
            yield values
        else:  # the first sign tells whether a text must be looked at
            yield [as_cell(value) if value and value[0] in FORMULA else value for value in values]


_SAID = {0: "false", 1: "true", None: None}


def _arrow_type(kind: str) -> pa.DataType:
    if kind.startswith("decimal"):
        precision, scale = kind[8:-1].split(",")
        return pa.decimal128(int(precision), int(scale))
    return {
        "int": pa.int64(),
        "bool": pa.bool_(),
        "day": pa.date32(),
        "list": pa.list_(pa.string()),
    }.get(kind, pa.string())


def _arrow(rows: list[tuple[Any, ...]], shape: pa.Schema, kinds: Sequence[str]) -> pa.Table:
    columns = zip(*rows, strict=True)
    arrays = [
        pa.array(_meant(values, kind), type=field.type)
        for values, kind, field in zip(columns, kinds, shape, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=shape)


def _meant(values: tuple[Any, ...], kind: str) -> Sequence[Any]:
    """Values with the type they mean."""
    meaning: Any = {"bool": bool, "day": date.fromisoformat, "list": orjson.loads}.get(kind)
    if kind.startswith("decimal"):
        meaning = Decimal
    if meaning is None:
        return values
    return [None if value is None else meaning(value) for value in values]


def export_maps(db: sqlite3.Connection, folder: Path, plans: Sequence[Plan]) -> None:
    """Write, for each noun with points, the records that have one as GeoJSON."""
    maps = folder / "map"
    maps.mkdir()
    mains = {plan.table.noun: plan.name for plan in plans if plan.table.noun}
    nouns = db.execute("SELECT DISTINCT noun FROM record WHERE lat IS NOT NULL ORDER BY noun").fetchall()
    for (noun,) in nouns:
        _export_map(db, noun, maps / f"{mains.get(noun, noun)}.geojson")


def _export_map(db: sqlite3.Connection, noun: str, path: Path) -> None:
    rows = db.execute(
        "SELECT key, kind, state, country, from_day, to_day, title_fr, title_en, title_es, title_pt, lon, lat"
        " FROM record WHERE noun = ? AND lat IS NOT NULL AND lon IS NOT NULL ORDER BY id",
        (noun,),
    )
    names = (
        "key",
        "kind",
        "state",
        "country",
        "from_day",
        "to_day",
        "title_fr",
        "title_en",
        "title_es",
        "title_pt",
    )
    with path.open("wb") as out:
        out.write(b'{"type":"FeatureCollection","features":[')
        for number, row in enumerate(rows):
            told = {name: value for name, value in zip(names, row[:10], strict=True) if value is not None}
            point = {"type": "Point", "coordinates": [row[10], row[11]]}
            feature = {"type": "Feature", "id": row[0], "properties": told, "geometry": point}
            out.write((b"," if number else b"") + b"\n" + orjson.dumps(feature))
        out.write(b"\n]}\n")


def dictionary(db: sqlite3.Connection, plans: Sequence[Plan]) -> list[dict[str, Any]]:
    """Each table with its grain, and each column with its type and meaning."""
    return [
        {
            "name": plan.name,
            "title": dict(plan.table.title),
            "grain": dict(plan.table.grain),
            "noun": plan.table.noun,
            "owner": plan.owner,
            "rows": db.execute(f'SELECT count(*) FROM "{plan.name}"').fetchone()[0],
            "columns": [
                {"name": column.name, "type": column.type, "meaning": dict(column.meaning)}
                for column in plan.table.columns
            ],
        }
        for plan in plans
    ]
