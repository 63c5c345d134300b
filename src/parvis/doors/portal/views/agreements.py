"""What is signed, in force, with whom, until when."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from operator import attrgetter
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown.cites import Shown, cite_row
from parvis.doors.portal.shown.docs import Doc, children, fact
from parvis.doors.portal.shown.drawn import Line
from parvis.doors.portal.shown.plates import plate
from parvis.doors.portal.shown.published import counted_as
from parvis.doors.portal.shown.rows import row_of
from parvis.doors.portal.shown.sheet import found
from parvis.foundation.values import in_language, sort_key
from parvis.publication.reader import Filters

from .lists import List, list_page
from .sheets import record_page

EUROPEAN = "european_accord"
#: First day, the day it is over, and how it stands between them.
Span = tuple[str | None, str | None, str]


def _ourselves(page: Page) -> set[str | None]:
    return {page.release.city.get("the_city"), page.release.city.get("place")}


def others(page: Page, doc: Doc) -> list[Shown]:
    """The parties, without the city whose register this is."""
    ours = _ourselves(page)
    links = (page.link(row["party"]) for row in children(doc, "parties"))
    named = [link for link in links if link]
    return [link for link in named if link["key"] not in ours] or named


def _is_ours(page: Page, doc: Doc) -> bool:
    """Whether the city itself is a party; some agreements on record bind other cities only."""
    ours = _ourselves(page)
    return any(row["party"] in ours for row in children(doc, "parties"))


def standing(doc: Doc, day: date) -> str:
    """In force on a day: yes, no, or not known; computed from the dated steps when the release was made."""
    spans = ((row.get("from_day"), row.get("to_day"), row["standing"]) for row in children(doc, "standings"))
    return _standing_among(spans, day.isoformat())


def _standing_among(spans: Iterable[Span], day: str) -> str:
    told = (standing for start, end, standing in spans if (start or "") <= day and (not end or day < end))
    return next(told, "not_known")


def standing_word(code: str) -> str:
    return {"yes": _("In force"), "no": _("Not in force"), "not_known": _("Not known")}[code]


def row(page: Page, card: dict[str, Any]) -> Shown:
    """An agreement as a line of the table: with whom, under which word, since when, how sure."""
    doc = card["doc"]
    parties = others(page, doc)
    return row_of(page, card) | {
        "parties": parties,
        "between_others": not _is_ours(page, doc),
        "called": fact(doc, "called") or {},
        "signed": fact(doc, "signed") or "",
        "until": fact(doc, "end") or fact(doc, "until") or "",
        "standing": standing_word(standing(doc, page.shown_day)),
    }


def counted(page: Page, kinds: tuple[str, ...] = ()) -> list[Shown]:
    """How many agreements stand how, on the day shown: counted here, never typed."""
    standings = page.release.remembered(("standings", page.on, kinds), lambda: _count(page, kinds))
    return [{"word": standing_word(code), "count": standings[code]} for code in ("yes", "not_known", "no")]


def _count(page: Page, kinds: tuple[str, ...]) -> Counter[str]:
    """Every agreement of the city is looked at, in two columns or three of the published tables."""
    release, day, ours = page.release, page.shown_day.isoformat(), _ourselves(page)
    signed = {
        agreement for agreement, party in release.columns("agreement_parties", "agreement", "party") if party in ours
    }
    spans: dict[str, list[Span]] = {}
    for agreement, *span in release.columns("agreement_standings", "agreement", "from_day", "to_day", "standing"):
        spans.setdefault(agreement, []).append(tuple(span))
    held = release.keys("agreement", lang=page.language, filters=Filters(kinds=kinds), on=page.on)
    return Counter(_standing_among(spans.get(key, ()), day) for key in held if key in signed)


def _by_party(_page: Page, listed: dict[str, Any]) -> dict[str, Any]:
    """Rows show with whom, not the title: a list of one page is in the order of what it shows."""
    if listed["sort"] == "name" and listed["listing"]["pages"] == 1:
        listed["lines"].sort(key=attrgetter("order"))
    return listed


def _names(page: Page, row: Shown) -> list[str]:
    """What a row is sorted by: the names of the parties it shows."""
    return [sort_key(_name(page, one), page.language) for one in row["parties"]]


def _name(page: Page, link: Shown) -> str:
    return in_language(link["title"], page.language)[0]


def _tabs(page: Page) -> list[dict[str, Any]]:
    return [
        {"word": _("All"), "address": page.to("agreements"), "current": not page.view},
        {
            "word": _("Europe"),
            "address": page.to("agreements", view="europe"),
            "current": page.view == "europe",
        },
    ]


def _list(**fixed: tuple[str, ...]) -> List:
    return List(
        ("agreement",),
        facets=("kind", "state", "theme", "country"),
        line=Line("portal/_agreement_row.html", row, _names),
        template="portal/agreements.html",
        formats=("csv", "json", "geojson"),
        fixed=fixed,
        arranged=_by_party,
    )


def index(page: Page) -> HttpResponse:
    standings = counted(page)
    return list_page(
        page,
        _list(),
        tabs=_tabs(page),
        counted_on=standings,
        ours=sum(one["count"] for one in standings),
        published=counted_as(page, "agreements_signed"),
    )


def europe(page: Page) -> HttpResponse:
    """The European accords, with their map; the count is that of the records."""
    standings = counted(page, (EUROPEAN,))
    return list_page(
        page,
        _list(kind=(EUROPEAN,)),
        title=_("European accords"),
        tabs=_tabs(page),
        plate=plate(page, "accords"),
        counted_on=standings,
        ours=sum(one["count"] for one in standings),
        published=counted_as(page, "european_accords"),
    )


def show(page: Page, key: str) -> HttpResponse:
    doc = found(page, key, ("agreement",))
    glance = (
        ("called", _("Called"), "words"),
        ("signed", _("Signed"), "date"),
        ("in_force_from", _("In force from"), "date"),
        ("end", _("Until"), "date"),
        ("term_years", _("Term, in years"), "?years"),
        ("renewal", _("Renewal"), "renewal"),
        ("decision", _("Decision"), "?record"),
    )
    steps = [
        {
            "when": step.get("day") or "",
            "state": wording.pill("agreement", step["state"], page.language),
            "cites": cite_row(page, step),
        }
        for step in children(doc, "steps")
    ]
    clauses = [
        {
            "label": wording.of_group("agreement", "clause", clause["kind"], page.language),
            "words": clause["words"],
            "cites": cite_row(page, clause),
        }
        for clause in children(doc, "clauses")
    ]
    return record_page(
        page,
        doc,
        glance,
        steps=steps,
        steps_title=_("Steps"),
        clauses=clauses,
        parties=others(page, doc),
        standing=standing_word(standing(doc, page.shown_day)),
    )
