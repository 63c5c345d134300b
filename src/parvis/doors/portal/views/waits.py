"""Days from a request to its first payment: in all, by year, by fund, by kind. Only where both days are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.answers import answer
from parvis.doors.portal.page import Page
from parvis.doors.portal.section_words import section_word
from parvis.doors.portal.shown.cites import Shown
from parvis.doors.portal.shown.waits import GIVEN, Wait, given_in_all, told_of, waits_of
from parvis.foundation.values.spread import spread

from .money import trail


def index(page: Page) -> HttpResponse:
    waits = waits_of(page)
    given = given_in_all(page)
    groups = (
        (_("By year of the vote"), _("Year"), "year", lambda value: {page.language: value}),
        (_("By call, fund, levy or crisis"), _("Call, fund, levy or crisis"), "fund", page.title_of),
        (_("By kind of grant"), _("Kind"), "kind", lambda code: {page.language: _kind(page, code)}),
    )
    facts = {
        "title": section_word("waits"),
        "trail": trail(page),
        "told": told_of(page, spread(wait.days for wait in waits)),
        "given": given,
        "unknown": given - len(waits),
        "groups": [_group(page, waits, *group) for group in groups] if waits else [],
        "slowest": _slowest(page, waits),
    }
    return answer(page, "portal/waits.html", facts)


def _kind(page: Page, code: str) -> str:
    return wording.kind("grant", code, page.language) if code else ""


def _group(
    page: Page, waits: list[Wait], caption: str, head: str, facet: str, words: Callable[[str], Mapping[str, str]]
) -> Shown:
    held: dict[str, list[int]] = {}
    for wait in waits:
        for value in getattr(wait, facet):
            held.setdefault(value, []).append(wait.days)
    sums = page.release.summed_by("grant", facet, filters=GIVEN, on=page.on)
    longest = max(wait.days for wait in waits) or 1
    rows = [
        _row(page, words(value), held.get(value, []), told.counted + told.silent, longest)
        for value, told in sorted(sums.items(), reverse=facet == "year")
        if facet == "year" or value in held
    ]
    silent = [wait.days for wait in waits if not getattr(wait, facet)]
    if silent:
        rows.append(_row(page, {}, silent, len(silent), longest))
    return {"caption": caption, "head": head, "rows": rows}


def _row(page: Page, word: Mapping[str, str], days: Iterable[int], given: int, longest: int) -> Shown:
    told = spread(days)
    return {"word": word, "told": told_of(page, told, longest), "unknown": given - (told.count if told else 0)}


def _slowest(page: Page, waits: list[Wait]) -> list[Shown]:
    """The grants of the slowest tenth, the slowest first."""
    told = spread(wait.days for wait in waits)
    if told is None or told.count < 10:  # a tenth of fewer is nobody
        return []
    late = sorted((wait for wait in waits if wait.days > told.ninth_decile), key=lambda wait: (-wait.days, wait.grant))
    page.hold(wait.grant for wait in late)
    return [{"link": page.link(wait.grant), "days": wait.days} for wait in late]
