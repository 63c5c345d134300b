"""Taking withdrawn records, and names of persons, out of the files of releases made before.

A release holds every published table it was made from: it is baked again from them, less what was withdrawn.
It keeps its number and its moment, and says that it was purged; it does not say of what.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from parvis.publication.releases.archive import Archive, check, room_on_disk
from parvis.publication.releases.withdrawals import HiddenText, hidden_texts, releases_with

from .baking import Pictures, bake
from .covering import Covering, releases_to_cover, titles_in_changes
from .earlier import can_be_read, tables_of

#: From the city and what is told of a release, its pictures.
Redrawn = Callable[[dict[str, Any], dict[str, Any]], Pictures]
_SEALED = ("files", "format")


#: Told of each release to come: its number, its place, of how many.
TellRelease = Callable[[int, int, int], None]


def purge(
    archive: Archive, *, redrawn: Redrawn | None, at: datetime, tell: TellRelease = lambda *_told: None
) -> list[int]:
    """Purge every release that holds a withdrawn record or text; the archive must be held. Returns their numbers."""
    numbers = to_purge(archive)
    for place, number in enumerate(numbers, 1):
        tell(number, place, len(numbers))
        with room_on_disk():
            while not _purge(archive, number, redrawn, at):
                pass  # a text of it was hidden meanwhile
    return numbers


def to_purge(archive: Archive) -> list[int]:
    """Releases that still hold something withdrawn, in their tables or in the list of what changed with them."""
    withdrawn = archive.withdrawn
    telling = (n for n in archive.numbers if any(key in withdrawn for key, _title in titles_in_changes(archive, n)))
    to_cover = releases_to_cover(archive, hidden_texts(archive))
    found = {*releases_with(archive, withdrawn), *(telling if withdrawn else ()), *to_cover}
    return sorted(number for number in found if can_be_read(archive.content(number)))


def _purge(archive: Archive, number: int, redrawn: Redrawn | None, at: datetime) -> bool:
    """Whether it was made again. Not where one of its texts was hidden since: that text is met as it stands here."""
    withdrawn, texts = archive.withdrawn, hidden_texts(archive)
    covering = Covering.of(texts)
    content, told = archive.content(number), archive.told(number)
    made = archive.making()
    try:
        city, tables = tables_of(content, covering)
        pictures = redrawn(city, told) if redrawn else None
        baked = bake(tables, made / "content", city=city, pictures=pictures, withdrawn=withdrawn)
        (made / "changes.json").write_bytes(covering.changes(_without(content.parent / "changes.json", withdrawn)))
        kept = {name: value for name, value in told.items() if name not in _SEALED}
        history = [*told.get("purged", ()), at.isoformat(timespec="seconds")]
        purged = {"content_hash": baked.content_hash, "records": baked.records, "purged": history}
        if done := _marks(texts, number):
            purged["texts_hidden"] = done
        archive.seal(made, kept | purged, None)
        check(made)
        with archive.withdrawing():
            if _marks(hidden_texts(archive), number) != done:
                return False
            archive.replace(number, made)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return True


def _marks(texts: Sequence[HiddenText], number: int) -> list[str]:
    return [text.mark for text in texts if text.release == number]


def _without(path: Path, withdrawn: frozenset[str]) -> bytes:
    """What changed with that release, without a word on the withdrawn ones."""
    told = orjson.loads(path.read_bytes())
    return orjson.dumps(
        {kind: [record for record in records if record["key"] not in withdrawn] for kind, records in told.items()}
    )
