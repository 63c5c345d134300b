"""From rows to a release in force: bake, compare, refuse or put in place."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from parvis.foundation.publishing import PublishedTable
from parvis.publication.reader.schema import FORMAT
from parvis.publication.releases.archive import Archive, room_on_disk, told_of
from parvis.publication.releases.comparing import Changes, compare
from parvis.publication.releases.errors import NothingChanged, RemovalsNotConfirmed

from .baking import Baked, Pictures, bake


@dataclass(frozen=True, slots=True)
class Offered:
    """A release made and not yet in force: where it stands and what it would change."""

    folder: Path
    baked: Baked
    changes: Changes
    parent: int | None


@contextmanager
def offered(
    archive: Archive,
    tables: Sequence[PublishedTable],
    *,
    city: dict[str, Any],
    pictures: Pictures | None = None,
) -> Iterator[Offered]:
    """Make a release aside and say what it would change. Whatever happens, nothing of it stays behind."""
    with archive.alone(), room_on_disk():
        folder = archive.making()
        try:
            withdrawn = archive.withdrawn
            baked = bake(tables, folder / "content", city=city, pictures=pictures, withdrawn=withdrawn)
            parent = archive.in_force
            before = archive.content(parent) if parent else None
            changes = compare(before, folder / "content").but(withdrawn)  # what was withdrawn disappeared then
            yield Offered(folder, baked, changes, parent)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def make_ready(archive: Archive, made: Offered, *, removals: int) -> None:
    """Refuse a release that changes nothing, or takes away more or less than the person was told."""
    told = archive.told(made.parent) if made.parent else {}
    if told.get("content_hash") == made.baked.content_hash and told["format"] == FORMAT:
        raise NothingChanged(number=made.parent)
    if len(made.changes.removed) != removals:
        raise RemovalsNotConfirmed(number=len(made.changes.removed))


def release(
    archive: Archive,
    tables: Sequence[PublishedTable],
    *,
    city: dict[str, Any],
    moment: datetime,
    removals: int = 0,
    pictures: Pictures | None = None,
) -> int:
    """Make a release of these tables and put it in force. Returns its number."""
    with offered(archive, tables, city=city, pictures=pictures) as made:
        make_ready(archive, made, removals=removals)
        told = told_of(made.baked.content_hash, made.baked.records, city, moment)
        return archive.put_in_place(made.folder, told, made.changes)
