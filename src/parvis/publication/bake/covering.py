"""Texts of earlier releases, read with something else in the place of the names of persons.

What is written down of a text is a keyed digest and where the names stand in it: never the text, never the name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.utils.crypto import salted_hmac

from parvis.foundation.values.naming import visible
from parvis.publication.releases.archive import Archive
from parvis.publication.releases.errors import NoSuchRelease
from parvis.publication.releases.withdrawals import HiddenText

#: What stands in the place of a name.
IN_ITS_PLACE = "[…]"


def digest_of(key: str, text: str) -> str:
    """What tells a text of a record again."""
    return salted_hmac("parvis.publication.hidden", f"{key}\n{text}", algorithm="sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Covering:
    """Texts as they are to be read, by record and digest: with something else in the place of the names."""

    places: Mapping[tuple[str, str], Sequence[tuple[int, int]]]

    @classmethod
    def of(cls, texts: Iterable[HiddenText]) -> Covering:
        places: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for text in texts:
            places.setdefault((text.key, text.digest), []).extend((start, end) for start, end in text.places)
        return cls({text: _joined(found) for text, found in places.items()})

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(key for key, _digest in self.places)

    def text(self, key: str, said: str) -> str:
        """One text of a record."""
        places = self.places.get((key, digest_of(key, said)))
        if not places:
            return said
        covered = visible(said)
        for start, end in reversed(places):
            covered = covered[:start] + IN_ITS_PLACE + covered[end:]
        return covered

    def rows(self, owner: int | None, rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        """Rows of a table as they are on disk. ``owner``: the place of whose row it is."""
        keys = self.keys
        for row in rows:
            key = (row[owner] or "") if owner is not None else ""
            yield [self.text(key, one) if isinstance(one, str) else one for one in row] if key in keys else row

    def changes(self, told: bytes) -> bytes:
        """The list of what changed with a release, whose titles are those of records."""
        keys = self.keys

        def covered(record: dict[str, Any]) -> dict[str, Any]:
            if record["key"] not in keys:
                return record
            titles = {language: self.text(record["key"], said) for language, said in record["title"].items()}
            return {**record, "title": titles}

        return orjson.dumps({kind: [covered(one) for one in records] for kind, records in orjson.loads(told).items()})


def _joined(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places in their order, those that overlap made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


NOTHING = Covering({})


def releases_to_cover(archive: Archive, texts: Iterable[HiddenText]) -> set[int]:
    """Releases that still say one of these texts."""
    done: dict[int, frozenset[str]] = {}
    waiting = set()
    for text in texts:
        if text.release not in done:
            done[text.release] = frozenset(done_in(archive, text.release))
        if text.mark not in done[text.release]:
            waiting.add(text.release)
    return waiting & set(archive.numbers)


def titles_in_changes(archive: Archive, number: int) -> Iterator[tuple[str, str]]:
    """Titles in the list of what changed with a release, each after the key of its record."""
    try:
        told = orjson.loads((archive.content(number).parent / "changes.json").read_bytes())
        yield from (
            (one["key"], said) for records in told.values() for one in records for said in one["title"].values()
        )
    except (OSError, ValueError, KeyError):
        return


def done_in(archive: Archive, number: int) -> list[str]:
    """Marks of the texts already taken out of a release."""
    try:
        done: list[str] = archive.told(number).get("texts_hidden", [])
    except NoSuchRelease:
        return []
    return done
