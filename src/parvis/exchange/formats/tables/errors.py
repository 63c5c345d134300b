"""Cells of an XLSX that hold an error (#DIV/0!, #N/A): read as empty, they would say what nobody said."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field

from lxml import etree

from .faults import Fault
from .rows import refuse

_ = str  # marks a sentence for translation

_ERROR = re.compile(
    rb"""<(?:[^\s<>/!?:]+:)?c\s(?=[^<>]*\bt\s*=\s*["']e["'])[^<>]*\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']"""
)
#: What stands in such a cell, so that its row is not taken for a blank one.
ERROR = "#?"
_SAID = re.compile(rb"\bt\s*=\s*[\"']e[\"']")
_MOST = 100_000
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(slots=True)
class ErrorCells:
    """Where errors stand in each sheet of a parcel, by the row and the letters of the column."""

    name: str
    by_part: dict[str, dict[int, set[str]]] = field(default_factory=dict)
    found: int = 0

    def look(self, part: str, text: bytes) -> None:
        """Take the errors of a piece of a sheet. Raises Unreadable where nearly everything is one."""
        if not _SAID.search(text):
            return
        for letters, row in _ERROR.findall(text):
            self.by_part.setdefault(part, {}).setdefault(int(row), set()).add(letters.decode())
            self.found += 1
        if self.found > _MOST:
            raise refuse(self.name, _("More than %(most)s cells hold an error of the spreadsheet."), most=_MOST)

    def of_sheet(self, parcel: zipfile.ZipFile, sheet: str) -> dict[int, set[str]]:
        """The errors of the sheet of this name."""
        return self.by_part.get(_part_of(parcel, sheet), {}) if self.by_part else {}


def faults_of(columns: set[str], row: int) -> list[Fault]:
    said = _("This cell holds an error of the spreadsheet (such as #DIV/0! or #N/A): its value is not known.")
    return [Fault(said, {}, row, column) for column in sorted(columns, key=lambda letters: (len(letters), letters))]


def _part_of(parcel: zipfile.ZipFile, sheet: str) -> str:
    """The part of the parcel that a sheet is kept in."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    book = etree.fromstring(parcel.read("xl/workbook.xml"), parser)
    relation = next(
        (one.get(_RELATIONS) for one in book.iter("{*}sheet") if one.get("name") == sheet), None
    )  # fmt: skip
    ties = etree.fromstring(parcel.read("xl/_rels/workbook.xml.rels"), parser)
    target = next((one.get("Target") for one in ties.iter("{*}Relationship") if one.get("Id") == relation), "")
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
