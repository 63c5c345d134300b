"""Where sources contradict one another: every side shown, with a sentence on why they may differ."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal.page import Page
from parvis.doors.portal.shown.cites import Shown, cite_row
from parvis.doors.portal.shown.docs import fact
from parvis.doors.portal.shown.rows import row_of
from parvis.doors.portal.shown.sheet import found

from .lists import List, list_page
from .sheets import record_page


def sides(page: Page, doc: Any) -> list[Shown]:
    return [
        {
            "said": side["words"],
            "when": side.get("as_of") or "",
            "cites": cite_row(page, side),
            "first": side["position"] == fact(doc, "preferred"),
        }
        for side in sorted(doc.get("sides") or (), key=lambda side: side["position"])
    ]


def row(page: Page, card: dict[str, Any]) -> Shown:
    doc = card["doc"]
    return row_of(page, card) | {
        "sides": sides(page, doc),
        "why": fact(doc, "note") or {},
        "about": page.link(fact(doc, "about")),
    }


def index(page: Page) -> HttpResponse:
    intro = _("Sources that disagree are knowledge. Both sides stay, and a choice always has a reason.")
    return list_page(
        page,
        List(("conflict",), facets=("kind",), row=row, template="portal/contradictions.html"),
        intro=intro,
    )


def show(page: Page, key: str) -> HttpResponse:
    doc = found(page, key, ("conflict",))
    return record_page(
        page,
        doc,
        (("about", _("About"), "?record"),),
        sides=sides(page, doc),
        why=fact(doc, "note") or {},
        reason=fact(doc, "reason") or {},
    )
