"""How programs ask: a form to try it, three examples, and what may be said."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import orjson
from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal.answers import answer
from parvis.doors.portal.page import Page
from parvis.publication.reader import TooMuch
from parvis.publication.reader.tables.asked import answered, read_question
from parvis.publication.reader.tables.tree import NotUnderstood

_ASKED = ("where", "q", "select", "group_by", "order_by")
_LONGEST = 1000
_SHOWN = 10
_FIRST = "agreements"


def index(page: Page) -> HttpResponse:
    """The page of the interface. What was typed is kept, and answered."""
    tables = [table["name"] for table in page.release.tables()]
    asked = {name: page.request.GET.get(name, "").strip()[:_LONGEST] for name in _ASKED}
    wanted = page.request.GET.get("dataset", "")
    table = wanted if wanted in tables else _FIRST if _FIRST in tables else tables[0]
    origin = page.request.build_absolute_uri("/").rstrip("/")
    query = {name: said for name, said in asked.items() if said} | {"limit": str(_SHOWN)}
    facts = {
        "tables": tables,
        "table": table,
        "asked": asked,
        "tried": "dataset" in page.request.GET,
        "origin": origin,
        "address": f"{origin}/api/v1/datasets/{table}/records?{urlencode(query)}",
        "columns": next(one["columns"] for one in page.release.tables() if one["name"] == table),
        "sayings": sayings(),
        **_tried(page, table, asked),
    }
    return answer(page, "portal/api.html", facts)


def _tried(page: Page, table: str, asked: dict[str, str]) -> dict[str, Any]:
    """The first rows of the answer, or the sentence that says why there is none."""
    try:
        question = read_question(
            where=asked["where"], select=asked["select"], group_by=asked["group_by"], order_by=asked["order_by"],
            words=asked["q"],
        )  # fmt: skip
        found = answered(page.release.table(table), question)
        rows = list(found.each(0, _SHOWN))
    except NotUnderstood as fault:
        facts = {name: _(fact) if name == "expected" else fact for name, fact in fault.facts.items()}  # type: ignore[arg-type]
        return {"refused": _(fault.said) % facts}
    except TooMuch:
        return {"refused": _("Too many records contain these words: add one.")}
    return {"total": found.total, "names": found.columns, "rows": [_cells(row) for row in rows]}


def _cells(row: dict[str, Any]) -> list[str]:
    return [_cell(value) for value in row.values()]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (str, int, Decimal)) and not isinstance(value, bool):
        return str(value)
    return orjson.dumps(value).decode()


def sayings() -> list[tuple[str, str]]:
    """What the language of questions can say, each with an example."""
    return [
        ('country = "BJ"', _("Equal; also !=, <, <=, >, >=")),
        ("year(signed) >= 2015", _("Year or month of a date, known in part or not")),
        ('kind in ("twinning", "framework")', _("One of several")),
        ("signed is null", _("Not known; “is not null”: known")),
        ('title_fr like "charte%"', _("Words anywhere, accents and capitals aside; “%” stands for anything")),
        ('startswith(key, "network-")', _("Begins with")),
        ('search("water")', _("Words of the record, as the search of this site finds them")),
        (
            "within_distance(place, geom'POINT(2.35 48.85)', 50km)",
            _("Where the record that a column names stands: near a point"),
        ),
        ("in_bbox(place, 41, -5, 51, 10)", _("In a box: south, west, north, east")),
        (
            "within(place, geom'POLYGON((2 48, 3 48, 3 49, 2 48))')",
            _("Inside an area, in WKT or GeoJSON; disjoint: outside"),
        ),
        ("length(title_fr) > 80", _("Signs of a text, items of a list")),
        ("not (… and …) or …", _("Joined, with brackets where needed")),
        ("count(*), sum(amount), avg(…), min(…), max(…)", _("In select, over rows gathered by group_by")),
        ("median(amount), percentile(amount, 90)", _("The number below which half stand, or so many in a hundred")),
        (
            "range(amount, 10000), range(signed, 5 years)",
            _("In group_by: steps of one width; or bounds: *, 1000, 5000, *"),
        ),
        ("date_format(signed, 'YYYY-MM')", _("A date as it is written, where it is known as far")),
    ]
