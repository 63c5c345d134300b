"""What each document says that we hold: every fact with its lines, in our words, never the text itself."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown import folded, values
from parvis.doors.portal.shown.cites import Shown, lines, source_line
from parvis.doors.portal.shown.docs import fact
from parvis.doors.portal.shown.rows import row_of
from parvis.doors.portal.shown.sheet import found
from parvis.foundation.values.text import sort_key

from .lists import List, list_page
from .sheets import record_page

#: No more facts are shown at once; words looked for find the others.
MOST = 1000


def row(page: Page, card: dict[str, Any]) -> Shown:
    key = card["key"]
    cited = page.rows("citations", source=key)
    said = page.rows("statements", source=key)
    sides = page.rows("conflict_sides", source=key)
    return (
        row_of(page, card)
        | source_line(page, card["doc"])
        | {
            "records": len({told["subject"] for told in cited}),
            "values": len(said),
            "differ": len({side["conflict"] for side in sides}),
        }
    )


def index(page: Page) -> HttpResponse:
    intro = _(
        "Everything here rests on these documents. What they say of their own author is a claim, and is marked so."
    )
    return list_page(
        page,
        List(("source",), facets=("kind",), sort="date", row=row, template="portal/sources.html"),
        intro=intro,
    )


def _first_line(told: dict[str, Any]) -> int:
    return int((told.get("lines") or "0").partition("-")[0] or 0)


def held(page: Page, key: str) -> list[Shown]:
    """Facts held from a source, in the order of its lines."""
    facts: list[tuple[int, Shown]] = []
    for told in page.rows("citations", source=key):
        link = page.link(told["subject"])
        if link and link["noun"] != "source":
            facts.append(
                (
                    _first_line(told),
                    {
                        "link": link,
                        "said": "",
                        "lines": _lines(told),
                    },
                )
            )
    for said in page.rows("statements", source=key):
        link = page.link(said["subject"])
        if link:
            value = values.value_of(page, {**said, "source": None})
            facts.append(
                (
                    _first_line(said),
                    {
                        "link": link,
                        "said": value["said"],
                        "lines": _lines(said),
                    },
                )
            )
    return [shown for _line, shown in sorted(facts, key=lambda pair: pair[0])]


def _lines(told: dict[str, Any]) -> str:
    first, _dash, last = (told.get("lines") or "").partition("-")
    return lines(int(first), int(last or first)) if first else ""


def _by_noun(page: Page, facts: list[Shown]) -> list[Shown]:
    """Facts under what they are about, by name; in each, in the order of the lines."""
    groups: dict[str, list[Shown]] = {}
    for one in facts:
        groups.setdefault(one["link"]["noun"], []).append(one)
    told = [
        {"noun": noun, "word": wording.noun(noun, page.language, len(rows)), "rows": rows}
        for noun, rows in groups.items()
    ]
    return sorted(told, key=lambda group: sort_key(group["word"], page.language))


def _said(one: Shown) -> tuple[Any, ...]:
    return one["link"]["title"], one["said"], one["lines"]


def show(page: Page, key: str) -> HttpResponse:
    doc = found(page, key, ("source",))
    every, looked_for = held(page, key), folded.asked(page)
    facts = folded.holding(looked_for, every, _said)
    glance = (
        ("publisher", _("Publisher"), "words"),
        ("date", _("Date"), "date"),
        ("date_basis", _("How it is known"), "?date_basis"),
        ("language", _("Language"), "language"),
        ("speaks", _("Who speaks"), "speaks"),
        ("file", _("File"), "?text"),
    )
    conflicts = [
        link
        for other in dict.fromkeys(side["conflict"] for side in page.rows("conflict_sides", source=key))
        if (link := page.link(other))
    ]
    return record_page(
        page,
        doc,
        glance,
        template="portal/source.html",
        kinds=_by_noun(page, facts[:MOST]),
        fact_count=len(every),
        shown_count=len(facts[:MOST]),
        looked_for=looked_for,
        opened=folded.opened(looked_for, len(facts)),
        differs=conflicts,
        invented=fact(doc, "invented"),
    )
