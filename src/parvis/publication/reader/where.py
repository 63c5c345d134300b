"""Where records stand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

_AT_ONCE = 500


def points_of(db: sqlite3.Connection, keys: Sequence[str]) -> Iterator[tuple[str, tuple[float, float]]]:
    """Of some records, those that have a point: longitude, then latitude."""
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        marks = ",".join("?" * len(some))
        found = db.execute(f"SELECT key, lon, lat FROM record WHERE lat IS NOT NULL AND key IN ({marks})", some)
        yield from ((key, (lon, lat)) for key, lon, lat in found if lon is not None)
