"""A workbook (XLSX) given away as it is made: never whole, neither in memory nor on a disk.

A workbook is a ZIP of XML files, and its rows may carry their texts (ECMA-376, part 1, 18.3.1.53): nothing has
to be known of a row once it is written. Libraries either keep a table of all texts or a file on the disk.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from parvis.exchange.formats.carried import Row, zip_chunks

#: A cell holds no more signs than this, a sheet no more rows.
LONGEST_CELL = 32_767
MOST_ROWS = 1_048_576
_CHUNK = 1 << 16
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TIES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
#: Signs that XML cannot hold, and texts that look like the way these are written.
_ODD = re.compile(r"[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")
#: The day from which a workbook counts, with the 29 February 1900 it believes in.
_FIRST_DAY = date(1899, 12, 30)


def workbook_chunks(sheets: Sequence[tuple[str, Iterable[Row]]], cut: str, moment: datetime) -> Iterator[bytes]:
    """Tables as sheets of a workbook, chunk by chunk. ``cut`` is said where a text, or a table, is too long."""
    names = [name[:31] for name, _rows in sheets]
    files = [(path, [words.encode()], True) for path, words in _frame(names)]
    tables = (
        (f"xl/worksheets/sheet{place}.xml", _sheet(rows, cut), True) for place, (_name, rows) in enumerate(sheets, 1)
    )
    return zip_chunks((one for some in (files, tables) for one in some), moment, large=False)


def _frame(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The small files that say what the workbook holds."""
    places = range(1, len(names) + 1)
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{place}.xml" ContentType="{_KIND}.worksheet+xml"/>'
        for place in places
    )
    yield (
        "[Content_Types].xml",
        (
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>{kinds}</Types>'
        ),
    )
    yield "_rels/.rels", _ties([("officeDocument", "xl/workbook.xml")])
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{place}" r:id="rId{place}"/>' for place, name in enumerate(names, 1)
    )
    yield "xl/workbook.xml", f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_TIES}"><sheets>{listed}</sheets></workbook>'
    told = [("worksheet", f"worksheets/sheet{place}.xml") for place in places]
    yield "xl/_rels/workbook.xml.rels", _ties([*told, ("styles", "styles.xml")])
    yield (
        "xl/styles.xml",
        (
            f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/>'
            '</numFmts><fonts count="1"><font/></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>'
            '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
            '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/>'
            '<xf numFmtId="164" applyNumberFormat="1" xfId="0"/></cellXfs></styleSheet>'
        ),
    )


def _ties(told: Sequence[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{place}" Type="{_TIES}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(told, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _sheet(rows: Iterable[Row], cut: str) -> Iterator[bytes]:
    """A sheet, a few rows at a time. Its first row and first column stay in view."""
    held = [
        (
            f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
            '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>'
            "</sheetView></sheetViews><sheetData>"
        )
    ]
    size = 0
    for line, row in enumerate(rows, 1):
        if line == MOST_ROWS:
            held.append(f'<row r="{line}">{_cell("A", line, cut, cut)}</row>')
            break
        told = "".join(
            _cell(_column(place), line, cell, cut) for place, cell in enumerate(row) if cell not in (None, "")
        )
        held.append(f'<row r="{line}">{told}</row>')
        size += len(told)
        if size > _CHUNK:
            yield "".join(held).encode()
            held, size = [], 0
    held.append("</sheetData></worksheet>")
    yield "".join(held).encode()


def _column(place: int) -> str:
    """A, B … Z, AA: what a column is called."""
    name = ""
    place += 1
    while place:
        place, left = divmod(place - 1, 26)
        name = chr(65 + left) + name
    return name


def _cell(column: str, line: int, cell: Any, cut: str) -> str:
    at = f"{column}{line}"
    if isinstance(cell, (int, Decimal)):
        return f'<c r="{at}"><v>{cell}</v></c>'
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return f'<c r="{at}" s="1"><v>{(cell - _FIRST_DAY).days}</v></c>'
    text = cell.isoformat() if isinstance(cell, datetime) else str(cell).replace("\r\n", "\n")
    if len(text) > LONGEST_CELL:
        text = text[: LONGEST_CELL - len(cut)] + cut
    return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(_ODD.sub(_spelt, text))}</t></is></c>'


def _spelt(sign: re.Match[str]) -> str:
    """A sign that XML cannot hold, as workbooks write it."""
    return f"_x{ord(sign[0]):04X}_"
