"""CSV as it is really sent: any encoding, any separator, quoted line breaks, and lines that are not what they seem."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from .encodings import encoding_of
from .faults import Fault, letter
from .limits import LIMITS, Limits
from .rows import How, RawRow, refuse

_ = str  # marks a sentence for translation

_SEPARATORS = (";", ",", "\t", "|")
_TASTED = 60
_LOST = "\ufffd"
_NOT_TEXT = 0.05
#: Said after the last line: where it is found within a cell, a quotation mark was still open.
_END = "\x00end of file\x00"


class Delimited:
    """Rows of a CSV. Lines are cut before they are decoded, so that one broken line does not break the next."""

    def __init__(self, path: Path, name: str, *, limits: Limits = LIMITS, separator: str = "") -> None:
        self.path, self.name, self.limits = path, name, limits
        self._refuse_what_is_no_text()
        self.encoding = encoding_of(path)
        self.how = How("csv", encoding=self.encoding.name)
        self._by_line = self.encoding.by_line and not self._old_line_ends()
        self.how.separator = separator or self._separator()
        if self.encoding.mixed:
            said = _("Some lines are not in the encoding of the others (%(encoding)s): these rows are refused.")
            self.how.notes.append(Fault(said, {"encoding": self.encoding.name}))

    def filled_sheets(self) -> tuple[str, ...]:
        return ()

    def rows(self) -> Iterator[RawRow]:
        csv.field_size_limit(self.limits.line_bytes)
        number = 0
        records = csv.reader(chain(self._lines(), (_END,)), delimiter=self.how.separator)
        while True:
            try:
                cells = next(records)
            except StopIteration:
                return
            except csv.Error as fault:
                raise self._never_closed(number + 1) from fault
            if cells == [_END]:
                return
            number += 1
            if cells and cells[-1].endswith(_END):
                raise self._never_closed(number)
            if len(cells) > self.limits.columns and any(cells[self.limits.columns :]):
                raise refuse(
                    self.name,
                    _("This row has %(found)s cells; a table of at most %(most)s columns can be read."),
                    row=number, column=letter(len(cells) - 1), found=len(cells), most=self.limits.columns,
                )  # fmt: skip
            if number > self.limits.rows and any(cells):
                raise refuse(
                    self.name, _("The file has more than %(most)s rows: cut it in parts."),
                    row=number, most=self.limits.rows,
                )  # fmt: skip
            yield self._row(number, cells)

    def _row(self, number: int, cells: list[str]) -> RawRow:
        faults = []
        for place, cell in enumerate(cells):
            if _LOST in cell and self.encoding.mixed:
                said = _("This cell is not in the encoding of the file (%(encoding)s).")
                faults.append(Fault(said, {"encoding": self.encoding.name}, number, letter(place)))
            if "\x00" in cell:
                faults.append(Fault(_("This cell holds a sign that is no text (NUL)."), {}, number, letter(place)))
                cell = cell.replace("\x00", "")  # noqa: PLW2901  # read on without it
            if len(cell) > self.limits.cell_characters:
                faults.append(_too_long(self.limits, number, place))
            cells[place] = (
                " ".join(cell.split())
                if "\n" not in cell
                else "\n".join(" ".join(line.split()) for line in cell.strip().splitlines())
            )
        return RawRow(number, cells, tuple(faults))

    def _lines(self) -> Iterator[str]:
        return self._lines_by_bytes() if self._by_line else self._lines_by_text()

    def _lines_by_bytes(self) -> Iterator[str]:
        longest, encoding = self.limits.line_bytes, self.encoding
        codec = "utf-8" if encoding.name == "utf-8-sig" else encoding.name
        with self.path.open("rb") as file:
            number = 0
            while line := file.readline(longest + 1):
                number += 1
                if len(line) > longest:
                    raise self._too_long_a_line(number)
                if number == 1 and encoding.name == "utf-8-sig":
                    line = line[3:]
                yield line.decode(codec, errors="replace")

    def _lines_by_text(self) -> Iterator[str]:
        longest = self.limits.line_bytes
        with self.path.open(encoding=self.encoding.name, errors="replace", newline="") as file:
            number = 0
            while line := file.readline(longest + 1):
                number += 1
                if len(line) > longest:
                    raise self._too_long_a_line(number)
                yield line

    def _refuse_what_is_no_text(self) -> None:
        size = self.path.stat().st_size
        if size > self.limits.file_bytes:
            raise refuse(
                self.name, _("The file has %(size)s MB; at most %(most)s MB can be read."),
                size=size // 1_000_000, most=self.limits.file_bytes // 1_000_000,
            )  # fmt: skip
        with self.path.open("rb") as file:
            head = file.read(4000)
        if not head.strip():
            raise refuse(self.name, _("The file is empty."))
        odd = sum(1 for byte in head if byte < 9 or 13 < byte < 32)
        zeros = head.count(0)
        if odd - zeros > len(head) * _NOT_TEXT:
            raise refuse(self.name, _("This is no table: send a CSV, XLSX, ODS or JSON file."))

    def _old_line_ends(self) -> bool:
        """Lines ended by a carriage return alone, as on machines of the nineties."""
        with self.path.open("rb") as file:
            head = file.read(65536)
        return b"\n" not in head and b"\r" in head

    def _separator(self) -> str:
        tasted = list(islice(self._tasting(), _TASTED))
        best, score = ",", (0.0, 0)
        for separator in _SEPARATORS:
            try:
                records = [len(cells) for cells in csv.reader(tasted, delimiter=separator) if any(cells)]
            except csv.Error:
                continue
            if not records:
                continue
            width, times = max(Counter(records).items(), key=lambda pair: (pair[1], pair[0]))
            found = (times / len(records) if width > 1 else 0.0, width)
            if found > score and width > 1:
                best, score = separator, found
        return best

    def _tasting(self) -> Iterator[str]:
        csv.field_size_limit(self.limits.line_bytes)
        return self._lines()

    def _never_closed(self, row: int) -> Exception:
        return refuse(
            self.name,
            _("A quotation mark is opened in this row and never closed: the rest of the file cannot be told apart."),
            row=row,
        )

    def _too_long_a_line(self, row: int) -> Exception:
        return refuse(
            self.name, _("This line has more than %(most)s MB: it is no row of a table."),
            row=row, most=self.limits.line_bytes // 1_000_000, column="A",
        )  # fmt: skip


def _too_long(limits: Limits, row: int, place: int) -> Fault:
    said = _("This cell has more than %(most)s characters.")
    return Fault(said, {"most": limits.cell_characters}, row, letter(place))
