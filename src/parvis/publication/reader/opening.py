"""Opening the file of a release: one that never changes, and that is whole and of this version."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from . import schema


def connected(file: Path) -> sqlite3.Connection:
    """A connection that only reads."""
    address = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
    db = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False, cached_statements=256)
    db.execute("PRAGMA query_only = 1")
    db.execute("PRAGMA cache_size = -4000")
    db.execute("SELECT 1 FROM record_fts LIMIT 0")  # wakes the index before any search is timed
    return db


def check_file(file: Path, db: sqlite3.Connection, info: Mapping[str, Any]) -> None:
    """Cheap signs of a file cut short or of another kind; the hashes were checked when it was put in place."""
    sizes = {told["path"]: told["bytes"] for told in info["files"]}
    if file.stat().st_size != sizes[f"content/{schema.FILE}"]:
        raise ValueError(f"{schema.FILE} is not as long as it was when it was published")
    if db.execute("PRAGMA application_id").fetchone()[0] != schema.APPLICATION_ID:
        raise ValueError(f"{schema.FILE} is not the file of a release")
    if db.execute("PRAGMA user_version").fetchone()[0] != schema.FORMAT:
        raise ValueError(f"{schema.FILE} is of another format; this version reads format {schema.FORMAT}")
