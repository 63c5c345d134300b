"""Opening a table of any kind, and reading it row by row under the names of its columns."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, zip_longest
from pathlib import Path

from parvis.foundation.values.text import fold

from .another import Another, with_those_after
from .delimited import Delimited
from .faults import Fault, letter
from .heading import TASTED, Heading, heading_of
from .limits import LIMITS, Limits
from .opendoc import OpenDocument
from .records import Records
from .rows import How, RawRow, Reader, refuse
from .workbook import Workbook

_ = str  # marks a sentence for translation

_TOTAL = re.compile(
    r"^(grand |sous |sub ?)?(total|totaux|totales?|totais|sum|somme|suma|soma|ensemble)( general| global| geral|)\b"
)
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_PLAIN = re.compile(r"^-?\d+([.,]\d+)?$")
_BLANKS_TOLD = 1000


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its number in the file, its cells by column, and what is wrong with the row itself.

    ``beyond`` are cells that stand under no heading.
    """

    number: int
    cells: dict[str, str]
    faults: tuple[Fault, ...] = ()
    beyond: tuple[str, ...] = ()


class Table:
    """A table opened: its columns, how it was understood, and its rows as often as they are asked for.

    ``known`` are words that name columns: where another table begins under this one, they tell its headings.
    """

    def __init__(self, reader: Reader, name: str, known: frozenset[str] = frozenset()) -> None:
        self._reader, self.name, self._known = reader, name, known
        found = self._heading()
        if found is None:
            raise refuse(name, _("No row of this file names its columns: put their names in the first row."), row=1)
        self.heading: Heading = found
        self.columns = found.columns

    @property
    def how(self) -> How:
        return self._reader.how

    @property
    def notes(self) -> tuple[Fault, ...]:
        return (*self.how.notes, *self.heading.notes)

    def rows(self) -> Iterator[Row]:
        """Every row under the heading that holds something."""
        totals = _Totals(len(self.columns))
        another = Another(self.columns, self.heading.last_row, self._known)
        under = (raw for raw in self._reader.rows() if raw.number > self.heading.last_row)
        for raw, after in with_those_after(under):
            faults = another.judge(raw, after)
            if not faults:
                faults = [*self._named(raw.faults), *self._misfits(raw), *totals.judge(raw)]
            cells = dict(zip_longest(self.columns, raw.cells[: len(self.columns)], fillvalue=""))
            yield Row(raw.number, cells, tuple(faults), _beyond(raw.cells[len(self.columns) :]))

    @property
    def other_sheets(self) -> tuple[str, ...]:
        """The sheets beside this one that hold something: they are not read."""
        return tuple(name for name in self._reader.filled_sheets() if name != self.how.sheet)

    def sample(self, most: int = 200) -> list[Row]:
        return list(islice(self.rows(), most))

    def _heading(self) -> Heading | None:
        seen: list[RawRow] = []
        for row in self._reader.rows():
            if row.number > _BLANKS_TOLD or len(seen) >= TASTED:
                break
            if not row.blank:
                seen.append(row)
        return heading_of(seen, self._reader.how.merged)

    def _named(self, faults: tuple[Fault, ...]) -> Iterator[Fault]:
        """Faults told of a letter, told of the column's name."""
        for fault in faults:
            place = next((at for at in range(len(self.columns)) if letter(at) == fault.column), None)
            yield fault if place is None else Fault(fault.sentence, fault.facts, fault.row, self.columns[place])

    def _misfits(self, raw: RawRow) -> Iterator[Fault]:
        width, found = len(self.columns), len(raw.cells)
        if any(raw.cells[width:]):
            last = max(place for place, cell in enumerate(raw.cells) if cell)
            said = _(
                "This row has %(found)s cells where the headings are %(named)s: a separator stands inside a value."
            )
            yield Fault(said, {"found": last + 1, "named": width}, raw.number, letter(last))
        elif self.how.kind == "csv" and found < width:
            said = _("This row has %(found)s cells where the headings are %(named)s.")
            yield Fault(said, {"found": found, "named": width}, raw.number, letter(found))


def _beyond(cells: list[str]) -> tuple[str, ...]:
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


class _Totals:
    """Tells a row of totals from a row of data: by its words, or because it adds up what stands above it."""

    def __init__(self, width: int) -> None:
        self._sums = [Decimal(0)] * width
        self._seen = 0

    def judge(self, raw: RawRow) -> list[Fault]:
        numbers: dict[int, Decimal] = {}
        worded: list[str] = []
        for place, cell in enumerate(raw.cells):
            if not cell:
                continue
            if place < len(self._sums) and (number := _number(cell)):
                numbers[place] = number
            else:
                worded.append(cell)
        if numbers and len(worded) <= 2 and any(_TOTAL.match(fold(cell)) for cell in worded):
            return [Fault(_("This is a row of totals, not of data."), {}, raw.number)]
        if self._seen > 2 and not worded and any(number == self._sums[place] for place, number in numbers.items()):
            said = _("This row adds up the rows above it: it is taken for a total, not for data.")
            return [Fault(said, {}, raw.number)]
        for place, number in numbers.items():
            self._sums[place] += number
        self._seen += 1
        return []


def _number(cell: str) -> Decimal | None:
    if not (cell[0].isdigit() or cell[0] == "-" or cell[0].isspace()):
        return None  # words, most often
    text = cell.replace(" ", "").replace("\u00a0", "").replace("\u202f", "").removesuffix("€")
    return Decimal(text.replace(",", ".")) if len(text) < 30 and _PLAIN.match(text) else None


def open_table(
    path: Path,
    name: str,
    *,
    limits: Limits = LIMITS,
    sheet: str = "",
    separator: str = "",
    known: frozenset[str] = frozenset(),
) -> Table:
    """Open a CSV, XLSX, ODS or JSON by what is in it, whatever its name. Raises Unreadable with a sentence."""
    return Table(_reader(path, name, limits, sheet, separator), name, known)


def _reader(path: Path, name: str, limits: Limits, sheet: str, separator: str) -> Reader:
    if path.stat().st_size > limits.file_bytes:
        raise refuse(
            name, _("The file has %(size)s MB; at most %(most)s MB can be read."),
            size=path.stat().st_size // 1_000_000, most=limits.file_bytes // 1_000_000,
        )  # fmt: skip
    with path.open("rb") as file:
        head = file.read(2048)
    if head.startswith(b"PK"):
        return _packed(path, name, limits, sheet)
    if head.startswith(_OLD_EXCEL):
        raise refuse(name, _("This is a workbook of the old kind, or one with a password: save it as XLSX."))
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start in (b"{", b"["):
        return Records(path, name, limits=limits)
    if start == b"<":
        raise refuse(name, _("This is no table: it is a page or an XML file."))
    return Delimited(path, name, limits=limits, separator=separator)


def _packed(path: Path, name: str, limits: Limits, sheet: str) -> Reader:
    try:
        with zipfile.ZipFile(path) as parcel:
            parts = set(parcel.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
        raise refuse(name, _("The file is damaged: open it in a spreadsheet program and save it again.")) from fault
    if "content.xml" in parts:
        return OpenDocument(path, name, limits=limits, sheet=sheet)
    if any(part.startswith("xl/") for part in parts):
        return Workbook(path, name, limits=limits, sheet=sheet)
    raise refuse(name, _("This is no table: send a CSV, XLSX, ODS or JSON file."))
