"""What does the city do in the world, at a glance."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from parvis.doors.portal import wording
from parvis.doors.portal.answers import answer
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown.cites import Shown
from parvis.doors.portal.shown.docs import fact
from parvis.doors.portal.shown.plates import plate
from parvis.doors.portal.shown.published import counted_as, headline
from parvis.doors.portal.shown.rows import rows_of
from parvis.doors.portal.shown.ties import TIES, tie_word
from parvis.publication import reader

from . import promises
from .money import given, household, levies
from .networks import membership_of
from .questions import ask_at

#: States of promises shown on the home page: one of each, so that none is chosen for its colour.
_ONE_OF_EACH = 4
#: New and changed records named on the home page; the page of the release names them all.
_NEWS = 5


def index(page: Page) -> HttpResponse:
    world = plate(page, "world")
    counts = (world or {}).get("counts", {})
    nouns = page.release.nouns()
    facts = {
        "plate": world,
        "europe": plate(page, "europe"),
        "counts": [{"tie": tie, "word": tie_word(tie), "count": counts.get(tie, 0)} for tie in TIES if counts.get(tie)],
        "towns": sum(counts.values()),
        "claimed": counted_as(page, "project_places"),
        "figures": headline(page)[:6],
        "household": household(page),
        "levies": levies(page),
        "given": given(page, told=False),
        "joined": joined(page),
        "promises": told_promises(page),
        "promise_tally": promises.tallied(page),
        "promise_count": nouns.get("promise", 0),
        "records": sum(nouns.values()),
        "conflicts": nouns.get("conflict", 0),
        "sources": nouns.get("source", 0),
        "removed": len(page.release.changes.get("removed", ())),
        "news": news(page),
        "release_at": page.to("versions", str(page.release.number)),
        "ask_at": ask_at(),
        "is_first": not [number for number in reader.numbers() if number < page.release.number],
    }
    return answer(page, "portal/home.html", facts)


def news(page: Page) -> list[Shown]:
    """What became public with this release, then what changed; nothing of the first, where all is new."""
    if page.release.parent is None:
        return []
    told = [(kind, row) for kind in ("added", "changed") for row in page.release.changes.get(kind, ())]
    cards = page.release.cards([row["key"] for _kind, row in told[:_NEWS]], lang=page.language)
    return [
        {
            "title": {cards[row["key"]]["title_lang"]: cards[row["key"]]["title"]},
            "address": page.to_record(row["noun"], row["key"]),
            "noun": wording.noun(row["noun"], page.language),
            "is_new": kind == "added",
        }
        for kind, row in told[:_NEWS]
        if row["key"] in cards
    ]


def joined(page: Page) -> list[Shown]:
    """Years from the first network joined to the last, each with the networks joined in it."""
    by_year: dict[int, list[Shown]] = {}
    for card in page.release.each("network", lang=page.language):
        membership = membership_of(page, card["key"])
        when = str(fact(membership, "joined") or "") if membership else ""
        if (
            membership
            and when[:4].isdigit()
            and "/" not in when
            and fact(membership, "state") not in ("planned", "candidate", "left")
        ):
            by_year.setdefault(int(when[:4]), []).append(_entry(page, card))
    if not by_year:
        return []
    return [{"year": year, "networks": by_year.get(year, [])} for year in range(min(by_year), max(by_year) + 1)]


def _entry(page: Page, card: dict[str, Any]) -> Shown:
    return {"title": {card["title_lang"]: card["title"]}, "address": page.to_record("network", card["key"])}


def told_promises(page: Page) -> list[Shown]:
    """Promises of as many different states as there are."""
    keys = page.release.remembered(("promises told", page.language), lambda: promises.chosen(page, _ONE_OF_EACH))
    cards = page.release.cards(keys, lang=page.language).values()
    return rows_of(page, [{**card, "doc": page.release.record(card["key"])} for card in cards], promises.row)
