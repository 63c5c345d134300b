"""Ways of acting that last: calls, levies, residencies, seasons, plans, with their editions."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown.cites import Shown, cite_row
from parvis.doors.portal.shown.docs import Doc, children
from parvis.doors.portal.shown.grants import against_published, grants_of
from parvis.doors.portal.shown.sheet import found
from parvis.publication.reader import Filters

from .lists import List, list_page
from .sheets import record_page


def index(page: Page) -> HttpResponse:
    intro = _("Ways of acting that last: budgets, levies, calls, residencies, seasons and plans.")
    return list_page(page, List(("programme",), facets=("kind", "theme", "country")), intro=intro)


def editions(page: Page, doc: Doc) -> list[Shown]:
    return [
        {
            "when": row.get("when") or "",
            "words": row.get("label") or {},
            "state": wording.pill("edition", row.get("state"), page.language),
            "cites": cite_row(page, row),
        }
        for row in children(doc, "editions")
    ]


def show(page: Page, key: str) -> HttpResponse:
    doc = found(page, key, ("programme",))
    glance = (
        ("run_by", _("Run by"), "record"),
        ("since", _("Since"), "date"),
        ("until", _("Until"), "?date"),
        ("origin", _("Comes from"), "?record"),
    )
    grants = grants_of(page, Filters(funds=(key,)), fund=key)
    beside = against_published(page, key) if grants else []
    return record_page(
        page,
        doc,
        glance,
        steps=editions(page, doc),
        steps_title=_("Editions"),
        grants=grants,
        beside=beside,
        by_country=page.to("countries", fund=key) if grants else "",
    )
