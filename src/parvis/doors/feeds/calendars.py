"""Dates to put in one's own calendar (iCalendar). A date known only in part is no day, and is left out.

What opens and closes at a moment, a call, has that moment: a day would let people come after the hour.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, TypeAlias

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _
from django.utils.translation import override

from parvis.doors.ui import spelling
from parvis.foundation.values import PartialDate, Precision, in_language
from parvis.foundation.vocabulary.addresses import address_of
from parvis.publication.reader import Release, Row

from .answering import TYPES
from .calendar_lines import calendar_lines, event_lines, moment_lines
from .lists import Source

_YEARLY = re.compile(r"^--(\d{2})-(\d{2})$")
_YEARS_AHEAD = 2
_BEGINS, _ENDS = ("starts", "day"), ("ends",)
_OPENS, _CLOSES = "opens_at", "closes_at"
_TOLD = ("recurs_on", *_BEGINS, *_ENDS, _OPENS, _CLOSES)
#: What a record says of its days, asked by its row.
Facts: TypeAlias = Callable[[Row], Mapping[str, Any]]


def of_section(request: HttpRequest, release: Release, language: str, name: str, source: Source) -> HttpResponse:
    """The dates of a section: those of its records, or the anniversaries it remembers."""
    rows = source.each()
    events = _anniversaries(release, rows) if name == "memory" else _events(release, rows, _of_all(release))
    return _calendar(request, release, language, events)


def of_record(request: HttpRequest, release: Release, language: str, key: str) -> HttpResponse:
    """The dates of a record and of the events tied to it."""
    card = release.cards([key], lang=language)[key]
    tied = [
        *release.links(key, lang=language, noun="event"),
        *release.links(key, lang=language, noun="mission"),
    ]
    rows = {row["key"]: row for row in (card, *tied)}
    return _calendar(request, release, language, _events(release, rows.values(), _of_one(release)))


def _of_one(release: Release) -> Facts:
    """Facts of a few records, each from its own document."""

    def facts(row: Row) -> Mapping[str, Any]:
        raw = release.record_json(row["key"])
        return orjson.loads(raw)["facts"] if raw else {}

    return facts


def _of_all(release: Release) -> Facts:
    """Facts of many records, from the few columns that tell their days; a table is read when one of its nouns comes."""
    mains = {table["noun"]: table["name"] for table in release.tables() if table["noun"]}
    known: dict[str, dict[str, Mapping[str, Any]]] = {}

    def facts(row: Row) -> Mapping[str, Any]:
        noun = row["noun"]
        if noun not in known:
            read = release.columns(mains[noun], "key", *_TOLD) if noun in mains else ()
            known[noun] = {key: dict(zip(_TOLD, told, strict=True)) for key, *told in read}
        return known[noun].get(row["key"], {})

    return facts


Dated = tuple[Row, date, date, bool]


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment of a record: that it opens, or that it closes."""

    row: Row
    name: str
    at: datetime


def _events(release: Release, rows: Iterable[Row], facts_of: Facts) -> Iterator[Dated | Instant]:
    """Each record with its moments, or its first and last day and whether it comes back every year."""
    for row in rows:
        facts = facts_of(row)
        moments = [
            Instant(row, name, datetime.fromisoformat(said)) for name in (_OPENS, _CLOSES) if (said := facts.get(name))
        ]
        if moments:
            yield from moments
            continue
        yearly = _YEARLY.match(facts.get("recurs_on") or "")
        if yearly:
            first = _day(f"{release.day.year}-{yearly[1]}-{yearly[2]}")
            if first:
                yield row, first, first, True
            continue
        first = next((day for name in _BEGINS if (day := _day(facts.get(name)))), None)
        last = next((day for name in _ENDS if (day := _day(facts.get(name)))), None)
        if first:
            yield row, first, max(first, last or first), False


def _anniversaries(release: Release, rows: Iterable[Row]) -> Iterator[Dated]:
    """The anniversaries of the coming years."""
    kept = {row["key"]: row for row in rows}
    if "anniversaries" not in {table["name"] for table in release.tables()}:
        return
    last = release.day.replace(year=release.day.year + _YEARS_AHEAD, day=1).isoformat()
    for told in release.rows("anniversaries"):
        day = _day(told["day"])
        if day and told["commemoration"] in kept and release.day <= day and told["day"] <= last:
            yield kept[told["commemoration"]], day, day, False


@lru_cache(maxsize=4096)
def _day(text: str | None) -> date | None:
    """The day a date names, if it names one."""
    if not text:
        return None
    try:
        known = PartialDate.parse(text)
    except ValueError:
        return None
    return known.earliest if known.precision == Precision.DAY else None


def _calendar(request: HttpRequest, release: Release, language: str, events: Iterator[Dated | Instant]) -> HttpResponse:
    host, origin = request.get_host().partition(":")[0], request.build_absolute_uri("/").rstrip("/")
    zone = release.city.get("time_zone", "UTC")

    def lines(event: Dated | Instant) -> bytes:
        row = event.row if isinstance(event, Instant) else event[0]
        url = origin + iri_to_uri(address_of(row["noun"], row["key"], language))
        if isinstance(event, Instant):
            return _instant_lines(event, release.moment, host=host, url=url, zone=zone, language=language)
        _row, first, last, yearly = event
        return event_lines(
            uid=f"{row['key']}-{first.isoformat()}@{host}", moment=release.moment, first=first,
            after=last + timedelta(days=1), yearly=yearly, title=row["title"], url=url,
        )  # fmt: skip

    name = in_language(release.city.get("name", {}), language)[0]
    with override(language):
        return HttpResponse(calendar_lines(name, map(lines, events)), content_type=TYPES["ics"])


def _instant_lines(told: Instant, moment: datetime, *, host: str, url: str, zone: str, language: str) -> bytes:
    """That a record opens or closes, with the hour of the city; before it closes, one is told a day ahead.

    Its name holds no day: where the moment is changed, a calendar that follows it moves the event.
    """
    title = {"title": told.row["title"]}
    when = {
        "when": spelling.moment(told.at, language, zone),
        "zone": _("%(city)s time") % {"city": spelling.place_of_zone(zone, language)},
    }
    closes = told.name == _CLOSES
    return moment_lines(
        uid=f"{told.row['key']}-{told.name}@{host}",
        moment=moment,
        at=told.at,
        title=(_("Closes: %(title)s") if closes else _("Opens: %(title)s")) % title,
        said=(_("Closes %(when)s (%(zone)s).") if closes else _("Opens %(when)s (%(zone)s).")) % when,
        url=url,
        days_ahead=1 if closes else 0,
    )
