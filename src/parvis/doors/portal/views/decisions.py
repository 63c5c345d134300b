"""Which votes, rulings and laws does the city's action rest on."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown.cites import Shown, cite_row
from parvis.doors.portal.shown.docs import Doc, children
from parvis.doors.portal.shown.sheet import Glance, found
from parvis.doors.ui.templatetags.parvis import day
from parvis.foundation.values import PartialDate

from .lists import List, list_page
from .sheets import record_page


def index(page: Page) -> HttpResponse:
    intro = _(
        "Votes of the council, rulings of courts, and the laws and treaties that allow or frame what "
        "the city does abroad."
    )
    return list_page(page, List(("decision", "legal_basis"), facets=("kind", "state"), sort="date"), intro=intro)


def milestones(page: Page, doc: Doc) -> list[Shown]:
    return [
        {
            "when": row.get("actual") or row.get("expected") or "",
            "state": planned_and_real(page, row),
            "words": row["words"],
            "cites": cite_row(page, row),
        }
        for row in children(doc, "milestones")
    ]


def planned_and_real(page: Page, row: dict[str, Any]) -> dict[str, str] | None:
    """When a moment was expected, against when it came; or that no source says whether it did."""
    expected = row.get("expected")
    if not expected:
        return None
    if row.get("actual"):
        return {"icon": "clock", "tone": "", "word": _("Expected: %(day)s") % {"day": day(expected)}}
    due = PartialDate.parse(expected).latest
    if due and due < page.shown_day:
        return wording.no_later_source()
    return {"icon": "clock", "tone": "", "word": _("Expected")}


def show(page: Page, key: str) -> HttpResponse:
    doc = found(page, key, ("decision", "legal_basis"))
    if doc["noun"] == "decision":
        glance: Glance = (
            ("body", _("Decided by"), "record"),
            ("number", _("Number"), "?text"),
            ("day", _("On"), "date"),
            ("outcome", _("Outcome"), "words"),
            ("matter", _("Matter"), "?matter"),
            ("seats", _("Members in office"), "?number"),
            ("voters", _("Took part in the vote"), "?number"),
            ("votes_for", _("Votes for"), "?number"),
            ("votes_against", _("Votes against"), "?number"),
            ("abstentions", _("Abstentions"), "?number"),
        )
        concerns = [link for row in children(doc, "concerns") if (link := page.link(row["about"]))]
        return record_page(page, doc, glance, evidence=concerns, evidence_title=_("Concerns"))
    glance = (
        ("level", _("Level"), "level"),
        ("jurisdiction", _("Where it holds"), "?record"),
        ("adopted", _("Adopted"), "?date"),
        ("in_force_from", _("In force from"), "?date"),
        ("repealed", _("Repealed"), "?date"),
    )
    return record_page(page, doc, glance, steps=milestones(page, doc), steps_title=_("Milestones"))
