"""Tables as workbooks, for those that a spreadsheet opens without pain."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from .published import Published

#: Longer tables are taken as CSV or Parquet, or by the interface.
MOST_ROWS = 5_000
_LANGUAGES = ("fr", "en", "es", "pt")
_ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)


def write_workbooks(published: Published, folder: Path) -> list[str]:
    """Write each table of records that is short enough. Returns their names."""
    made = []
    for table in published.tables:
        if table["noun"] and table["rows"] <= MOST_ROWS:
            _write(published, table, folder / f"{table['name']}.xlsx")
            made.append(table["name"])
    return made


def _write(published: Published, table: dict[str, Any], path: Path) -> None:
    """One workbook: the rows, and what each column means. No text is taken for a formula or a link."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": _ALWAYS.replace(tzinfo=None)})
        sheet, meanings = book.add_worksheet("rows"), book.add_worksheet("columns")
        columns = [
            (f"{column['name']}_{language}" if language else column["name"], column["name"], language)
            for column in table["columns"]
            for language in (_LANGUAGES if column["type"] == "words" else ("",))
        ]
        for place, (name, _column, _language) in enumerate(columns):
            sheet.write_string(0, place, name)
        for line, row in enumerate(published.rows(table["name"]), 1):
            for place, (_name, column, language) in enumerate(columns):
                value = (row[column] or {}).get(language) if language else row[column]
                _cell(sheet, line, place, value)
        for line, column in enumerate(table["columns"]):
            for place, said in enumerate(
                (column["name"], column["type"], *(column["meaning"].get(one, "") for one in ("fr", "en")))
            ):
                meanings.write_string(line, place, said)


def _cell(sheet: Any, line: int, place: int, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, place, value)
    elif isinstance(value, (int, Decimal)):
        sheet.write_number(line, place, value)
    else:
        sheet.write_string(line, place, " ".join(value) if isinstance(value, list) else str(value))
