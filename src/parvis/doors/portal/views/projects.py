"""What is being built, by whom, with what result."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown import planning
from parvis.doors.portal.shown.cites import Shown
from parvis.doors.portal.shown.docs import children, fact
from parvis.doors.portal.shown.drawn import Line
from parvis.doors.portal.shown.rows import row_of
from parvis.doors.portal.shown.sheet import found

from .lists import List, list_page
from .sheets import record_page


def row(page: Page, card: dict[str, Any]) -> Shown:
    """A project with its places and the day its stage was known."""
    shown = row_of(page, card)
    places = [page.link(place["place"]) for place in children(card["doc"], "places")]
    return shown | {
        "links": [place for place in places if place],
        "as_of": fact(card["doc"], "stage_as_of") or "",
    }


def index(page: Page) -> HttpResponse:
    plan = List(
        ("project",),
        facets=("state", "kind", "theme", "country", "place"),
        line=Line(row=row),
        formats=("csv", "json", "geojson"),
        words={"kind": _("Sector"), "state": _("Stage")},
    )
    intro = _(
        "What the city builds with others abroad. The stage is the one a source gave on its day: "
        "nothing is guessed since."
    )
    return list_page(page, plan, intro=intro)


def show(page: Page, key: str) -> HttpResponse:
    doc = found(page, key, ("project",))
    glance = (
        ("stage", _("Stage"), "stage"),
        ("stage_as_of", _("Known on"), "date"),
        ("since", _("Since"), "date"),
        ("until", _("Until"), "date"),
        ("programme", _("Programme"), "?record"),
        ("agreement", _("Agreement"), "?record"),
    )
    partners = [
        {"link": link, "role": wording.of_group("project", "role", row["role"], page.language)}
        for row in children(doc, "partners")
        if (link := page.link(row["body"]))
    ]
    plan = {"milestones": planning.milestones(page, doc), "funding": planning.funding(page, doc)}
    return record_page(page, doc, glance, "portal/project.html", partners=partners, **plan)
