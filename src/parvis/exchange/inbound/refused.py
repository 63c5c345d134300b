"""The refused rows of a file as a spreadsheet: its own columns, then why, each wrong cell marked."""

from __future__ import annotations

import io

import xlsxwriter
from django.utils.translation import gettext as _

from parvis.exchange.inbound.enums import RowVerdict
from parvis.exchange.inbound.models import Import
from parvis.exchange.inbound.standards import source_of


def refused_rows(imported: Import) -> bytes:
    """An XLSX that can be mended and brought back: the last column is left aside when it is."""
    why = dict(imported.rows.filter(verdict=RowVerdict.REFUSED).values_list("number", "problems"))
    table = source_of(imported, on=imported.received_at.date())
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(_("Refused rows")[:31])
    head = book.add_format({"bold": True, "bottom": 1})
    wrong = book.add_format({"bg_color": "#FBE3DF", "font_color": "#8F1D14"})
    reason = book.add_format({"text_wrap": True, "font_color": "#8F1D14"})
    columns = [name for name in table.columns if name != reason_column()]
    sheet.write_row(0, 0, [*columns, reason_column()], head)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(columns) - 1, 20)
    sheet.set_column(len(columns), len(columns), 70)
    at = 0
    for row in table.rows():
        if row.number not in why:
            continue
        at += 1
        marked = {problem["column"] for problem in why[row.number]}
        for place, name in enumerate(columns):
            sheet.write_string(at, place, row.cells[name][:32000], *((wrong,) if name in marked else ()))
        said = [f"{p['column']}: {p['sentence']}" if p["column"] else p["sentence"] for p in why[row.number]]
        sheet.write_string(at, len(columns), "\n".join(said)[:32000], reason)
    book.close()
    return kept.getvalue()


def reason_column() -> str:
    """What the column of reasons is called, so that it is known when the file comes back."""
    return _("Why it was refused (Parvis)")
