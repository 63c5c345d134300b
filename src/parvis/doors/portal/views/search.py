"""One box: any record, under any of its names or spellings."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.answers import NotHere, answer
from parvis.doors.portal.asking import left_aside
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown.docs import Doc, text
from parvis.doors.portal.shown.sheet import section_word, theme_shown
from parvis.foundation.values import fold

MOST_WORDS = 200
#: Words shorter than this say little by themselves; two words are of one family when they begin alike.
SHORTEST_WORD, SAME_BEGINNING = 4, 6
MOST_TRIED, FIRST_OF_EACH = 4, 2
SECTION_NAMES = (
    "map", "partners", "agreements", "networks", "projects", "programmes", "money", "promises", "rights",
    "memory", "agenda", "missions", "questions", "claims", "figures", "contradictions", "offices", "decisions",
)  # fmt: skip


def _rows(page: Page, cards: Sequence[dict[str, Any]], matched: Mapping[str, str]) -> list[dict[str, Any]]:
    docs = page.release.records(card["key"] for card in cards)
    return [_row(page, card, docs.get(card["key"], {}), matched) for card in cards]


def _row(page: Page, card: dict[str, Any], doc: Doc, matched: Mapping[str, str]) -> dict[str, Any]:
    return {
        "title": {card["title_lang"]: card["title"]},
        "address": page.to_record(card["noun"], card["key"]),
        "noun": wording.noun(card["noun"], page.language),
        "kind": wording.kind(card["noun"], card.get("kind"), page.language),
        "country": wording.country(card["country"], page.language) if card.get("country") else "",
        "summary": text(doc, "summary"),
        "matched": matched.get(card["key"], ""),
    }


def index(page: Page) -> HttpResponse:
    query = page.request.GET.get("q", "").strip()[:MOST_WORDS]
    if not query:
        return answer(page, "portal/search.html", {"query": ""})
    noun = page.request.GET.get("noun", "")
    known = noun if noun in page.release.nouns() else None
    if noun and known is None:
        page.dropped.append(left_aside(noun))
    number = page.request.GET.get("page", "1")
    wanted = int(number) if number.isascii() and number.isdigit() and 0 < len(number) < 7 else 1
    results = page.release.search(query, lang=page.language, noun=known, page=wanted)
    if wanted > max(1, results.pages):
        last = str(results.pages)
        raise NotHere(
            _("This list ends at page %(last)s.") % {"last": last},
            offer=page.with_query({"page": last}),
            offered=_("Page %(last)s") % {"last": last},
        )
    nothing = not (results.total or results.exact or results.ambiguous)
    facts = {
        "query": query,
        "near": _near(page, query) if nothing else [],
        "sections": _sections(page, query),
        "exact": next(iter(_rows(page, [results.exact], results.matched))) if results.exact and wanted == 1 else None,
        "ambiguous": _rows(page, results.ambiguous, results.matched),
        "rows": [] if results.exact and results.total == 1 else _rows(page, results.rows, results.matched),
        "themes": [theme_shown(page, code) for code in wording.themes_called(query)] if wanted == 1 else [],
        "total": results.total,
        "kinds": _kinds(page, results.counts, known),
        "interrupted": results.interrupted,
        "dropped": page.dropped,
        "listing": {
            "page": wanted,
            "pages": results.pages,
            "before": page.with_query({"page": str(wanted - 1)}) if wanted > 1 else "",
            "after": page.with_query({"page": str(wanted + 1)}) if wanted < results.pages else "",
        },
    }
    return answer(page, "portal/search.html", facts)


def _near(page: Page, query: str) -> list[dict[str, Any]]:
    """What each longer word of the question finds by itself, when all of them together find nothing."""
    words = [word for word in query.split() if len(fold(word)) >= SHORTEST_WORD][:MOST_TRIED]
    found: dict[str, dict[str, Any]] = {}
    for word in words if len(query.split()) > 1 else []:
        results = page.release.search(word, lang=page.language)
        cards = [results.exact] if results.exact else results.rows[:FIRST_OF_EACH]
        for card, row in zip(cards, _rows(page, cards, {}), strict=True):
            found.setdefault(card["key"], row | {"word": word})
    return list(found.values())


def _sections(page: Page, query: str) -> list[dict[str, str]]:
    """Pages of the portal whose name begins like a word of the question: agreements, promises, money."""
    asked = {fold(word)[:SAME_BEGINNING] for word in query.split() if len(fold(word)) >= SHORTEST_WORD}
    named = ((section, section_word(section)) for section in SECTION_NAMES)
    return [
        {"address": page.to(section), "word": word}
        for section, word in named
        if any(fold(part)[:SAME_BEGINNING] in asked for part in word.split() if len(part) >= SHORTEST_WORD)
    ]


def _kinds(page: Page, counts: Any, chosen: str | None) -> list[dict[str, Any]]:
    """Counts by kind of record, as links."""
    total = sum(counts.values())
    everything = {
        "word": _("All"),
        "count": total,
        "address": page.with_query({"noun": "", "page": ""}),
        "chosen": chosen is None,
    }
    each = [
        {
            "word": wording.noun(noun, page.language, count),
            "count": count,
            "address": page.with_query({"noun": noun, "page": ""}),
            "chosen": noun == chosen,
        }
        for noun, count in sorted(counts.items(), key=lambda pair: -pair[1])
    ]
    return [everything, *each] if each else []
