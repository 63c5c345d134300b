"""The files of a release, whole: as they lie, and what is packed within them."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from pathlib import Path

from pyarrow import parquet


def readable(path: Path) -> bytes:
    """A file as it lies, and what is packed within it."""
    raw = path.read_bytes()
    if path.suffix == ".zip":
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            raw += b"".join(packed.read(name) + name.encode() for name in packed.namelist())
    if path.suffix == ".parquet":
        raw += repr(parquet.read_table(path).to_pylist()).encode() + repr(parquet.read_metadata(path).metadata).encode()
    if path.suffix == ".sqlite":
        db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        db.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', 'record_fts', 'row')")
        raw += repr(db.execute("SELECT term FROM temp.words").fetchall()).encode()
        db.close()
    return raw
