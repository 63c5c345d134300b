"""A page of a table, and how a table is told of."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from parvis.doors.feeds.answering import as_json
from parvis.publication.reader import Release, Row
from parvis.publication.reader.tables.asked import Answer, Question, answered, read_question

from .cursor import Cursor, mark_of, read_cursor
from .problems import Problem
from .shapes import DEEPEST, Asked, Paged

FORMS = ("csv", "json", "parquet", "xlsx")


def declared(release: Release, name: str) -> Row:
    """What is declared of a table. Raises Problem."""
    for table in release.tables():
        if table["name"] == name:
            return table
    names = ", ".join(table["name"] for table in release.tables())
    raise Problem(404, "There is no table “%(name)s”. There are: %(names)s.", name=name[:64], names=names)


def told(release: Release, table: Row) -> Row:
    """A table as the interface describes it."""
    name = table["name"]
    return {
        "dataset_id": name,
        "title": table["title"],
        "grain": table["grain"],
        "noun": table["noun"],
        "rows": table["rows"],
        "columns": [
            {"name": stored, "type": kind, "meaning": column["meaning"]}
            for column in table["columns"]
            for stored, kind in release.stored_columns(name, column["name"])
        ],
        "exports": {form: f"/api/v1/datasets/{name}/exports/{form}?release={release.number}" for form in FORMS},
    }


def question_of(asked: Asked) -> Question:
    return read_question(
        where=asked.where,
        select=asked.select,
        group_by=asked.group_by,
        order_by=asked.order_by,
        words=asked.q,
        refine=asked.refine,
        exclude=asked.exclude,
    )


def answer_of(release: Release, name: str, asked: Asked) -> Answer:
    """The answer of a table to what is asked. Raises Problem and NotUnderstood."""
    declared(release, name)
    question = question_of(asked)
    return answered(release.table(name), question)


def page(request: HttpRequest, release: Release, name: str, asked: Paged) -> HttpResponse:
    """One page of the rows asked for."""
    mark = mark_of(release, name, asked.where, asked.select, asked.group_by, asked.order_by, asked.q,
                   *asked.refine, "", *asked.exclude)  # fmt: skip
    start = _start(release, asked, mark)
    answer = answer_of(release, name, asked)
    stop = start + asked.limit
    rows = list(answer.each(start, stop))
    after = Cursor(release.number, stop, mark).written() if rows and stop < answer.total else None
    response = as_json({"release": release.number, "total_count": answer.total, "results": rows, "next_cursor": after})
    if after:
        query = {n: v for n, v in request.GET.lists() if n != "offset"} | {"cursor": after, "release": release.number}
        response["Link"] = f'<{request.build_absolute_uri(request.path)}?{urlencode(query, doseq=True)}>; rel="next"'
    return response


def _start(release: Release, asked: Paged, mark: str) -> int:
    if not asked.cursor:
        if asked.offset + asked.limit > DEEPEST + 1000:
            raise Problem(400, "Beyond %(most)s rows, follow the cursor of each page.", most=DEEPEST)
        return asked.offset
    cursor = read_cursor(asked.cursor)
    if cursor.mark != mark or cursor.release != release.number or asked.offset:
        said = "This cursor belongs to another question, or what is published changed since: begin again without it."
        raise Problem(400, said)
    return cursor.start


_SAID: tuple[Any, ...] = (
    _("There is no table “%(name)s”. There are: %(names)s."),
    _("Beyond %(most)s rows, follow the cursor of each page."),
)
