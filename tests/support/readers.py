"""Every reader of strangers' files, from a file to everything in it, and small files each of them reads."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from pathlib import Path

from parvis.exchange.formats.dcat.reading import read_catalogue
from parvis.exchange.formats.eu_calls.reading import read_calls
from parvis.exchange.formats.giving360.reading import read_grants
from parvis.exchange.formats.iati.judging import judge_file
from parvis.exchange.formats.iati.whole import whole
from parvis.exchange.formats.scdl.reading import propose_grants, read_strict
from parvis.exchange.formats.scdl.schemas import DELIBERATIONS
from parvis.exchange.formats.tables.faults import Unreadable
from parvis.exchange.formats.tables.reading import open_table
from parvis.exchange.formats.twinnings.reading import read_twinnings

_DAY = date(2026, 11, 26)
_OFFICE = "http://schemas.openxmlformats.org"
_BOOK = {
    "[Content_Types].xml": f'<Types xmlns="{_OFFICE}/package/2006/content-types"><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override '
    'PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml'
    '.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_OFFICE}/package/2006/relationships"><Relationship Id="r1" '
    f'Type="{_OFFICE}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_OFFICE}/spreadsheetml/2006/main" '
    f'xmlns:r="{_OFFICE}/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets>'
    "</workbook>",
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_OFFICE}/package/2006/relationships"><Relationship Id="r1" '
    f'Type="{_OFFICE}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def _table(path: Path) -> Iterable[object]:
    return open_table(path, "f").rows()


def _iati(path: Path) -> Iterable[object]:
    return ((judged, whole(judged.record)) for judged in judge_file(path, "f", on=_DAY))


READERS: dict[str, Callable[[Path], Iterable[object]]] = {
    "tables": _table,
    "sheets": _table,
    "documents": _table,
    "scdl_grants": lambda path: propose_grants(open_table(path, "f")),
    "scdl_decisions": lambda path: read_strict(open_table(path, "f"), DELIBERATIONS),
    "giving360": lambda path: read_grants(path, "f"),
    "iati": _iati,
    "dcat": lambda path: read_catalogue(path, "f"),
    "eu_calls": lambda path: read_calls(path, "f"),
    "twinnings": lambda path: read_twinnings(path, "f"),
}


def packed(name: str, data: bytes) -> bytes:
    """A sheet in its workbook, a text in its document: what is spoilt is the part, not the parcel."""
    if name not in ("sheets", "documents"):
        return data
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as parcel:
        for part, text in (_BOOK if name == "sheets" else {}).items():
            parcel.writestr(part, text)
        parcel.writestr("xl/worksheets/sheet1.xml" if name == "sheets" else "content.xml", data)
    return kept.getvalue()


@cache
def _scratch() -> tuple[int, Path]:
    file, path = tempfile.mkstemp()
    return file, Path(path)


def read_whole(name: str, data: bytes) -> int:
    """Read everything of a file; how many records, or -1 where it is refused with a sentence."""
    file, path = _scratch()
    whole = packed(name, data)
    os.pwrite(file, whole, 0)
    os.ftruncate(file, len(whole))
    try:
        return sum(1 for _one in READERS[name](path))
    except Unreadable as refusal:
        return -1 if str(refusal) else -2


@cache
def seeds(name: str) -> tuple[bytes, ...]:
    """Small files of each kind a reader reads."""
    found = tuple(path.read_bytes() for path in sorted((Path(__file__).parent / "seeds").glob(f"{name}-*")))
    assert found, name
    return found
