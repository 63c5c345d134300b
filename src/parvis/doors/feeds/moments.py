"""News that happen on a day of their own: calls that open and close, promises whose state changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from parvis.doors.ui import spelling
from parvis.foundation.values import PartialDate, in_language
from parvis.foundation.vocabulary import load
from parvis.foundation.vocabulary.addresses import address_of
from parvis.publication.reader import Release, Row

from .lists import Source
from .news import MOST, feed, headed, section_title
from .syndication import Entry, Feed

#: A call about to close is told again this long before.
_WARNING = timedelta(days=14)
_SAID = {
    "opens": {"fr": "Ouverture", "en": "Opens", "es": "Apertura", "pt": "Abertura"},
    "closing": {
        "fr": "Bientôt clos", "en": "Closes soon", "es": "Cierre próximo", "pt": "Encerra em breve",
    },
    "closes": {"fr": "Clos", "en": "Closed", "es": "Cerrado", "pt": "Encerrado"},
}  # fmt: skip
_SPAN = {
    "fr": "Ouverture : {opens}. Clôture : {closes}.", "en": "Opening: {opens}. Closing: {closes}.",
    "es": "Apertura: {opens}. Cierre: {closes}.", "pt": "Abertura: {opens}. Encerramento: {closes}.",
}  # fmt: skip
_UNKNOWN = {"fr": "non connue", "en": "not known", "es": "no conocida", "pt": "não conhecida"}


def of_calls(request: HttpRequest, source: Source, now: datetime) -> Feed:
    """Each call when it opens, a fortnight before it closes, and when it has closed; nothing before its moment."""
    rows = {row["key"]: row for row in source.each()}
    zone = ZoneInfo(str(source.release.city.get("time_zone") or "UTC"))
    entries = [
        entry
        for told in _rows(source.release, "calls")
        if told["key"] in rows
        for entry in _of_call(request, told, rows[told["key"]], source.language, zone)
        if entry.at <= now
    ]
    entries.sort(key=lambda entry: (entry.at, entry.mark), reverse=True)
    return feed(request, source.release, source.language, section_title("calls", source.language), entries[:MOST])


def _of_call(request: HttpRequest, told: Row, card: Row, language: str, zone: ZoneInfo) -> Iterator[Entry]:
    opens, closes = _moment(told.get("opens_at")), _moment(told.get("closes_at"))
    span = spelling.spaced(_SPAN[language], language).format(
        opens=spelling.moment(opens, language, zone.key) if opens else _UNKNOWN[language],
        closes=spelling.moment(closes, language, zone.key) if closes else _UNKNOWN[language],
    )
    when = {"opens": opens, "closing": closes and max(closes - _WARNING, opens or closes - _WARNING), "closes": closes}
    link = request.build_absolute_uri(address_of("call", card["key"], language))
    for what, at in when.items():
        if at:
            mark = request.build_absolute_uri(f"/id/{card['key']}#{what}-{at:%Y%m%dT%H%M%SZ}")
            yield Entry(mark, headed(_SAID[what][language], card["title"], language), link, span, at, "call")


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told).astimezone(UTC) if told else None


def of_promises(request: HttpRequest, source: Source) -> Feed:
    """Each dated step of a promise, the latest first: what became of it, and in what words."""
    rows = {row["key"]: row for row in source.each()}
    steps = [step for step in _rows(source.release, "promise_steps") if step["promise"] in rows]
    entries = [
        _of_step(request, step, rows[step["promise"]], source.language, at)
        for step in steps
        if (at := _first_day(step["day"]))
    ]
    entries.sort(key=lambda entry: (entry.at, entry.mark), reverse=True)
    return feed(request, source.release, source.language, section_title("promises", source.language), entries[:MOST])


def _of_step(request: HttpRequest, step: Row, card: Row, language: str, at: datetime) -> Entry:
    states = load().states["promise.state"]
    state = states.label(step["state"], language) if step["state"] in states else step["state"]
    day = spelling.day(step["day"], language)
    said = in_language(step.get("words") or {}, language)[0]
    mark = request.build_absolute_uri(f"/id/{card['key']}#step-{step['step']}")
    link = request.build_absolute_uri(address_of("promise", card["key"], language))
    return Entry(mark, headed(state, card["title"], language), link, f"{day}. {said}".strip(), at, "promise")


def _first_day(told: str | None) -> datetime | None:
    """The first day a date may be: a feed puts each thing at a moment."""
    day = PartialDate.parse(told).earliest if told else None
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None


def _rows(release: Release, table: str) -> list[Row]:
    """Rows of a table; none when the release was made before there was such a table."""
    return release.rows(table) if table in {told["name"] for told in release.tables()} else []


def mark_of(source: Source, now: datetime) -> str:
    """What changes when the clock makes news: the last moment of a call gone by."""
    told: list[datetime] = []
    for row in _rows(source.release, "calls"):
        opens, closes = _moment(row.get("opens_at")), _moment(row.get("closes_at"))
        told += [at for at in (opens, closes and closes - _WARNING, closes) if at and at <= now]
    return max(told).isoformat() if told else ""
