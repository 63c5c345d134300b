"""The page of one record, for the sections that need no more."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal import outside
from parvis.doors.portal.answers import answer
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown import sheet as sheets
from parvis.doors.portal.shown.docs import Doc
from parvis.doors.portal.shown.filed import filed_elsewhere

#: Nouns of what may stand in a register of others.
_FILED = frozenset({"programme", "project", "promise", "agreement", "event", "decision"})


def record_page(
    page: Page, doc: Doc, glance: sheets.Glance = (), template: str = "portal/record.html", **more: Any
) -> HttpResponse:
    """A record as a page, with what its section adds."""
    shown = sheets.sheet(page, doc, glance)
    shown["glance"] += more.pop("more_glance", [])
    shown["trail"] = more.pop("trail", shown["trail"])
    leave = ("source", "conflict", *(["grant"] if more.get("grants") else []))  # they have a table of their own
    groups = sheets.links_by_noun(page, doc, leave=leave)
    if doc["noun"] in _FILED and (filed := filed_elsewhere(page, str(doc["key"]))):
        more |= {"filed": filed, "filed_title": _("Filed in the registers of others")}
    held = outside.held_outside(page, str(doc["key"]))
    return outside.let_in(answer(page, template, {"sheet": shown, "groups": groups, "outside": held, **more}), held)
