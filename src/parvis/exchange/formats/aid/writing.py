"""A declaration and its differences as tables: their columns and rows, as CSV and as a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from parvis.foundation.values import as_cell

from .comparing import Difference, Reason
from .declaration import Heading, Line

_HEADING = ("part", "country", "sector", "sector_label", "channel", "channel_label", "levy", "currency")
COLUMNS = (*_HEADING, "paid", "voted", "grants", "grants_whose_payment_is_unknown", "records")
GAP_COLUMNS = (*_HEADING, "before", "after", "difference", "why")
#: Columns of money, which a workbook holds as numbers.
_MONEY = frozenset({"paid", "voted", "before", "after", "difference"})
Labels = Mapping[tuple[str, str], str]
Cell = str | int | Decimal | None


def rows_of(lines: Iterable[Line], labels: Labels) -> Iterator[list[Cell]]:
    """A row for each line. ``labels``: words of a code, by list (``sector``, ``channel``) and code."""
    for line in lines:
        told: list[Cell] = [line.paid, line.voted, len(line.each), line.unknown, " ".join(line.keys)]
        yield [*_told(line.heading, labels), *told]


def rows_of_gaps(found: Iterable[Difference], labels: Labels) -> Iterator[list[Cell]]:
    """A row for each heading that differs, with the records that make the difference."""
    for one in found:
        why = "; ".join(map(_why, one.reasons))
        yield [*_told(one.heading, labels), one.before, one.after, one.gap, why]


def _why(reason: Reason) -> str:
    amounts = f"{_money(reason.before) or '?'} > {_money(reason.after) or '?'}"
    return f"{reason.kind} {reason.key} ({amounts})"


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A table as text, safe in a spreadsheet."""
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(columns)
    table.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def as_workbook(columns: Sequence[str], heads: Sequence[str], rows: Iterable[Sequence[Cell]], about: str) -> bytes:
    """A table as a sheet: amounts as numbers, ``heads`` as the reader calls the columns, ``about`` on top."""
    import xlsxwriter  # noqa: PLC0415  # for those who ask of it

    held = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(held, options) as book:
        sheet, head = book.add_worksheet(), book.add_format({"bold": True})
        money = book.add_format({"num_format": "#,##0.00"})
        sheet.set_column(0, len(columns) - 1, 18)
        sheet.freeze_panes(2, 0)
        sheet.write_string(0, 0, about)
        for place, name in enumerate(heads):
            sheet.write_string(1, place, name, head)
        for at, row in enumerate(rows, 2):
            for place, (column, value) in enumerate(zip(columns, row, strict=True)):
                if isinstance(value, (int, Decimal)):
                    sheet.write_number(at, place, value, *([money] if column in _MONEY else []))
                elif value:
                    sheet.write_string(at, place, value)
    return held.getvalue()


def write_declaration(lines: Iterable[Line], path: Path, labels: Labels) -> int:
    """Write a year. Returns how many lines."""
    rows = list(rows_of(lines, labels))
    path.write_text(as_csv(COLUMNS, rows), encoding="utf-8", newline="")
    return len(rows)


def write_differences(found: Iterable[Difference], path: Path, labels: Labels) -> int:
    """Write what changed. Returns how many headings."""
    rows = list(rows_of_gaps(found, labels))
    path.write_text(as_csv(GAP_COLUMNS, rows), encoding="utf-8", newline="")
    return len(rows)


def _told(heading: Heading, labels: Labels) -> list[Cell]:
    return [
        heading.part, heading.country, heading.sector, labels.get(("sector", heading.sector), ""), heading.channel,
        labels.get(("channel", heading.channel), ""), heading.levy, heading.currency,
    ]  # fmt: skip


def _cell(value: Cell) -> str:
    if isinstance(value, Decimal):
        return _money(value)
    return as_cell(value) if isinstance(value, str) else "" if value is None else str(value)


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}"
