"""Every organisation the city deals with, its own units included."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal.page import Page
from parvis.doors.portal.shown.acts import acts_of
from parvis.doors.portal.shown.cites import Shown, cites
from parvis.doors.portal.shown.docs import Doc, citations
from parvis.doors.portal.shown.grants import grants_of
from parvis.doors.portal.shown.marks import marks_of
from parvis.doors.portal.shown.sheet import found, links_by_noun
from parvis.publication.reader import Filters

from .lists import List, list_page
from .sheets import record_page


def index(page: Page) -> HttpResponse:
    intro = _("Every organisation named in the sources, from United Nations bodies to the city's own departments.")
    return list_page(page, List(("body",), facets=("kind", "country")), intro=intro)


def show(page: Page, key: str) -> HttpResponse:
    doc = found(page, key, ("body",))
    glance = (
        ("place", _("Place"), "?record"),
        ("parent", _("Part of"), "?record"),
        ("founded", _("Founded"), "?date"),
        ("closed", _("Closed"), "?date"),
        ("successor", _("Followed by"), "?record"),
    )
    if key == page.release.city.get("the_city"):
        return record_page(page, doc, glance)
    acts = acts_of(page, [key])
    grants = grants_of_body(page, key)
    told = {act["key"] for act in acts}
    others = [
        {**group, "rows": rows}
        for group in links_by_noun(page, doc, leave=("source", "conflict", "label"))
        if (rows := [row for row in group["rows"] if row["key"] not in told])
    ]
    shared = [act for act in acts if act["noun"] not in ("grant", "label")]  # they have a list of their own
    more = {"marks": marks_of(page, key), "documents": documents(page, doc, acts)}
    return record_page(page, doc, glance, "portal/body.html", acts=shared, groups=others, grants=grants, **more)


def documents(page: Page, doc: Doc, acts: list[Shown]) -> list[Shown]:
    """The sources that tell of a body, and of what is shared with it, each with its lines."""
    keys = [doc["key"], *(act["key"] for act in acts)]
    told = [cite for key in keys for cite in citations(page.release.record(key) or {})]
    return cites(page, told)


def grants_of_body(page: Page, key: str) -> Shown | None:
    """What a body received, year by year."""
    grants = grants_of(page, Filters(bodies=(key,)), body=key)
    return {**grants, "no_body": True} if grants else None
