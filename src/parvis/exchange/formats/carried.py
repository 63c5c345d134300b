"""Tables and files carried out of the house, chunk by chunk: CSV, and a ZIP that is never whole anywhere.

No text is taken for a formula, whatever sign it begins with.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from parvis.foundation.values.cell import FORMULA

Row = Sequence[Any]
_CHUNK = 1 << 16
_ODD = re.compile(r"[^A-Za-z0-9._-]+")


def csv_chunks(rows: Iterable[Row]) -> Iterator[bytes]:
    """A table as CSV that a spreadsheet opens: UTF-8 with its mark, one chunk for every few rows."""
    held = io.StringIO()
    writer = csv.writer(held, delimiter=";")
    held.write("\ufeff")
    for row in rows:
        writer.writerow([_told(cell) for cell in row])
        if held.tell() > _CHUNK:
            yield _taken(held)
    yield _taken(held)


def _taken(held: io.StringIO) -> bytes:
    text = held.getvalue()
    held.seek(0)
    held.truncate()
    return text.encode()


def _told(cell: Any) -> str:
    """A cell as text. A number keeps its sign; text that a spreadsheet would run has an apostrophe before it."""
    if cell is None:
        return ""
    if isinstance(cell, (date, datetime)):
        return cell.isoformat()
    if isinstance(cell, (int, Decimal)):
        return str(cell)
    text = str(cell)
    return f"'{text}" if text[:1] and text[0] in FORMULA else text


class _Sink(io.RawIOBase):
    """Takes what is written and gives it away; it remembers nothing else."""

    def __init__(self) -> None:
        self.held: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, part: Any) -> int:
        self.held.append(bytes(part))
        return len(part)

    def taken(self) -> bytes:
        whole, self.held = b"".join(self.held), []
        return whole


def zip_chunks(
    files: Iterable[tuple[str, Iterable[bytes], bool]], moment: datetime, *, large: bool = True
) -> Iterator[bytes]:
    """Files as one ZIP: name, content in chunks, and whether it is worth pressing together.

    ``large`` is false where readers know nothing of files over 2 GB; one that is larger is then refused.
    """
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", allowZip64=True) as held:
        for name, chunks, pressed in files:
            told = zipfile.ZipInfo(name, date_time=moment.timetuple()[:6])
            told.compress_type = zipfile.ZIP_DEFLATED if pressed else zipfile.ZIP_STORED
            told.external_attr = 0o600 << 16
            with held.open(told, "w", force_zip64=large) as out:
                for chunk in chunks:
                    out.write(chunk)
                    if part := sink.taken():
                        yield part
    yield sink.taken()


def plain_name(text: str) -> str:
    """A name that leads nowhere: no folder, no sign that a system reads."""
    return _ODD.sub("-", text).strip(".-")[:80] or "file"


def chunks_of(path: Path) -> Iterator[bytes]:
    """A file of the disk, bit by bit."""
    with path.open("rb") as held:
        while part := held.read(_CHUNK):
            yield part
