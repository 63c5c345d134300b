"""What does the city remember, where, and what anniversary comes next."""

from collections import Counter
from collections.abc import Container
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.doors.portal import wording
from parvis.doors.portal.asking import left_aside
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown.cites import Shown, cite_row
from parvis.doors.portal.shown.docs import Doc, children, fact, text
from parvis.doors.portal.shown.plates import plate
from parvis.doors.portal.shown.rows import row_of, rows_of
from parvis.doors.portal.shown.sheet import found
from parvis.doors.portal.shown.years import in_time, next_anniversary, partial

from .lists import List, list_page
from .sheets import record_page

#: Memorials are few: a city that has more finds the rest by search.
MOST_MEMORIALS = 500


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


def whose(home: object) -> dict[str, str]:
    """Whether what a memorial recalls was done in the city itself, or elsewhere."""
    if home:
        return {"code": "home", "icon": "ring", "tone": "", "word": _("An act done at home")}
    return {"code": "abroad", "icon": "ring", "tone": "", "word": _("An act done elsewhere")}


def memorial_row(page: Page, card: dict[str, Any]) -> Shown:
    doc = card["doc"]
    return row_of(page, card) | {
        "remembers": page.link(fact(doc, "remembers")),
        "place": page.link(fact(doc, "place")),
        "decision": page.link(fact(doc, "decision")),
        "whose": whose(fact(doc, "at_home")),
        "when": fact(doc, "unveiled") or "",
    }


def memorials(page: Page) -> Shown:
    """The memorials, cut by the event they recall and by whose act it was; the counts are those of the whole list."""
    listing = page.release.listing("memorial", lang=page.language, sort="oldest", docs=True, size=MOST_MEMORIALS)
    rows = sorted(rows_of(page, listing.rows, memorial_row), key=_since)
    events = Counter(_event(row) for row in rows if row["remembers"])
    names = {_event(row): row["remembers"]["title"] for row in rows if row["remembers"]}
    sides = Counter(row["whose"]["code"] for row in rows)
    event, side = _chosen(page, "remembers", events), _chosen(page, "act", sides)
    kept = [row for row in rows if event in ("", _event(row)) and side in ("", row["whose"]["code"])]
    return {
        "rows": kept,
        "total": len(rows),
        "cuts": [
            _cut(page, "act", [(code, whose(code == "home")["word"], sides[code]) for code in sides], side),
            _cut(page, "remembers", [(key, names[key], count) for key, count in events.most_common()], event),
        ],
    }


def _chosen(page: Page, name: str, known: Container[str]) -> str:
    """The value asked for; one that no memorial has is left aside, and said."""
    asked = page.request.GET.get(name, "")
    if asked and asked not in known:
        page.dropped.append(left_aside(asked))
        return ""
    return asked


def _since(row: Shown) -> tuple[str, str]:
    return in_time(row["when"]) if row["when"] else "9", row["key"]


def _event(row: Shown) -> str:
    return row["remembers"]["key"] if row["remembers"] else ""


def _cut(page: Page, name: str, values: list[tuple[str, Any, int]], chosen: str) -> Shown:
    """One way of cutting the list: all, or one value; each a link, so that it needs no script."""
    known = chosen if any(code == chosen for code, _word, _count in values) else ""
    return {
        "title": _("Whose act") if name == "act" else _("Event remembered"),
        "all": page.with_query({name: ""}) + "#memorials",
        "chosen": known,
        "values": [
            {
                "code": code,
                "word": word,
                "count": count,
                "chosen": code == known,
                "address": page.with_query({name: code}) + "#memorials",
            }
            for code, word, count in values
        ],
    }


def index(page: Page) -> HttpResponse:
    return list_page(
        page,
        List(
            ("commemoration",),
            facets=("kind",),
            sort="oldest",
            template="portal/memory.html",
            row=commemoration_row,
            more_words=("remembers", "act"),
        ),
        memorials=memorials(page),
        plan=plate(page, "memorials"),
        abroad=plate(page, "memorials-abroad"),
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
    return _memorial(page, doc) if doc["noun"] == "memorial" else _commemoration(page, doc)


def _memorial(page: Page, doc: Doc) -> HttpResponse:
    glance = (
        ("remembers", _("Remembers"), "record"),
        ("place", _("Place"), "record"),
        ("unveiled", _("Unveiled"), "date"),
        ("decision", _("Decision"), "record"),
    )
    return record_page(page, doc, glance, plan=plate(page, "memorials"), state=whose(fact(doc, "at_home")))


def _commemoration(page: Page, doc: Doc) -> HttpResponse:
    comes = next_anniversary(fact(doc, "event_day") or "", page.day)
    anniversary = _anniversary(page, {"doc": doc, "key": doc["key"]}, comes) if comes else None
    return record_page(
        page,
        doc,
        (("event_day", _("Day remembered"), "date"),),
        steps=acts(page, doc),
        steps_title=_("What was done to remember"),
        anniversary=anniversary,
    )
