"""Taking a withdrawn record out of what other records say of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

_ROWS = ("citations", "statements", "ties", "links", "sides")


def changes_but(path: Path, keys: frozenset[str]) -> tuple[dict[str, list[dict[str, Any]]], bool]:
    """What differs from the parent, but for the keys; and whether the file tells of one of them."""
    try:
        told = orjson.loads(path.read_bytes())
    except (OSError, ValueError):
        told = {}
    kinds = ("added", "changed", "removed")
    kept = {kind: [row for row in told.get(kind, ()) if row["key"] not in keys] for kind in kinds}
    return kept, any(len(kept[kind]) != len(told.get(kind, ())) for kind in kinds)


def mentions(row: Mapping[str, Any], keys: frozenset[str]) -> bool:
    """Whether a row names one of the keys, as a value or within a list."""
    return any(_names(value, keys) for value in row.values())


def _names(value: object, keys: frozenset[str]) -> bool:
    if isinstance(value, str):
        return value in keys
    return isinstance(value, list) and any(_names(item, keys) for item in value)


def _without(value: Any, keys: frozenset[str]) -> Any:
    if isinstance(value, list):
        return [item for item in value if not _names(item, keys)]
    return None if _names(value, keys) else value


def scrubbed(doc: dict[str, Any], keys: frozenset[str]) -> dict[str, Any]:
    """The record as if the withdrawn ones had never been: no row, no link, no fact that names them."""
    clean = dict(doc)
    clean["facts"] = {name: _without(value, keys) for name, value in doc.get("facts", {}).items()}
    clean["rows"] = {
        table: [row for row in rows if not mentions(row, keys)] for table, rows in doc.get("rows", {}).items()
    }
    for part in _ROWS:
        if part in doc:
            clean[part] = [row for row in doc[part] if not mentions(row, keys)]
    if "conflicts" in doc:
        clean["conflicts"] = [key for key in doc["conflicts"] if key not in keys]
    return clean
