"""ODS: read cell by cell as it streams, so that a million repeated blanks cost nothing."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from .faults import letter
from .limits import LIMITS, Limits
from .rows import Block, How, RawRow, refuse
from .workbook import text_of, weigh

_ = str  # marks a sentence for translation

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
#: Rows alike in a run: written once in the file, each of them costs a reading.
_MOST_ALIKE = 1_000
_LONGEST_NAME = 100
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


class OpenDocument:
    """Rows of one sheet of an ODS."""

    def __init__(self, path: Path, name: str, *, limits: Limits = LIMITS, sheet: str = "") -> None:
        self.path, self.name, self.limits = path, name, limits
        weigh(path, name, limits, measured=False)
        names = self._sheet_names()
        if not names:
            raise refuse(name, _("The file holds no sheet."))
        self._filled = tuple(name for name, filled in names.items() if filled)
        self.chosen = next((name for name in names if name[:_LONGEST_NAME] == sheet), "") or (*self._filled, *names)[0]
        self.how = How("ods", sheet=self.chosen, sheets=tuple(names), merged=self._merged())

    def filled_sheets(self) -> tuple[str, ...]:
        return self._filled

    def rows(self) -> Iterator[RawRow]:
        number = 0
        for row in self._row_elements():
            times = _times(row, "number-rows-repeated")
            cells = self._cells(row, number + 1)
            if not any(cells):
                number += times
                continue
            if number + times > self.limits.rows:
                raise refuse(
                    self.name,
                    _("The file has more than %(most)s rows: cut it in parts."),
                    row=number + 1,
                    most=self.limits.rows,
                )
            if times > _MOST_ALIKE:
                raise refuse(
                    self.name, _("This row says it is repeated %(times)s times, which no table is."),
                    row=number + 1, times=times,
                )  # fmt: skip
            for _again in range(times):
                number += 1
                yield RawRow(number, list(cells))

    def _cells(self, row: Any, number: int) -> list[str]:
        cells: list[str] = []
        blanks = 0
        for cell in row:
            if cell.tag not in _CELLS:
                continue
            times, text = _times(cell, "number-columns-repeated"), _value(cell)
            if not text:
                blanks += times
                continue
            if len(cells) + blanks + times > self.limits.columns:
                raise refuse(
                    self.name, _("The sheet has %(found)s columns; at most %(most)s can be read."), row=number,
                    column=letter(len(cells) + blanks + times - 1), found=len(cells) + blanks + times,
                    most=self.limits.columns,
                )  # fmt: skip
            cells.extend([""] * blanks)
            cells.extend([text] * times)
            blanks = 0
        return cells

    def _row_elements(self) -> Iterator[Any]:
        within = False
        for event, element in self._events((f"{_TABLE}table", f"{_TABLE}table-row"), ("start", "end")):
            if element.tag == f"{_TABLE}table":
                within = event == "start" and element.get(f"{_TABLE}name") == self.chosen
            elif event == "end":
                if within:
                    yield element
                element.clear(keep_tail=False)
                while element.getprevious() is not None:
                    del element.getparent()[0]

    def _sheet_names(self) -> dict[str, bool]:
        """Each sheet, and whether it holds something."""
        tables = self._events((f"{_TABLE}table",), ("end",))
        names: dict[str, bool] = {}
        for _event, element in tables:
            cells = element.iter(*_CELLS)
            names[str(element.get(f"{_TABLE}name"))] = any(_value(cell) for cell in cells)
            element.clear()
        return names

    def _merged(self) -> tuple[Block, ...]:
        found, number = [], 0
        for row in self._row_elements():
            place = 0
            for cell in row:
                if cell.tag not in _CELLS:
                    continue
                wide, high = _times(cell, "number-columns-spanned"), _times(cell, "number-rows-spanned")
                if wide > 1 or high > 1:
                    found.append(Block(number, place, number + high - 1, place + wide - 1))
                place += _times(cell, "number-columns-repeated")
            number += _times(row, "number-rows-repeated")
            if len(found) > self.limits.columns * 10:
                break
        return tuple(found)

    def _events(self, tags: tuple[str, ...], events: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
        try:
            with zipfile.ZipFile(self.path) as parcel, parcel.open("content.xml") as file:
                yield from etree.iterparse(
                    file, events=events, tag=tags, resolve_entities=False, load_dtd=False, no_network=True,
                    huge_tree=False, remove_comments=True, remove_pis=True,
                )  # fmt: skip
        except (etree.LxmlError, zipfile.BadZipFile, KeyError, EOFError, OSError) as fault:
            raise refuse(
                self.name, _("The file is damaged: open it in a spreadsheet program and save it again.")
            ) from fault


def _times(element: Any, attribute: str) -> int:
    said = element.get(f"{_TABLE}{attribute}") or "1"
    return max(1, int(said)) if said.isdecimal() and len(said) < 9 else 1


def _value(cell: Any) -> str:
    kind = cell.get(f"{_OFFICE}value-type")
    if kind in ("float", "currency", "percentage"):
        said = cell.get(f"{_OFFICE}value") or ""
        try:
            return text_of(float(said))
        except ValueError:
            return str(said)
    if kind == "date":
        day = str(cell.get(f"{_OFFICE}date-value") or "")
        return day[:10] if day.endswith("T00:00:00") else day[:16]
    if kind == "boolean":
        return str(cell.get(f"{_OFFICE}boolean-value") or "")
    lines = ["".join(paragraph.itertext()) for paragraph in cell.iter(f"{_TEXT}p")]
    return "\n".join(" ".join(line.split()) for line in lines).strip()
