"""XLSX: the parcel is weighed and its sheets measured before anything is unpacked, then read."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from lxml import etree
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from .errors import ERROR, ErrorCells, faults_of
from .faults import Fault, letter
from .limits import LIMITS, Limits
from .rows import Block, How, RawRow, refuse

_ = str  # marks a sentence for translation

#: Where a cell may stand, and the tag that says so: any other place is one no spreadsheet has, and costs memory.
_ANY_CELL = re.compile(rb"<(?:[^\s<>/!?:]+:)?c(?=[\s/>])")
_CELL = re.compile(
    rb"""<(?:[^\s<>/!?:]+:)?c(?:\s+(?!r[\s=])[\w:.-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*"""
    rb"""\s+r\s*=\s*(["'])([A-Z]{1,3})([0-9]{1,7})\1(?:\s+[\w:.-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*\s*(/?)>"""
)
_DANGER = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CHUNK = 1 << 20
_LONGEST_TAG = 1 << 16
_LONGEST_NAME = 80
#: Before this day a spreadsheet counts days that never were.
_FIRST_SURE_DAY = date(1900, 3, 1)
#: The number of 28 February 1900; the next one is read as the same day.
_LAST_SURE_NUMBER = 59
#: Whole numbers beyond it are not exact in a spreadsheet.
_EXACT = 1e15


class Workbook:
    """Rows of one sheet of an XLSX."""

    def __init__(self, path: Path, name: str, *, limits: Limits = LIMITS, sheet: str = "") -> None:
        self.path, self.name, self.limits = path, name, limits
        errors = weigh(path, name, limits, measured=True)
        try:
            book = CalamineWorkbook.from_path(str(path))
            names = tuple(known.name for known in book.sheets_metadata if "Work" in str(known.typ))
            self.chosen = sheet if sheet in names else _first_with_cells(book, names)
            self._sheet: CalamineSheet = book.get_sheet_by_name(self.chosen)
            merged = self._sheet.merged_cell_ranges or []
            with zipfile.ZipFile(path) as parcel:
                self._errors = errors.of_sheet(parcel, self.chosen)
        except PasswordError as fault:
            raise refuse(name, _("The file is locked by a password: save it without one.")) from fault
        except (CalamineError, etree.LxmlError, OSError, IndexError, KeyError, ValueError) as fault:
            raise refuse(name, _("The file is damaged: open it in a spreadsheet program and save it again.")) from fault
        blocks = tuple(Block(top, left, bottom, right) for (top, left), (bottom, right) in merged)
        self.how = How("xlsx", sheet=self.chosen, sheets=names, merged=blocks)

    def rows(self) -> Iterator[RawRow]:
        first = self._sheet.start
        if first is None:
            return
        width = self._sheet.end[1] + 1 if self._sheet.end else 0
        if width > self.limits.columns:
            raise refuse(
                self.name, _("The sheet has %(found)s columns; at most %(most)s can be read."),
                row=first[0] + 1, column=letter(width - 1), found=width, most=self.limits.columns,
            )  # fmt: skip
        for number, cells in enumerate(self._sheet.iter_rows(), 1):
            if cells.count("") == len(cells) and number not in self._errors:
                continue  # a spreadsheet keeps rows by the hundred thousand because they were once coloured
            if number > self.limits.rows:
                raise refuse(
                    self.name, _("The file has more than %(most)s rows: cut it in parts."),
                    row=number, most=self.limits.rows,
                )  # fmt: skip
            yield self._row(number, cells)

    def filled_sheets(self) -> tuple[str, ...]:
        try:
            book = CalamineWorkbook.from_path(str(self.path))
            return tuple(name for name in self.how.sheets if book.get_sheet_by_name(name).height)
        except (CalamineError, OSError, IndexError, KeyError, ValueError):
            return self.how.sheets  # one of them cannot be read: it is named all the same

    def _row(self, number: int, cells: list[Any]) -> RawRow:
        errors = self._errors.get(number, set())
        faults = faults_of(errors, number)
        texts = []
        for place, cell in enumerate(cells):
            if isinstance(cell, date) and (cell.date() if isinstance(cell, datetime) else cell) < _FIRST_SURE_DAY:
                faults.append(_no_day(cell, number, letter(place)))
            texts.append(ERROR if errors and letter(place) in errors else text_of(cell))
            if len(texts[-1]) > self.limits.cell_characters:
                said = _("This cell has more than %(most)s characters.")
                faults.append(Fault(said, {"most": self.limits.cell_characters}, number, letter(place)))
        return RawRow(number, texts, tuple(faults))


def weigh(path: Path, name: str, limits: Limits, *, measured: bool) -> ErrorCells:
    """Unpack a zip to nothing, counting: too heavy, too wide or with entities, it is refused before it is read."""
    errors = ErrorCells(name)
    try:
        with zipfile.ZipFile(path) as parcel:
            left = limits.unpacked_bytes
            for part in parcel.infolist():
                if part.flag_bits & 1:
                    raise refuse(name, _("The file is locked by a password: save it without one."))
                left -= part.file_size
                if left < 0:
                    raise _too_heavy(name, limits, part)
            left = limits.unpacked_bytes
            for part in parcel.infolist():
                if part.filename.endswith((".xml", ".rels")):
                    sheet = measured and "/worksheets/" in f"/{part.filename}"
                    left -= _unpacked(parcel, part, name, limits, left, errors if sheet else None)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as fault:
        raise refuse(name, _("The file is damaged: open it in a spreadsheet program and save it again.")) from fault
    return errors


def _unpacked(
    parcel: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, limits: Limits, left: int, errors: ErrorCells | None
) -> int:
    size, tail, right, bottom = 0, b"", 0, 0
    with parcel.open(part) as file:
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            if size > left:
                raise _too_heavy(name, limits, part)
            text = tail + chunk
            if _DANGER.search(text):
                raise refuse(name, _("The file declares entities, which no table needs: it is not read."))
            whole = text.rfind(b"<") if text.rfind(b"<") > text.rfind(b">") else len(text)  # a tag cut in two waits
            tail = text[whole:]
            if len(tail) > _LONGEST_TAG or (errors is not None and b"\x00" in chunk):
                raise refuse(name, _("The file is damaged: open it in a spreadsheet program and save it again."))
            if errors is not None:
                errors.look(part.filename, text[:whole])
                right, bottom = _measure(text[:whole], name, right, bottom)
                if right * bottom > limits.cells_held:
                    raise refuse(
                        name, _("The sheet reaches from its first cell to here: %(cells)s cells, nearly all empty."),
                        row=bottom, column=letter(right - 1), cells=right * bottom,
                    )  # fmt: skip
    return size


def _measure(text: bytes, name: str, right: int, bottom: int) -> tuple[int, int]:
    """How far the cells that hold something reach, from the letters and the number each carries."""
    found = _CELL.findall(text)
    if len(found) < len(_ANY_CELL.findall(text)):
        raise refuse(
            name, _("The cells of this file do not say where they stand: save it again in a spreadsheet program."),
            row=bottom or None,
        )  # fmt: skip
    full = [(letters, row) for _quote, letters, row, closed in found if not closed]
    if full:
        right = max(right, *(_position(letters) for letters in {letters for letters, _row in full}))
        bottom = max(bottom, *(int(row) for row in {row for _letters, row in full}))
    return right, bottom


def _position(letters: bytes) -> int:
    place = 0
    for sign in letters:
        place = place * 26 + sign - 64
    return place


def _too_heavy(name: str, limits: Limits, part: zipfile.ZipInfo) -> Exception:
    """Told with the part where it became too much: a sheet, most often."""
    return refuse(
        name, _("Unpacked, the file weighs more than %(most)s MB, its part “%(part)s” included: it is not read."),
        most=limits.unpacked_bytes // 1_000_000, part=part.filename[-_LONGEST_NAME:],
    )  # fmt: skip


def _first_with_cells(book: CalamineWorkbook, names: tuple[str, ...]) -> str:
    for name in names:
        if book.get_sheet_by_name(name).height:
            return name
    return names[0]


def _no_day(cell: date, row: int, column: str) -> Fault:
    """A day of 1900 is a number somebody dressed. A 29 February, which never was, is read as the 28th: both told."""
    number = _serial(cell)
    if number == _LAST_SURE_NUMBER:
        said = _(
            "This cell holds the number 59 or 60 in the dress of a date: 28 February 1900, or the 29th, a day that"
            " never was. If that year is meant, write the year alone."
        )
        return Fault(said, {}, row, column)
    said = _("This cell is shown as a day of 1900: it holds the number %(number)s in the dress of a date.")
    return Fault(said, {"number": number}, row, column)


def _serial(day: date) -> int:
    moment = day.date() if isinstance(day, datetime) else day
    return (moment - date(1899, 12, 31)).days


def text_of(cell: Any) -> str:
    """A cell as text: whole numbers without a dot, days and moments in ISO 8601."""
    text = str(cell)
    if isinstance(cell, str):
        text = " ".join(cell.split()) if "\n" not in cell else cell.strip()
    elif isinstance(cell, bool):
        text = "true" if cell else "false"
    elif isinstance(cell, float):
        text = str(int(cell)) if cell.is_integer() and abs(cell) < _EXACT else repr(cell)
    elif isinstance(cell, datetime):
        text = cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(timespec="minutes")
    return text
