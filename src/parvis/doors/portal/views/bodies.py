"""Every organisation the city deals with, its own units included."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal.page import Page
from parvis.doors.portal.shown.sheet import found

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
    return record_page(page, doc, glance)
