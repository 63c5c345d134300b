"""Which cities is the city tied to, and what does it share with each of them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.doors.portal import wording
from parvis.doors.portal.answers import answer
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown import sheet as sheets
from parvis.doors.portal.shown import values
from parvis.doors.portal.shown.acts import acts_of, dated
from parvis.doors.portal.shown.cites import Shown, sources_of
from parvis.doors.portal.shown.docs import Doc, every_source, fact
from parvis.doors.portal.shown.gaps import gaps_of
from parvis.doors.portal.shown.grants import grants_of
from parvis.doors.portal.shown.plates import plate
from parvis.doors.portal.shown.ties import tie_word, ties_of
from parvis.doors.ui import spelling
from parvis.publication.reader import Filters

from .towns import towns_page

#: Kinds of figure that describe a place, not what the city does with it.
PROFILE = frozenset({"population", "share"})


def index(page: Page) -> HttpResponse:
    return towns_page(page, "portal/partners.html")


def show(page: Page, key: str) -> HttpResponse:
    """A place: everything shared with it, dated; what could not be found; who says so."""
    doc = sheets.found(page, key, ("place", "relation"))
    if doc["noun"] == "relation":
        return _relation(page, doc)
    shared = acts_of(page, [key, *stands_for(page, doc)])
    tie = ties_of(page).get(key)
    shown = sheets.sheet(page, doc)
    grants = _grants(page, doc)
    globe = plate(page, f"globe-{key}")
    facts = {
        "sheet": shown,
        "acts": shared,
        "sum": summed_up(page, shared, tie) if tie or shared else "",
        "glance": at_a_glance(page, doc, shared, tie, globe, grants),
        "gaps": gaps_of(page, shared, with_money=bool(grants)) if tie else [],
        "grants": grants,
        "globe": globe,
        "within": _within(page, key),
        "profile": [figure for _kind, figure in profile(page, key)],
        "compare": page.to("partners", view="compare", **{"with": key}) if doc["kind"] == "city" else "",
        "sources": sources_of(page, _sources(doc, shared)),
        "trail": _trail(page, doc),
        "ics": page.in_format("ics"),
    }
    return answer(page, "portal/partner.html", facts)


def _grants(page: Page, doc: Doc) -> Shown | None:
    """What was voted for a place; for a country, in any place of it."""
    key, country = doc["key"], fact(doc, "country")
    if doc["kind"] == "country":
        return grants_of(page, Filters(countries=(country,)), country=country)
    return grants_of(page, Filters(places=(key,)), place=key)


def _relation(page: Page, doc: Doc) -> HttpResponse:
    glance = (
        ("partner", _("Partner"), "record"),
        ("level", _("Level"), "?level"),
        ("stage", _("Stage"), "?stage"),
        ("as_of", _("Known on"), "date"),
        ("review_on", _("To be reviewed"), "?date"),
    )
    return answer(
        page,
        "portal/record.html",
        {"sheet": sheets.sheet(page, doc, glance), "groups": sheets.links_by_noun(page, doc)},
    )


def stands_for(page: Page, doc: Doc) -> list[str]:
    """The municipality of a city: what it signs is shared with the city."""
    links = page.release.links(doc["key"], lang=page.language, noun="body")
    return list(dict.fromkeys(link["key"] for link in links if link["kind"] == "city" and link["role"] == "place"))


def _sources(doc: Doc, shared: list[Shown]) -> list[str]:
    keys = every_source(doc)
    return list(dict.fromkeys([*keys, *(cite["key"] for act in shared for cite in act["cites"])]))


def _trail(page: Page, doc: Doc) -> list[dict[str, str]]:
    trail = [{"word": sheets.section_word("partners"), "address": page.to("partners")}]
    trail += [
        {"word": wording.area(area, page.language), "address": page.to("partners", area=area)}
        for area in fact(doc, "areas") or ()
    ]
    country = fact(doc, "country")
    if country and doc["kind"] != "country":
        trail.append({"word": wording.country(country, page.language), "address": page.to("partners", country=country)})
    return [*trail, {"word": str(page.card(doc["key"])["title"]), "address": ""}]  # type: ignore[index]  # it was just read


def summed_up(page: Page, shared: list[Shown], tie: dict[str, Any] | None) -> str:
    """One or two sentences that sum up the tie, made of counts."""
    said = [_opening(page, shared, tie)] if tie else []
    number = spelling.number(len(shared), page.language)
    said.append(
        ngettext("%(n)s shared act is on record.", "%(n)s shared acts are on record.", len(shared)) % {"n": number}
    )
    announced = sum(act["announced"] for act in shared)
    if announced:
        said.append(
            ngettext(
                "For one of them no later source says what came of it.",
                "For %(n)s of them no later source says what came of it.",
                announced,
            )
            % {"n": announced}
        )
    return " ".join(said)


def _opening(page: Page, shared: list[Shown], tie: dict[str, Any]) -> str:
    signed = next((act["signed"] for act in shared if act["noun"] == "agreement" and act["signed"]), "")
    if tie["tie"] == "agreement":
        if signed:
            return _("Tied by an agreement of %(date)s.") % {"date": spelling.day(signed, page.language)}
        return _("Tied by an agreement whose date is not known.")
    if tie["tie"] == "project":
        return _("Tied by a project; no agreement is known.")
    return _("Tied otherwise than by an agreement or a project.")


def at_a_glance(
    page: Page,
    doc: Doc,
    shared: list[Shown],
    tie: dict[str, Any] | None,
    globe: Shown | None,
    grants: Shown | None,
) -> list[Shown]:
    lines: list[Shown] = []
    if doc["kind"] == "city" or tie:
        lines.append(
            {
                "word": _("Tie"),
                **({"text": tie_word(tie["tie"])} if tie else {"unknown": _("None on record")}),
            }
        )
    if own := dated(shared):
        lines.append({"word": _("First act on record"), "date": own[0]["when"]})
        lines.append({"word": _("Latest"), "date": own[-1]["when"]})
    kinds = Counter(act["noun"] for act in shared)
    for noun, count in kinds.most_common(4):
        lines.append(
            {
                "word": wording.noun(noun, page.language, 2).capitalize(),
                "text": spelling.number(count, page.language),
            }
        )
    if grants and grants["sum"]:
        voted = spelling.money(grants["sum"].amount, grants["currency"], page.language)
        lines.append({"word": _("Money"), "text": _("%(amount)s voted") % {"amount": voted}})
    elif tie:
        lines.append({"word": _("Money"), "unknown": _("No amount found")})
    if globe and globe.get("distance_km"):
        far = spelling.number(globe["distance_km"], page.language)
        lines.append({"word": _("Distance"), "text": _("%(far)s km, computed") % {"far": far}})
    country = fact(doc, "country")
    if country and doc["kind"] != "country":
        lines.append({"word": _("Country"), "text": wording.country(country, page.language)})
    return lines


def profile(page: Page, key: str) -> list[tuple[str, Shown]]:
    """Figures that sources give of a place itself, with the kind of each: people, share of the nation, own budget."""
    told: dict[str, None] = {}
    for place in _around(page, key):
        links = page.release.links(place, lang=page.language, noun="indicator")
        told |= dict.fromkeys(link["key"] for link in links if link["role"] == "about")
    docs = (page.release.record(one) for one in told)
    figures = ((doc["kind"], values.figure(page, doc)) for doc in docs if doc and doc["kind"] in PROFILE)
    return [(kind, figure) for kind, figure in figures if figure]


def _around(page: Page, key: str) -> list[str]:
    """A place and those it lies in, its country left out: the city, its metropolis, its state."""
    chain: list[str] = []
    while key and key not in chain:
        doc = page.release.record(key)
        if doc is None or doc["kind"] == "country":
            break
        chain.append(key)
        key = fact(doc, "within") or ""
    return chain


def _within(page: Page, key: str) -> list[Shown]:
    """Places of a country or a region."""
    links = page.release.links(key, lang=page.language, noun="place")
    return [sheets.linked(page, link) for link in links if link["role"] == "within" and link["direction"] == "in"]
