"""The files of standards, made from the tables of the release being made."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from parvis.exchange.outbound.files import write_files
from parvis.exchange.outbound.published import Published
from parvis.publication.reader.rows import Shape

#: From the tables as they stand, their dictionary and the city: files, written into the content of a release.
Standards = Callable[[sqlite3.Connection, list[dict[str, Any]], dict[str, Any], Path], None]


def standards_of(origin: str, moment: datetime) -> Standards:
    """Files whose addresses are those of the public site, as of the moment of the release."""

    def write(db: sqlite3.Connection, dictionary: list[dict[str, Any]], city: dict[str, Any], content: Path) -> None:
        write_files(published(db, dictionary, city, origin, moment), content)

    return write


def published(
    db: sqlite3.Connection, dictionary: list[dict[str, Any]], city: dict[str, Any], origin: str, moment: datetime
) -> Published:
    """The tables of a release, as those who make files read them."""
    columns = {table["name"]: [(one["name"], one["type"]) for one in table["columns"]] for table in dictionary}

    def each(table: str) -> Iterator[dict[str, Any]]:
        shape = Shape(columns[table])
        numbers = [name for name, kind in columns[table] if kind.startswith("decimal")]
        names = ", ".join(f'"{name}"' for name in shape.on_disk)
        for values in db.execute(f'SELECT {names} FROM "{table}" ORDER BY rowid'):
            row = shape.row(values)
            for name in numbers:
                row[name] = None if row[name] is None else Decimal(row[name])
            yield row

    return Published(dictionary, each, city, origin, moment.isoformat(timespec="seconds"))
