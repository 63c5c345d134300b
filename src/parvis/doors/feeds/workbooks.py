"""A table as a workbook of one sheet, written row by row."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

#: Columns of money, written as numbers to the cent.
_AMOUNTS = ("amount_asked", "amount_voted", "amount_paid")
_WIDTH = 18


def workbook(name: str, about: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Text stays text: nothing that was typed is taken for a formula or a link."""
    held = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(held, options) as book:
        sheet = book.add_worksheet(name[:31])
        head, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
        sheet.set_column(0, len(columns) - 1, _WIDTH)
        sheet.freeze_panes(2, 0)
        sheet.write_string(0, 0, about)
        for place, column in enumerate(columns):
            sheet.write_string(1, place, column, head)
        for line, row in enumerate(rows, 2):
            for place, (column, value) in enumerate(zip(columns, row, strict=True)):
                if value is None:
                    continue
                if column in _AMOUNTS:
                    sheet.write_number(line, place, float(value), money)
                elif isinstance(value, (int, float)) and not isinstance(value, bool):
                    sheet.write_number(line, place, value)
                else:
                    sheet.write_string(line, place, str(value))
    return held.getvalue()
