"""Whom does the city honour, and what became of them."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown.cites import Shown, cite_row
from parvis.doors.portal.shown.docs import Doc, children, fact
from parvis.doors.portal.shown.rows import row_of
from parvis.doors.portal.shown.sheet import found, notices
from parvis.publication.reader import Filters

from .lists import List, list_page
from .sheets import record_page


def steps_of(page: Page, doc: Doc) -> list[Shown]:
    return [
        {
            "when": step.get("day") or "",
            "state": wording.pill("honour", step["step"], page.language),
            "cites": cite_row(page, step),
        }
        for step in children(doc, "steps")
    ]


def outcomes_of(page: Page, doc: Doc) -> list[Shown]:
    """What came after: after the honour, never because of it."""
    return [
        {"when": row.get("day") or "", "words": row["words"], "cites": cite_row(page, row)}
        for row in children(doc, "outcomes")
    ]


def row(page: Page, card: dict[str, Any]) -> Shown:
    doc = card["doc"]
    outcomes = outcomes_of(page, doc)
    steps = children(doc, "steps")
    return row_of(page, card) | {
        "honoree": page.link(fact(doc, "honoree")),
        "steps": steps_of(page, doc),
        "outcomes": outcomes,
        "state": wording.pill("honour", steps[-1]["step"], page.language) if steps else None,
        "when": next((step["day"] for step in steps if step.get("day")), ""),
    }


def index(page: Page) -> HttpResponse:
    plan = List(("honour",), facets=("kind",), row=row, template="portal/rights.html")
    acts = page.release.listing(
        "programme", lang=page.language, filters=Filters(themes=("rights",)), docs=True, size=20
    )
    told = notices(page, (theme for card in acts.rows for theme in card["themes"]))
    return list_page(page, plan, programmes=[row_of(page, card) for card in acts.rows], notices=told)


def show(page: Page, key: str) -> HttpResponse:
    doc = found(page, key, ("honour",))
    glance = (("honoree", _("Honoured"), "record"), ("awarded_by", _("Awarded by"), "record"))
    return record_page(
        page,
        doc,
        glance,
        steps=steps_of(page, doc),
        steps_title=_("Steps"),
        after=outcomes_of(page, doc),
    )
