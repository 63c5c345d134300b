"""Days from a request to its first payment: in all, by year, by fund, by kind. Only where both days are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.answers import answer
from parvis.doors.portal.page import Page
from parvis.doors.portal.section_words import section_word
from parvis.doors.portal.shown.cites import Shown
from parvis.doors.ui import spelling
from parvis.foundation.values.spread import Spread, spread
from parvis.publication.reader import Filters

from .money import trail

#: A grant that was given; what was asked, refused or cancelled is paid to nobody.
GIVEN = Filters(states=("awarded", "closed"))


@dataclass(frozen=True, slots=True)
class Wait:
    """The days one grant waited, and where it is counted."""

    grant: str
    days: int
    year: tuple[str, ...]
    kind: tuple[str, ...]
    fund: tuple[str, ...]


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
        "told": _told(page, spread(wait.days for wait in waits)),
        "given": given,
        "unknown": given - len(waits),
        "groups": [_group(page, waits, *group) for group in groups] if waits else [],
        "slowest": _slowest(page, waits),
    }
    return answer(page, "portal/waits.html", facts)


def waits_of(page: Page) -> list[Wait]:
    """Each grant both of whose days are known, paid by the day shown."""
    day = page.shown_day.isoformat()
    days = {row["grant"]: int(row["days"]) for row in page.rows("grant_waits") if str(row.get("paid") or "") <= day}
    if not days:
        return []
    columns = page.release.columns("grants", "key", "year", "programme", "levy", "crisis")
    kinds = {row["key"]: row.get("kind") or "" for row in page.release.cards(days, lang=page.language).values()}
    return [
        Wait(key, days[key], (str(year),), _named(kinds.get(key)), _named(*funds))
        for key, year, *funds in columns
        if key in days
    ]


def _named(*values: str | None) -> tuple[str, ...]:
    return tuple(value for value in values if value)


def given_in_all(page: Page) -> int:
    """How many grants were given, paid or not."""
    told = page.release.summed("grant", filters=GIVEN, on=page.on)
    return told.counted + told.silent if told else 0


def told_in_brief(page: Page) -> Shown:
    """The one figure, for pages about something else."""
    waits = waits_of(page)
    given = given_in_all(page)
    return {"told": _told(page, spread(wait.days for wait in waits)), "given": given, "unknown": given - len(waits)}


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
    return {"word": word, "told": _told(page, told, longest), "unknown": given - (told.count if told else 0)}


def _told(page: Page, told: Spread | None, longest: int = 0) -> Shown | None:
    if told is None:
        return None
    most = longest or told.most or 1
    return {
        "count": told.count,
        "median": spelling.number(_decimal(told.median), page.language),
        "ninth": told.ninth_decile,
        "most": told.most,
        "width": str(round(told.median / most * 1000)),
        "tick": str(round(Fraction(told.ninth_decile, most) * 1000)),
    }


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)


def _slowest(page: Page, waits: list[Wait]) -> list[Shown]:
    """The grants of the slowest tenth, the slowest first."""
    told = spread(wait.days for wait in waits)
    if told is None or told.count < 10:  # a tenth of fewer is nobody
        return []
    late = sorted((wait for wait in waits if wait.days > told.ninth_decile), key=lambda wait: (-wait.days, wait.grant))
    page.hold(wait.grant for wait in late)
    return [{"link": page.link(wait.grant), "days": wait.days} for wait in late]
