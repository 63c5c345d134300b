"""What is new, for readers of feeds (RSS 2.0)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime
from itertools import islice
from xml.sax.saxutils import escape

import orjson
from django.http import HttpRequest, HttpResponse

from parvis.foundation.values import in_language
from parvis.foundation.vocabulary.addresses import address, address_of
from parvis.publication import reader
from parvis.publication.reader import Release, Row

from .answering import TYPES
from .lists import Source

_MOST = 50
_FEED = {"fr": "{city} dans le monde", "en": "{city} in the world", "es": "{city} en el mundo", "pt": "{city} no mundo"}
_RELEASE = {"fr": "Version {number}", "en": "Release {number}", "es": "Versión {number}", "pt": "Versão {number}"}
_CHANGES = {
    "fr": "{added} nouvelles fiches, {changed} changées, {removed} retirées",
    "en": "{added} new records, {changed} changed, {removed} gone",
    "es": "{added} fichas nuevas, {changed} cambiadas, {removed} retiradas",
    "pt": "{added} fichas novas, {changed} alteradas, {removed} retiradas",
}


def of_list(request: HttpRequest, source: Source, section: str) -> HttpResponse:
    """The records of a list, the latest changed first."""
    items = [_record(request, source.release, row, source.language) for row in source.latest(_MOST)]
    link = request.build_absolute_uri(address(section, source.language))
    return _feed(request, source.release, source.language, link, items)


def of_everything(request: HttpRequest, release: Release, language: str) -> HttpResponse:
    """What the latest releases added or changed, the latest first."""
    items = [
        _record(request, release, row, language, at=changed.moment)
        for changed, row in islice(_changed(release, language), _MOST)
    ]
    return _feed(request, release, language, request.build_absolute_uri(address("", language)), items)


def _changed(release: Release, language: str) -> Iterable[tuple[Release, Row]]:
    told: set[str] = set()
    for number in reversed(reader.numbers()):
        earlier = reader.numbered(number)
        if earlier is None or number > release.number:
            continue
        rows = [*earlier.changes["added"], *earlier.changes["changed"]][: _MOST * 4]
        cards = release.cards((row["key"] for row in rows), lang=language)
        for key, card in cards.items():
            if key not in told:
                told.add(key)
                yield earlier, card


def of_releases(request: HttpRequest, release: Release, language: str) -> HttpResponse:
    """The log of releases."""
    items = []
    for number in islice(reversed(reader.numbers()), _MOST):
        made = reader.numbered(number)
        if made is not None:
            counts = {kind: len(rows) for kind, rows in made.changes.items()}
            link = request.build_absolute_uri(address("versions", language, key=str(number)))
            items.append(
                _item(_RELEASE[language].format(number=number), link, _CHANGES[language].format(**counts), made.moment)
            )
    return _feed(request, release, language, request.build_absolute_uri(address("versions", language)), items)


def _record(request: HttpRequest, release: Release, row: Row, language: str, *, at: datetime | None = None) -> str:
    raw = release.record_json(row["key"])
    summary = orjson.loads(raw)["texts"].get("summary", {}) if raw else {}
    link = request.build_absolute_uri(address_of(row["noun"], row["key"], language))
    when = at or (datetime.fromisoformat(row["updated"]).replace(tzinfo=UTC) if row["updated"] else None)
    return _item(row["title"], link, in_language(summary, language)[0], when)


def _item(title: str, link: str, said: str, at: datetime | None) -> str:
    date = f"<pubDate>{format_datetime(at)}</pubDate>" if at else ""
    return (
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link><guid>{escape(link)}</guid>"
        f"<description>{escape(said)}</description>{date}</item>"
    )


def _feed(request: HttpRequest, release: Release, language: str, link: str, items: list[str]) -> HttpResponse:
    city = in_language(release.city.get("name", {}), language)[0]
    title = escape(_FEED[language].format(city=city))
    own = escape(request.build_absolute_uri())
    body = (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f"<title>{title}</title><link>{escape(link)}</link><description>{title}</description>"
        f'<language>{language}</language><atom:link rel="self" type="application/rss+xml" href="{own}"/>'
        f"<lastBuildDate>{format_datetime(release.moment)}</lastBuildDate>{''.join(items)}</channel></rss>\n"
    )
    return HttpResponse(body, content_type=TYPES["rss"])
