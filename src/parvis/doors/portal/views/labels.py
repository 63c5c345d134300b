"""Labels the city gives: who holds which mark, for what project, and until when. One that has ended is said so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.answers import answer
from parvis.doors.portal.page import Page
from parvis.doors.portal.section_words import section_word
from parvis.doors.portal.shown.cites import Shown
from parvis.doors.portal.shown.docs import fact
from parvis.doors.portal.shown.marks import mark, standing_of
from parvis.doors.portal.shown.sheet import found

from .money import figures_about
from .sheets import record_page


def index(page: Page) -> HttpResponse:
    """Holders by year, the latest first; those whose mark has ended stand apart from those who hold it."""
    cards = page.release.each("label", lang=page.language, on=page.on, docs=True)
    docs = [card["doc"] for card in cards if (fact(card["doc"], "year") or 0) <= page.shown_day.year]
    page.hold(key for doc in docs for name in ("holder", "programme", "grant", "place") if (key := fact(doc, name)))
    marks = [mark(page, doc) for doc in docs]
    programmes = list(dict.fromkeys(key for doc in docs if (key := fact(doc, "programme"))))
    facts = {
        "title": section_word("labels"),
        "years": _by_year(marks),
        "held": sum(one["standing"] == "held" for one in marks),
        "ended": sum(one["standing"] in ("ended", "removed") for one in marks),
        "unknown": sum(one["standing"] == "unknown" for one in marks),
        "count": len(marks),
        "labels": [link for key in programmes if (link := page.link(key))],
        "published": [figure for key in programmes for figure in figures_about(page, key)],
        "csv": page.to("labels") + ".csv",
        "json": page.to("labels") + ".json",
    }
    return answer(page, "portal/labels.html", facts)


def _by_year(marks: Iterable[Shown]) -> list[tuple[int, list[Shown]]]:
    years: dict[int, list[Shown]] = {}
    for one in sorted(marks, key=lambda one: one["key"]):
        years.setdefault(one["year"], []).append(one)
    return sorted(years.items(), reverse=True)


def show(page: Page, key: str) -> HttpResponse:
    doc = found(page, key, ("label",))
    glance: tuple[tuple[str, str, str], ...] = (
        ("holder", _("Held by"), "record"),
        ("programme", _("Label given"), "?record"),
        ("year", _("Year"), "text"),
        ("decision", _("Decision"), "record"),
        ("given", _("Given on"), "date"),
        ("until", _("Valid until"), "date"),
        ("removed", _("Taken away on"), "?date"),
        ("grant", _("Grant"), "?record"),
        ("place", _("Place"), "?record"),
        ("country", _("Country"), "?country"),
    )
    more: dict[str, Any] = {"state": wording.mark_standing(standing_of(page, doc))}
    here = {"word": str((page.card(key) or {}).get("title", "")), "address": ""}
    trail = [{"word": section_word("labels"), "address": page.to("labels")}, here]
    return record_page(page, doc, glance, trail=trail, **more)
