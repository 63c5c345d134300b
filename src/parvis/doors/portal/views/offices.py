"""Who held which office, and when: people appear here as office holders or honoured persons, nowhere else."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal.page import Page
from parvis.doors.portal.shown.cites import Shown, cite_row
from parvis.doors.portal.shown.docs import Doc, children, fact
from parvis.doors.portal.shown.rows import row_of
from parvis.doors.portal.shown.sheet import found
from parvis.doors.ui import spelling
from parvis.foundation.values import PartialDate, in_language

from .lists import List, list_page
from .sheets import record_page


def held(page: Page, doc: Doc) -> list[str]:
    """Who holds it, held it or will hold it on the day shown: the tense follows the dates, nobody rewrites it.

    On a past day nobody knew who would come next, nor until when: ``doc`` is the office as it stood.
    """
    return [_sentence(page, row) for row in children(doc, "holdings") if not row.get("acting_for")]


def _sentence(page: Page, row: Shown) -> str:
    link = page.link(row.get("person"))
    who = in_language(link["title"], page.language)[0] if link else _("Somebody our sources do not name")
    start, end, seen = (row.get(name) or "" for name in ("valid_from", "valid_to", "as_of"))
    said = {
        "who": who,
        "start": spelling.day(start, page.language),
        "end": spelling.day(end, page.language),
        "seen": spelling.day(seen or start, page.language),
    }
    return spelling.spaced(_tense(page, start, end) % said, page.language)


def _tense(page: Page, start: str, end: str) -> str:  # noqa: PLR0911  # a sentence for each case
    """The sentence for these dates, seen from the day shown."""
    day = page.shown_day
    begins, ends = (PartialDate.parse(text) if text else None for text in (start, end))
    if begins and begins.earliest and begins.earliest > day:
        return _("%(who)s will hold this office from %(start)s.")
    if ends and ends.latest and ends.latest < day:
        if begins:
            return _("%(who)s held this office from %(start)s to %(end)s.")
        return _("%(who)s held this office until %(end)s.")
    if ends:
        return _("%(who)s holds this office, until %(end)s.")
    if begins and page.on:
        return _("%(who)s had held this office since %(start)s.")
    if begins:
        return _("%(who)s held this office from %(start)s; last seen in it: %(seen)s. No source gives its end.")
    return _("%(who)s held this office on this date: %(seen)s. No source gives its beginning or its end.")


def results(page: Page, doc: Doc) -> list[Shown]:
    """What was done in the office, each with its source."""
    return [
        {
            "when": row.get("day") or "",
            "words": row["words"],
            "link": page.link(row.get("record")),
            "cites": cite_row(page, row),
        }
        for row in children(doc, "results")
    ]


def holdings(page: Page, doc: Doc) -> list[Shown]:
    """Holders one after the other, each with the dates a source gives."""
    return [
        {
            "when": row.get("valid_from") or row.get("as_of") or "",
            "until": row.get("valid_to") or "",
            "link": page.link(row.get("person")),
            "acting_for": page.link(row.get("acting_for")),
            "words": row.get("note") or {},
            "cites": cite_row(page, row),
        }
        for row in children(doc, "holdings")
    ]


def row(page: Page, card: dict[str, Any]) -> Shown:
    doc = card["doc"]
    body = page.link(fact(doc, "body"))
    return row_of(page, card) | {"links": [body] if body else [], "when": ""}


def index(page: Page) -> HttpResponse:
    intro = _(
        "People speak here in the office they held that day. A later office does not change what was said before."
    )
    return list_page(page, List(("office",), facets=(), row=row), intro=intro)


def show(page: Page, key: str) -> HttpResponse:
    doc = found(page, key, ("office",))
    return record_page(
        page,
        doc,
        (("body", _("Body"), "record"),),
        holders=held(page, doc),
        results=results(page, doc),
        holdings=holdings(page, doc),
    )


def people(page: Page) -> HttpResponse:
    intro = _("Office holders and honoured persons. Nobody else is named.")
    return list_page(page, List(("person",), facets=()), intro=intro)


def show_person(page: Page, key: str) -> HttpResponse:
    return record_page(page, found(page, key, ("person",)))
