"""Two partners, or three or four, side by side: what is shared with each, and what sources say of their size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.answers import answer
from parvis.doors.portal.page import Page
from parvis.doors.portal.section_words import section_word
from parvis.doors.portal.shown import values
from parvis.doors.portal.shown.acts import acts_of, dated
from parvis.doors.portal.shown.cites import Shown
from parvis.doors.portal.shown.docs import Doc, fact
from parvis.doors.portal.shown.plates import plate
from parvis.doors.portal.shown.ties import tie_word, ties_of
from parvis.doors.ui import spelling
from parvis.foundation.values import sort_key
from parvis.publication.reader import Filters

from .partners import profile, stands_for

MOST = 4
MOST_OFFERED = 500


def compare(page: Page) -> HttpResponse:
    """The places asked for, in the order asked; a name nobody knows is dropped, and said."""
    asked = list(dict.fromkeys(key for key in page.request.GET.getlist("with") if key))
    docs = {key: doc for key in asked[:MOST] if (doc := page.release.record(key)) and doc["noun"] == "place"}
    dropped = [
        _("“%(word)s” is no place on record: it was left aside.") % {"word": key[:40]}
        for key in asked
        if key not in docs
    ]
    columns = [_column(page, doc) for doc in docs.values()]
    facts = {
        "title": _("Compare partners"),
        "columns": columns,
        "lines": _lines(page, columns),
        "offered": _offered(page, docs),
        "boxes": [_box(list(docs), place) for place in range(max(2, min(MOST, len(docs) + 1)))],
        "dropped": dropped,
        "trail": [
            {"word": section_word("partners"), "address": page.to("partners")},
            {"word": _("Compare partners"), "address": ""},
        ],
    }
    return answer(page, "portal/compare.html", facts)


def _offered(page: Page, chosen: Iterable[str]) -> list[Shown]:
    """The cities one may choose from: all that are on record, or those with a tie where they are too many."""
    cities = page.release.listing("place", lang=page.language, filters=Filters(kinds=("city",)), size=MOST_OFFERED)
    cards = {card["key"]: card for card in cities.rows} if cities.total <= MOST_OFFERED else {}
    cards |= page.release.cards([*ties_of(page), *chosen][:MOST_OFFERED], lang=page.language)
    return sorted(cards.values(), key=lambda card: sort_key(card["title"], page.language))


def _box(chosen: list[str], place: int) -> Shown:
    return {"number": place + 1, "chosen": chosen[place] if place < len(chosen) else ""}


def _column(page: Page, doc: Doc) -> Shown:
    key = doc["key"]
    tie = ties_of(page).get(key)
    shared = acts_of(page, [key, *stands_for(page, doc)])
    globe = plate(page, f"globe-{key}")
    return {
        "key": key,
        "doc": doc,
        "link": page.link(key),
        "tie": tie_word(tie["tie"]) if tie else _("None on record"),
        "acts": shared,
        "counts": Counter(act["noun"] for act in shared),
        "distance": globe.get("distance_km") if globe else None,
        "profile": _by_measure(page, doc),
    }


def _by_measure(page: Page, doc: Doc) -> dict[str, list[Shown]]:
    """Profile figures by what they measure, so that two cities stand on one line."""
    found: dict[str, list[Shown]] = {}
    for kind, figure in profile(page, doc["key"]):
        found.setdefault(kind, []).append(figure)
    for said in doc.get("statements") or ():
        if said.get("number") not in (None, ""):
            figure = {"value": values.value_of(page, said), "label": said.get("scope") or {}, "address": ""}
            found.setdefault(said["property"], []).append(figure)
    return found


def _lines(page: Page, columns: list[Shown]) -> list[Shown]:
    """The table row by row; what is not known of one partner is said in its cell."""
    if not columns:
        return []
    lines = [
        _line(_("Tie"), [column["tie"] for column in columns]),
        _line(
            _("Country"), [wording.country(fact(column["doc"], "country") or "", page.language) for column in columns]
        ),
        _line(_("Distance, computed"), [_far(page, column["distance"]) for column in columns]),
        _line(_("First act on record"), [_first(page, column["acts"]) for column in columns]),
        _line(_("Shared acts on record"), [spelling.number(len(column["acts"]), page.language) for column in columns]),
    ]
    nouns = Counter(noun for column in columns for noun in column["counts"])
    for noun, _total in nouns.most_common():
        word = wording.noun(noun, page.language, 2).capitalize()
        lines.append(_line(word, [spelling.number(column["counts"][noun], page.language) for column in columns]))
    measures = dict.fromkeys(kind for column in columns for kind in column["profile"])
    for kind in measures:
        figures = [column["profile"].get(kind, []) for column in columns]
        lines.append({"word": wording.kind("indicator", kind, page.language), "figures": figures, "cells": []})
    return lines


def _line(word: str, cells: list[str]) -> Shown:
    return {"word": word, "cells": cells, "figures": []}


def _far(page: Page, distance: int | None) -> str:
    return f"{spelling.number(distance, page.language)}{spelling.NO_BREAK}km" if distance else ""


def _first(page: Page, acts: list[Shown]) -> str:
    return next((spelling.day(act["when"], page.language) for act in dated(acts)), "")
