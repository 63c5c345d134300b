"""All the rows of an answer, in the form a person or a program works with."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

import orjson
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext_lazy as _

from parvis.doors.feeds.answering import CUT_SHORT, exactly, unbroken
from parvis.foundation.values import as_cell
from parvis.publication.reader import Release, Row
from parvis.publication.reader.tables.asked import Answer

from .asking import answer_of
from .problems import Problem
from .shapes import Asked

_AT_ONCE = 1000
_MOST_IN_A_WORKBOOK = 100_000
Kinds = dict[str, str]
#: What the last line says when the rest cannot be read. In JSON the missing bracket says it.
_LAST = {"csv": f"{CUT_SHORT}\r\n".encode()}


def exported(release: Release, name: str, form: str, asked: Asked) -> HttpResponseBase:
    """The rows as a file. Raises Problem and NotUnderstood."""
    if form not in _FORMS:
        raise Problem(404, "A table is given as %(forms)s.", forms=", ".join(_FORMS))
    answer = answer_of(release, name, asked)
    kind, make = _FORMS[form]
    body = make(answer, release.table(name).kinds)
    response: HttpResponseBase = (
        HttpResponse(body, content_type=kind)
        if isinstance(body, bytes)
        else StreamingHttpResponse(unbroken(release, body, last=_LAST.get(form, b"")), content_type=kind)
    )
    response["Content-Disposition"] = f'attachment; filename="{name}-{release.number}.{form}"'
    if form in ("parquet", "xlsx"):
        response["Content-Encoding"] = "identity"  # packed already
    return response


def _csv(answer: Answer, _kinds: Kinds) -> Iterator[bytes]:
    text = io.StringIO(newline="")
    written = csv.writer(text)
    written.writerow(answer.columns)
    rows = answer.each(0, None)
    while True:
        batch = list(islice(rows, _AT_ONCE))
        written.writerows([_cell(value) for value in row.values()] for row in batch)
        yield text.getvalue().encode()
        if not batch:
            return
        text.seek(0)
        text.truncate()


def _cell(value: Any) -> Any:
    """What a spreadsheet reads: no text is taken for a formula."""
    if isinstance(value, str):
        return as_cell(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, dict)):
        return orjson.dumps(value).decode()
    return f"{value:f}" if isinstance(value, Decimal) else value


def _json(answer: Answer, _kinds: Kinds) -> Iterator[bytes]:
    yield b"["
    between = b"\n"
    for row in answer.each(0, None):
        yield between + orjson.dumps(row, default=exactly)
        between = b",\n"
    yield b"\n]\n"


def _parquet(answer: Answer, kinds: Kinds) -> bytes:
    import pyarrow as pa  # noqa: PLC0415  # weighs, for those who ask of it
    from pyarrow import parquet  # noqa: PLC0415

    rows = [{name: _typed(value, kinds.get(name, "")) for name, value in row.items()} for row in answer.each(0, None)]
    schema = pa.schema([pa.field(name, _arrow_type(pa, rows, name, kinds.get(name, ""))) for name in answer.columns])
    sink = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(rows, schema=schema), sink, compression="zstd")
    return sink.getvalue()


def _typed(value: Any, kind: str) -> Any:
    if kind == "day" and isinstance(value, str):
        return date.fromisoformat(value)
    return value


def _arrow_type(pa: Any, rows: list[Row], name: str, kind: str) -> Any:
    """The type declared; for what was computed, the type of what it holds."""
    if kind.startswith("decimal"):
        precision, scale = kind[8:-1].split(",")
        return pa.decimal128(int(precision), int(scale))
    declared = {"int": pa.int64(), "bool": pa.bool_(), "day": pa.date32(), "list": pa.list_(pa.string())}
    if kind in declared:
        return declared[kind]
    if kind:
        return pa.string()
    held = next((row[name] for row in rows if row[name] is not None), "")
    if isinstance(held, Decimal):
        return pa.decimal128(38, 6)
    return pa.int64() if isinstance(held, int) else pa.date32() if isinstance(held, date) else pa.string()


def _workbook(answer: Answer, _kinds: Kinds) -> bytes:
    import xlsxwriter  # noqa: PLC0415  # for those who ask of it

    if answer.total > _MOST_IN_A_WORKBOOK:
        raise Problem(400, "A workbook holds %(most)s rows here: ask for fewer, or for csv.", most=_MOST_IN_A_WORKBOOK)
    sink = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
    with xlsxwriter.Workbook(sink, options) as book:
        sheet = book.add_worksheet()
        for place, name in enumerate(answer.columns):
            sheet.write_string(0, place, name)
        for line, row in enumerate(answer.each(0, None), 1):
            for place, value in enumerate(row.values()):
                _write(sheet, line, place, value)
    return sink.getvalue()


def _write(sheet: Any, line: int, place: int, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, place, value)
    elif isinstance(value, (int, Decimal)):
        sheet.write_number(line, place, value)
    else:
        sheet.write_string(line, place, value if isinstance(value, str) else orjson.dumps(value).decode())


_FORMS: dict[str, tuple[str, Callable[[Answer, Kinds], bytes | Iterator[bytes]]]] = {
    "csv": ("text/csv; charset=utf-8", _csv),
    "json": ("application/json", _json),
    "parquet": ("application/vnd.apache.parquet", _parquet),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _workbook),
}

_SAID = (
    _("A table is given as %(forms)s."),
    _("A workbook holds %(most)s rows here: ask for fewer, or for csv."),
)
