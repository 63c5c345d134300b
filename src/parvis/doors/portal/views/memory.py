"""What does the city remember, where, and what anniversary comes next."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.doors.portal import wording
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown.cites import Shown, cite_row
from parvis.doors.portal.shown.docs import Doc, children, fact, text
from parvis.doors.portal.shown.plates import plate
from parvis.doors.portal.shown.rows import row_of, rows_of
from parvis.doors.portal.shown.sheet import found
from parvis.doors.portal.shown.years import next_anniversary, partial

from .lists import List, list_page
from .sheets import record_page


def coming(page: Page) -> list[Shown]:
    """Anniversaries to come, the nearest first."""
    anniversaries = []
    for card in page.release.each("commemoration", lang=page.language, docs=True):
        comes = next_anniversary(fact(card["doc"], "event_day") or "", page.day)
        if comes:
            anniversaries.append((comes[0], card, comes))
    return [
        _anniversary(page, card, comes)
        for _day, card, comes in sorted(anniversaries, key=lambda one: (one[0], one[1]["key"]))
    ]


def _anniversary(page: Page, card: dict[str, Any], comes: Any) -> Shown:
    day, years, precision = comes
    return {
        "title": text(card["doc"], "title"),
        "address": page.to_record("commemoration", card["key"]),
        "when": partial(day, precision),
        "years": ngettext("%(n)s year", "%(n)s years", years) % {"n": years},
        "remembered": fact(card["doc"], "event_day"),
    }


def memorial_row(page: Page, card: dict[str, Any]) -> Shown:
    doc = card["doc"]
    return row_of(page, card) | {
        "remembers": page.link(fact(doc, "remembers")),
        "when": fact(doc, "unveiled") or "",
    }


def index(page: Page) -> HttpResponse:
    memorials = page.release.listing("memorial", lang=page.language, docs=True, size=200)
    return list_page(
        page,
        List(
            ("commemoration",),
            facets=("kind",),
            sort="oldest",
            template="portal/memory.html",
            row=commemoration_row,
        ),
        memorials=rows_of(page, memorials.rows, memorial_row),
        coming=coming(page),
        strip=plate(page, "anniversaries"),
    )


def commemoration_row(page: Page, card: dict[str, Any]) -> Shown:
    return row_of(page, card) | {"when": fact(card["doc"], "event_day") or ""}


def acts(page: Page, doc: Doc) -> list[Shown]:
    return [
        {
            "when": act.get("day") or "",
            "words": act.get("words") or {},
            "state": wording.no_later_source()
            if act.get("state") in wording.TO_COME
            else wording.pill("commemoration", act.get("state"), page.language),
            "cites": cite_row(page, act),
        }
        for act in children(doc, "acts")
    ]


def show(page: Page, key: str) -> HttpResponse:
    doc = found(page, key, ("memorial", "commemoration"))
    if doc["noun"] == "memorial":
        glance = (
            ("remembers", _("Remembers"), "record"),
            ("place", _("Place"), "record"),
            ("unveiled", _("Unveiled"), "date"),
        )
        return record_page(page, doc, glance)
    comes = next_anniversary(fact(doc, "event_day") or "", page.day)
    anniversary = _anniversary(page, {"doc": doc, "key": key}, comes) if comes else None
    return record_page(
        page,
        doc,
        (("event_day", _("Day remembered"), "date"),),
        steps=acts(page, doc),
        steps_title=_("What was done to remember"),
        anniversary=anniversary,
    )
