"""Who held which office, and when: people appear here as office holders or honoured persons, nowhere else."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal.page import Page
from parvis.doors.portal.shown.cites import Shown, cite_row
from parvis.doors.portal.shown.docs import Doc, children, fact
from parvis.doors.portal.shown.rows import row_of
from parvis.doors.portal.shown.sheet import found

from .lists import List, list_page
from .sheets import record_page


def holdings(page: Page, doc: Doc) -> list[Shown]:
    """Holders one after the other, each with the dates a source gives."""
    return [
        {
            "when": row.get("valid_from") or row.get("as_of") or "",
            "until": row.get("valid_to") or "",
            "link": page.link(row.get("person")),
            "acting_for": page.link(row.get("acting_for")),
            "words": row.get("note") or {},
            "cites": cite_row(page, row),
        }
        for row in children(doc, "holdings")
    ]


def row(page: Page, card: dict[str, Any]) -> Shown:
    doc = card["doc"]
    body = page.link(fact(doc, "body"))
    return row_of(page, card) | {"links": [body] if body else [], "when": ""}


def index(page: Page) -> HttpResponse:
    intro = _(
        "People speak here in the office they held that day. A later office does not change what was said before."
    )
    return list_page(page, List(("office",), facets=(), row=row), intro=intro)


def show(page: Page, key: str) -> HttpResponse:
    doc = found(page, key, ("office",))
    return record_page(page, doc, (("body", _("Body"), "record"),), holdings=holdings(page, doc))


def people(page: Page) -> HttpResponse:
    intro = _("Office holders and honoured persons. Nobody else is named.")
    return list_page(page, List(("person",), facets=()), intro=intro)


def show_person(page: Page, key: str) -> HttpResponse:
    return record_page(page, found(page, key, ("person",)))
