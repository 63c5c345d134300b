"""What becomes public, what changes and what disappears between two releases."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from parvis.publication.reader.schema import FILE, LANGUAGES

Told = dict[str, Any]
_TITLES = ", ".join(f"title_{language}" for language in LANGUAGES)


@dataclass(frozen=True, slots=True)
class Changes:
    """Records, each with key, noun and titles. What disappears is said first."""

    removed: tuple[Told, ...] = ()
    changed: tuple[Told, ...] = ()
    added: tuple[Told, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.removed or self.changed or self.added)

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """How many of each noun, without a name."""
        return {
            kind: dict(sorted(Counter(record["noun"] for record in records).items()))
            for kind, records in self.all.items()
        }

    def but(self, keys: frozenset[str]) -> Changes:
        """The same without a word on these records."""
        kept = {kind: tuple(one for one in told if one["key"] not in keys) for kind, told in self.all.items()}
        return Changes(**kept)

    @property
    def all(self) -> dict[str, tuple[Told, ...]]:
        return {"removed": self.removed, "changed": self.changed, "added": self.added}


def compare(before: Path | None, after: Path) -> Changes:
    """What differs between the content of two releases. Without a first one, all is new."""
    db = sqlite3.connect(":memory:", uri=True, isolation_level=None)
    try:
        _attach(db, "after", after)
        if before is None:
            return Changes(added=_told(db, "after", f"SELECT key, noun, {_TITLES} FROM after.record ORDER BY id"))
        _attach(db, "before", before)
        return Changes(
            removed=_absent(db, "before", "after"),
            changed=_differing(db),
            added=_absent(db, "after", "before"),
        )
    finally:
        db.close()


def _attach(db: sqlite3.Connection, name: str, content: Path) -> None:
    address = f"{(content / FILE).resolve().as_uri()}?mode=ro&immutable=1"
    db.execute(f"ATTACH ? AS {name}", (address,))


def _absent(db: sqlite3.Connection, here: str, there: str) -> tuple[Told, ...]:
    return _told(
        db,
        here,
        f"SELECT key, noun, {_TITLES} FROM {here}.record AS h"
        f" WHERE NOT EXISTS (SELECT 1 FROM {there}.record AS t WHERE t.key = h.key) ORDER BY id",
    )


def _differing(db: sqlite3.Connection) -> tuple[Told, ...]:
    titles = ", ".join(f"h.title_{language}" for language in LANGUAGES)
    return _told(
        db,
        "after",
        f"SELECT h.key, h.noun, {titles} FROM after.record AS h JOIN before.record AS t ON t.key = h.key"
        " WHERE t.digest <> h.digest ORDER BY h.id",
    )


def _told(db: sqlite3.Connection, where: str, sql: str) -> tuple[Told, ...]:
    del where
    return tuple(
        {
            "key": key,
            "noun": noun,
            "title": {language: text for language, text in zip(LANGUAGES, titles, strict=True) if text},
        }
        for key, noun, *titles in db.execute(sql)
    )


def differences(before: Path, after: Path, key: str) -> list[tuple[str, Any, Any]]:
    """Where two versions of a record differ: the path of each value, what it was, what it is."""
    then, now = _document(before, key), _document(after, key)
    flat_then, flat_now = dict(_leaves(then)), dict(_leaves(now))
    paths = dict.fromkeys([*flat_then, *flat_now])
    return [
        (path, flat_then.get(path), flat_now.get(path)) for path in paths if flat_then.get(path) != flat_now.get(path)
    ]


def _document(content: Path, key: str) -> dict[str, Any]:
    """What the record says of itself; its ties are others' to say."""
    db = sqlite3.connect(f"{(content / FILE).resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        found = db.execute("SELECT body FROM doc WHERE id = (SELECT doc FROM record WHERE key = ?)", (key,)).fetchone()
    finally:
        db.close()
    return orjson.loads(found[0]) if found else {}


def _leaves(value: Any, path: str = "") -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        return [leaf for name, below in value.items() for leaf in _leaves(below, f"{path}.{name}" if path else name)]
    if isinstance(value, list) and any(isinstance(item, (dict, list)) for item in value):
        return [leaf for place, below in enumerate(value, 1) for leaf in _leaves(below, f"{path}[{place}]")]
    return [(path, value)]
