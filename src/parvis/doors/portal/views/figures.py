"""How did this number move, and who says so."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown import values
from parvis.doors.portal.shown.cites import Shown
from parvis.doors.portal.shown.docs import fact
from parvis.doors.portal.shown.plates import plate
from parvis.doors.portal.shown.rows import row_of
from parvis.doors.portal.shown.sheet import found

from .lists import List, list_page
from .sheets import record_page


def row(page: Page, card: dict[str, Any]) -> Shown:
    return row_of(page, card) | {"figure": values.figure(page, card["doc"])}


def index(page: Page) -> HttpResponse:
    intro = _("Every figure with its date, its source and who says so. Where sources differ, all values are shown.")
    return list_page(
        page,
        List(("indicator",), facets=("kind", "theme"), row=row, template="portal/figures.html"),
        intro=intro,
    )


def history(page: Page, doc: Any) -> list[Shown]:
    """Every value ever held, newest first, with its scope and who speaks."""
    first = values.shown_first(doc["statements"])
    return [
        values.value_of(page, said)
        | {
            "first": said is first,
            "rank_word": wording.of_group("statement", "rank", said.get("rank"), page.language),
        }
        for said in values.newest_first(doc["statements"])
        if said["property"] == "value"
    ]


def show(page: Page, key: str) -> HttpResponse:
    doc = found(page, key, ("indicator",))
    glance = (("definition", _("Definition"), "words"), ("about", _("About"), "?record"))
    reasons = [said["reason"] for said in doc["statements"] if said.get("reason")]
    return record_page(
        page,
        doc,
        glance,
        template="portal/figure.html",
        figure=values.figure(page, doc),
        history=history(page, doc),
        chart=plate(page, f"figure-{key}"),
        reasons=reasons,
        unit=wording.unit(fact(doc, "unit") or "", 2, page.language),
    )
