"""The published tables an earlier release was made from, as its files hold them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from parvis.foundation.publishing import Audience, Column, PublishedTable
from parvis.publication.reader.rows import Shape
from parvis.publication.reader.schema import FILE

from .covering import NOTHING, Covering
from .tables import plan_of


def tables_of(content: Path, covering: Covering = NOTHING) -> tuple[dict[str, Any], list[PublishedTable]]:
    """The city and the published tables a release was made from."""
    with _opened(content) as db:
        meta = dict(db.execute("SELECT name, value FROM meta WHERE name IN ('city', 'dictionary')"))
    return orjson.loads(meta["city"]), [_table(content, told, covering) for told in orjson.loads(meta["dictionary"])]


def can_be_read(content: Path) -> bool:
    """Whether there are tables to be read; a release without is served to nobody."""
    try:
        with _opened(content) as db:
            return db.execute("SELECT 1 FROM meta WHERE name = 'dictionary'").fetchone() is not None
    except sqlite3.Error:
        return False


def _table(content: Path, told: dict[str, Any], covering: Covering) -> PublishedTable:
    columns = tuple(Column(column["name"], column["type"], column["meaning"]) for column in told["columns"])
    shape = Shape([(column.name, column.type) for column in columns])

    def rows() -> Iterator[dict[str, Any]]:
        names = ", ".join(f'"{name}"' for name in shape.on_disk)
        with _opened(content) as db:
            found = db.execute(f'SELECT {names} FROM "{told["name"]}" ORDER BY rowid')
            yield from map(shape.row, covering.rows(whose, found))

    table = PublishedTable(
        name=told["name"],
        title=told["title"],
        grain=told["grain"],
        audience=Audience.PUBLIC,
        columns=columns,
        rows=rows,
        noun=told["noun"],
    )
    owner = plan_of(table).owner
    whose = shape.on_disk.index(owner) if owner else None
    return table


class _opened:  # noqa: N801  # reads as a phrase
    """A release's file, closed afterwards."""

    def __init__(self, content: Path) -> None:
        address = f"{(content / FILE).resolve().as_uri()}?mode=ro&immutable=1"
        self._db = sqlite3.connect(address, uri=True)

    def __enter__(self) -> sqlite3.Connection:
        return self._db

    def __exit__(self, *_fault: object) -> None:
        self._db.close()
