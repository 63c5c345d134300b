"""What comes next, what comes back each year, and what was held."""

from datetime import date
from heapq import nsmallest
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown.cites import Shown
from parvis.doors.portal.shown.docs import Doc, children, fact
from parvis.doors.portal.shown.drawn import Drawn, Line, drawn
from parvis.doors.portal.shown.rows import row_of
from parvis.doors.portal.shown.sheet import found
from parvis.doors.portal.shown.years import next_time
from parvis.foundation.values import PartialDate

from .lists import List, list_page
from .sheets import record_page

#: How many events to come are shown.
_SOON = 20


def row(page: Page, card: dict[str, Any]) -> Shown:
    """An event: when, where, and whether any later source tells of it."""
    doc = card["doc"]
    shown = row_of(page, card)
    return shown | {
        "when": fact(doc, "starts") or fact(doc, "recurs_on") or "",
        "until": fact(doc, "ends") or "",
        "every_year": fact(doc, "recurs") == "yearly",
        "state": wording.no_later_source() if _overdue(page, doc) else shown["state"],
        "links": [link for link in [page.link(fact(doc, "place") or fact(doc, "destination"))] if link],
    }


def _overdue(page: Page, doc: Doc) -> bool:
    """Announced for a day now past, and no later source."""
    starts = fact(doc, "starts")
    if fact(doc, "state") not in ("planned", "announced") or not starts:
        return False
    last = PartialDate.parse(starts).latest
    return last is not None and last < page.shown_day


def _next_of(starts: str | None, recurs_on: str | None, today: date) -> date | None:
    if recurs_on:
        return next_time(recurs_on, today)
    last = PartialDate.parse(starts).latest if starts else None
    return PartialDate.parse(starts).earliest or last if starts and last and last >= today else None


def _nearest(page: Page) -> list[str]:
    """Keys of the events to come, the nearest first."""
    told = page.release.columns("events", "key", "starts", "recurs_on")
    ahead = ((day, key) for key, starts, recurs_on in told if (day := _next_of(starts, recurs_on, page.day)))
    return [key for _day, key in nsmallest(_SOON, ahead)]


def to_come(page: Page) -> list[Drawn]:
    """Events of the coming months, the nearest first."""
    keys = page.release.remembered("events to come", lambda: _nearest(page))
    cards = page.release.cards(keys, lang=page.language).values()
    return drawn(page, list(cards), Line("portal/_to_come_row.html", row))


def index(page: Page) -> HttpResponse:
    plan = List(
        ("event",),
        facets=("kind", "state", "theme"),
        sort="date",
        line=Line(row=row),
        template="portal/agenda.html",
        formats=("csv", "json", "ics"),
    )
    return list_page(page, plan, to_come=to_come(page))


def show(page: Page, key: str) -> HttpResponse:
    doc = found(page, key, ("event",))
    glance = (
        ("starts", _("Begins"), "?date"),
        ("ends", _("Ends"), "?date"),
        ("recurs_on", _("Comes back"), "?date"),
        ("recurs", _("How often"), "?recurs"),
        ("place", _("Place"), "record"),
        ("state_as_of", _("State known on"), "?date"),
    )
    bodies = [(row["role"], link) for row in children(doc, "bodies") if (link := page.link(row["body"]))]
    organisers = [link for role, link in bodies if role.startswith("organis")]
    participants = [link for role, link in bodies if not role.startswith("organis")]
    return record_page(page, doc, glance, overdue=_overdue(page, doc), organisers=organisers, participants=participants)


def missions(page: Page) -> HttpResponse:
    intro = _("Why the city's officials travel, with whom, and who pays.")
    return list_page(page, List(("mission",), facets=("kind", "state"), sort="date", line=Line(row=row)), intro=intro)


def show_mission(page: Page, key: str) -> HttpResponse:
    doc = found(page, key, ("mission",))
    glance = (
        ("starts", _("Begins"), "date"),
        ("ends", _("Ends"), "?date"),
        ("destination", _("Destination"), "record"),
        ("origin", _("Origin"), "origin"),
        ("payer", _("Who pays"), "record"),
    )
    members = [
        {"link": link, "role": row.get("part") or {}}
        for row in children(doc, "members")
        if (link := page.link(row["who"]))
    ]
    return record_page(page, doc, glance, members=members)
