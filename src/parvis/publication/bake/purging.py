"""Taking withdrawn records out of the files of releases made before.

A release holds every published table it was made from: it is baked again from them, less what was withdrawn.
It keeps its number and its moment, and says that it was purged; it does not say of what.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from parvis.foundation.publishing import Audience, Column, PublishedTable
from parvis.publication.reader.rows import Shape
from parvis.publication.reader.schema import FILE
from parvis.publication.releases.archive import Archive, check, room_on_disk
from parvis.publication.releases.withdrawals import releases_with

from .baking import Pictures, bake

#: From the city and what is told of a release, its pictures.
Redrawn = Callable[[dict[str, Any], dict[str, Any]], Pictures]
_SEALED = ("files", "format")


def purge(archive: Archive, *, redrawn: Redrawn | None, at: datetime) -> list[int]:
    """Purge every release that holds a withdrawn record; the archive must be held. Returns their numbers."""
    withdrawn = archive.withdrawn
    numbers = releases_with(archive, withdrawn)
    for number in numbers:
        with room_on_disk():
            _purge(archive, number, withdrawn, redrawn, at)
    return numbers


def _purge(archive: Archive, number: int, withdrawn: frozenset[str], redrawn: Redrawn | None, at: datetime) -> None:
    content, told = archive.content(number), archive.told(number)
    made = archive.making()
    try:
        city, tables = tables_of(content)
        pictures = redrawn(city, told) if redrawn else None
        baked = bake(tables, made / "content", city=city, pictures=pictures, withdrawn=withdrawn)
        (made / "changes.json").write_bytes(_without(content.parent / "changes.json", withdrawn))
        kept = {name: value for name, value in told.items() if name not in _SEALED}
        history = [*told.get("purged", ()), at.isoformat(timespec="seconds")]
        purged = {"content_hash": baked.content_hash, "records": baked.records, "purged": history}
        archive.seal(made, kept | purged, None)
        check(made)
        archive.replace(number, made)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def tables_of(content: Path) -> tuple[dict[str, Any], list[PublishedTable]]:
    """The city and the published tables a release was made from."""
    with _opened(content) as db:
        meta = dict(db.execute("SELECT name, value FROM meta WHERE name IN ('city', 'dictionary')"))
    return orjson.loads(meta["city"]), [_table(content, told) for told in orjson.loads(meta["dictionary"])]


def _table(content: Path, told: dict[str, Any]) -> PublishedTable:
    columns = tuple(Column(column["name"], column["type"], column["meaning"]) for column in told["columns"])
    shape = Shape([(column.name, column.type) for column in columns])

    def rows() -> Iterator[dict[str, Any]]:
        names = ", ".join(f'"{name}"' for name in shape.on_disk)
        with _opened(content) as db:
            found = db.execute(f'SELECT {names} FROM "{told["name"]}" ORDER BY rowid')
            yield from map(shape.row, found)

    return PublishedTable(
        name=told["name"],
        title=told["title"],
        grain=told["grain"],
        audience=Audience.PUBLIC,
        columns=columns,
        rows=rows,
        noun=told["noun"],
    )


class _opened:  # noqa: N801  # reads as a phrase
    """A release's file, closed afterwards."""

    def __init__(self, content: Path) -> None:
        address = f"{(content / FILE).resolve().as_uri()}?mode=ro&immutable=1"
        self._db = sqlite3.connect(address, uri=True)

    def __enter__(self) -> sqlite3.Connection:
        return self._db

    def __exit__(self, *_fault: object) -> None:
        self._db.close()


def _without(path: Path, withdrawn: frozenset[str]) -> bytes:
    """What changed with that release, without a word on the withdrawn ones."""
    told = orjson.loads(path.read_bytes())
    return orjson.dumps(
        {kind: [record for record in records if record["key"] not in withdrawn] for kind, records in told.items()}
    )
