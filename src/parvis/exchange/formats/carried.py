"""Tables and files carried out of the house, chunk by chunk: CSV, XLSX, and a ZIP that is never whole anywhere.

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

import xlsxwriter

from parvis.foundation.values.cell import FORMULA

Row = Sequence[Any]
#: A cell of a workbook holds no more signs than this.
LONGEST_CELL = 32_767
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


def write_workbook(path: Path, sheets: Iterable[tuple[str, Iterable[Row]]], cut: str) -> None:
    """Tables as sheets of a workbook, a row at a time. ``cut`` is said where a text is too long for a cell."""
    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "tmpdir": str(path.parent),
    }  # fmt: skip
    with xlsxwriter.Workbook(str(path), options) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets:
            sheet = book.add_worksheet(name[:31])
            sheet.freeze_panes(1, 1)
            for line, row in enumerate(rows):
                for place, cell in enumerate(row):
                    _write(sheet, line, place, cell, day, cut)


def _write(sheet: Any, line: int, place: int, cell: Any, day: Any, cut: str) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, (int, Decimal)):
        sheet.write_number(line, place, cell)
    elif isinstance(cell, date) and not isinstance(cell, datetime):
        sheet.write_datetime(line, place, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001  # a day has no zone
    else:
        text = cell.isoformat() if isinstance(cell, datetime) else str(cell)
        whole = len(text) <= LONGEST_CELL
        sheet.write_string(line, place, text if whole else text[: LONGEST_CELL - len(cut)] + cut)


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


def zip_chunks(files: Iterable[tuple[str, Iterable[bytes], bool]], moment: datetime) -> Iterator[bytes]:
    """Files as one ZIP: name, content in chunks, and whether it is worth pressing together."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", allowZip64=True) as held:
        for name, chunks, pressed in files:
            told = zipfile.ZipInfo(name, date_time=moment.timetuple()[:6])
            told.compress_type = zipfile.ZIP_DEFLATED if pressed else zipfile.ZIP_STORED
            told.external_attr = 0o600 << 16
            with held.open(told, "w", force_zip64=True) as out:
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
