"""Dates to put in one's own calendar (iCalendar). A date known only in part is no day, and is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from icalendar import Calendar, Event

from parvis.foundation.values import PartialDate, Precision, in_language
from parvis.foundation.vocabulary.addresses import address_of
from parvis.publication.reader import Release, Row

from .answering import TYPES
from .lists import Source

_YEARLY = re.compile(r"^--(\d{2})-(\d{2})$")
_YEARS_AHEAD = 2
_BEGINS, _ENDS = ("starts", "day"), ("ends",)


def of_section(request: HttpRequest, release: Release, language: str, name: str, source: Source) -> HttpResponse:
    """The dates of a section: those of its records, or the anniversaries it remembers."""
    events = (_anniversaries if name == "memory" else _events)(release, source.each())
    return _calendar(request, release, language, events)


def of_record(request: HttpRequest, release: Release, language: str, key: str) -> HttpResponse:
    """The dates of a record and of the events tied to it."""
    card = release.cards([key], lang=language)[key]
    tied = [
        *release.links(key, lang=language, noun="event"),
        *release.links(key, lang=language, noun="mission"),
    ]
    rows = {row["key"]: row for row in (card, *tied)}
    return _calendar(request, release, language, _events(release, rows.values()))


Dated = tuple[Row, date, date, bool]


def _events(release: Release, rows: Iterable[Row]) -> Iterator[Dated]:
    """Each record with its first and last day, and whether it comes back every year."""
    for row in rows:
        raw = release.record_json(row["key"])
        facts: dict[str, Any] = orjson.loads(raw)["facts"] if raw else {}
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


def _day(text: str | None) -> date | None:
    """The day a date names, if it names one."""
    if not text:
        return None
    try:
        known = PartialDate.parse(text)
    except ValueError:
        return None
    return known.earliest if known.precision == Precision.DAY else None


def _calendar(request: HttpRequest, release: Release, language: str, events: Iterator[Dated]) -> HttpResponse:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Parvis//Parvis//EN")
    calendar.add("x-wr-calname", in_language(release.city.get("name", {}), language)[0])
    opening, _end, closing = calendar.to_ical().rpartition(b"END:")
    # Event by event: twenty thousand of them, held at once as objects, weigh three hundred megabytes.
    told = (_event(request, release, language, dated).to_ical() for dated in events)
    return HttpResponse(b"".join((opening, *told, b"END:", closing)), content_type=TYPES["ics"])


def _event(request: HttpRequest, release: Release, language: str, dated: Dated) -> Event:
    row, first, last, yearly = dated
    event = Event()
    event.add("uid", f"{row['key']}-{first.isoformat()}@{request.get_host().partition(':')[0]}")
    event.add("dtstamp", release.moment)
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))
    if yearly:
        event.add("rrule", {"freq": "yearly"})
    event.add("summary", row["title"])
    event.add("url", request.build_absolute_uri(address_of(row["noun"], row["key"], language)))
    event.add("transp", "TRANSPARENT")
    return event
