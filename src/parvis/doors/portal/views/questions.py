"""What do critics ask, and what is the answer."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal.page import Page
from parvis.doors.portal.shown.cites import Shown
from parvis.doors.portal.shown.docs import children, fact, text
from parvis.doors.portal.shown.rows import row_of
from parvis.doors.portal.shown.sheet import found

from .lists import List, list_page
from .sheets import record_page


def ask_at() -> str:
    """Where a question is sent: the counter, since this site keeps nothing."""
    return f"{settings.PARVIS_OFFICE_ORIGIN}/guichet/questions/"


def evidence_of(page: Page, doc: Any) -> list[Shown]:
    return [link for row in children(doc, "evidence") if (link := page.link(row["record"]))]


def row(page: Page, card: dict[str, Any]) -> Shown:
    doc = card["doc"]
    return row_of(page, card) | {
        "summary": fact(doc, "answer") or text(doc, "answer"),
        "asked_by": fact(doc, "asked_by") or {},
        "when": fact(doc, "asked") or "",
        "answered": fact(doc, "answered") or "",
    }


def index(page: Page) -> HttpResponse:
    intro = _(
        "Questions on substance get a public, dated answer, criticism included. Who asks is told by "
        "role, never by name."
    )
    return list_page(
        page,
        List(("question",), facets=("state", "theme"), sort="date", row=row),
        intro=intro,
        ask=True,
        ask_at=ask_at(),
    )


def show(page: Page, key: str) -> HttpResponse:
    doc = found(page, key, ("question",))
    glance = (
        ("asked_by", _("Asked by"), "words"),
        ("asked", _("Asked"), "date"),
        ("answered", _("Answered"), "date"),
    )
    return record_page(
        page,
        doc,
        glance,
        body=fact(doc, "answer") or text(doc, "answer"),
        body_title=_("Answer"),
        evidence=evidence_of(page, doc),
        ask=True,
        ask_at=ask_at(),
    )
