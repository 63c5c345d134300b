"""What the release in force shows, asked by those who must make something public in time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date

from parvis.publication.reader.schema import FILE

from .archive import Archive
from .errors import NoSuchRelease


def shown_since(archive: Archive, keys: Iterable[str]) -> tuple[date | None, frozenset[str]]:
    """The day of the release in force, and those of these records that it shows; nothing where there is none."""
    number = archive.in_force
    if number is None:
        return None, frozenset()
    try:
        day = date.fromisoformat(archive.told(number)["day"])
        held = _held(archive, number, frozenset(keys))
    except (NoSuchRelease, KeyError, ValueError, sqlite3.Error):
        return None, frozenset()
    return day, held - archive.withdrawn


def _held(archive: Archive, number: int, keys: frozenset[str]) -> frozenset[str]:
    file = archive.content(number) / FILE
    db = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        return frozenset(key for key in keys if db.execute("SELECT 1 FROM record WHERE key = ?", (key,)).fetchone())
    finally:
        db.close()
