"""What is new: of everything, of a list, of one record and what is tied to it, of the log of releases."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice

import orjson
from django.http import HttpRequest, HttpResponse

from parvis.doors.ui import spelling
from parvis.foundation.values import in_language
from parvis.foundation.vocabulary import load
from parvis.foundation.vocabulary.addresses import address, address_of
from parvis.publication import reader
from parvis.publication.reader import Release, Row

from .answering import TYPES
from .lists import Source
from .sections import SECTIONS
from .syndication import Entry, Feed, as_atom, as_rss

#: The spellings of a feed.
FORMS = frozenset({"atom", "rss"})
MOST = 50
_TIED_AT_MOST = 1000
_FEED = {"fr": "{city} dans le monde", "en": "{city} in the world", "es": "{city} en el mundo", "pt": "{city} no mundo"}
_LOG = {"fr": "versions", "en": "releases", "es": "versiones", "pt": "versões"}
_RELEASE = {"fr": "Version {number}", "en": "Release {number}", "es": "Versión {number}", "pt": "Versão {number}"}
_CHANGES = {
    "fr": "Fiches nouvelles : {added} ; changées : {changed} ; retirées : {removed}",
    "en": "New records: {added}; changed: {changed}; gone: {removed}",
    "es": "Fichas nuevas: {added}; cambiadas: {changed}; retiradas: {removed}",
    "pt": "Fichas novas: {added}; alteradas: {changed}; retiradas: {removed}",
}


def of_list(request: HttpRequest, source: Source, section: str) -> Feed:
    """The records of a list, the latest changed first."""
    entries = [_record(request, source.release, row, source.language) for row in source.latest(MOST)]
    return feed(request, source.release, source.language, section_title(section, source.language), entries)


def of_everything(request: HttpRequest, release: Release, language: str) -> Feed:
    """What the latest releases added or changed, the latest first."""
    changed = islice(_changed(release, language), MOST)
    entries = [_record(request, release, row, language, at=at) for at, row in changed]
    return feed(request, release, language, "", entries)


def of_record(request: HttpRequest, release: Release, language: str, key: str) -> Feed:
    """What the latest releases added or changed of a record and of those tied to it."""
    tied = {row["key"] for row in release.links(key, lang=language, size=_TIED_AT_MOST)}
    changed = islice(_changed(release, language, among={key, *tied}), MOST)
    entries = [_record(request, release, row, language, at=at) for at, row in changed]
    title = release.cards([key], lang=language)[key]["title"]
    return feed(request, release, language, title, entries)


def of_releases(request: HttpRequest, release: Release, language: str) -> Feed:
    """The log of releases."""
    entries = []
    for number in islice(reversed(reader.numbers()), MOST):
        made = reader.numbered(number)
        if made is not None:
            counts = {kind: len(rows) for kind, rows in made.changes.items()}
            link = request.build_absolute_uri(address("versions", language, key=str(number)))
            title = _RELEASE[language].format(number=number)
            entries.append(Entry(link, title, link, _CHANGES[language].format(**counts), made.moment, "release"))
    return feed(request, release, language, _LOG[language], entries)


def feed(request: HttpRequest, release: Release, language: str, about: str, entries: Iterable[Entry]) -> Feed:
    """Entries under the name of the city and of what they are about; the page is the address without its suffix."""
    city = in_language(release.city.get("name", {}), language)[0]
    title = _FEED[language].format(city=city)
    return Feed(
        title=headed(title, about, language) if about else title,
        language=language,
        own=request.build_absolute_uri(),
        page=request.build_absolute_uri(request.path.rpartition(".")[0]),
        author=city,
        licence=str(release.city.get("licence") or ""),
        made=release.moment,
        entries=tuple(entries),
    )


def headed(first: str, then: str, language: str) -> str:
    """Two things said with a colon between, spaced as the language wants."""
    return spelling.spaced(f"{first} : {then}" if language == "fr" else f"{first}: {then}", language)


def told(news: Feed, form: str) -> HttpResponse:
    """The feed as asked for."""
    return HttpResponse(as_atom(news) if form == "atom" else as_rss(news), content_type=TYPES[form])


def section_title(section: str, language: str) -> str:
    """What a section lists, in words."""
    term = load().nouns.take(SECTIONS[section].nouns[0])
    return in_language(term.trait("many", term.label), language)[0]


def _changed(release: Release, language: str, *, among: Container[str] | None = None) -> Iterator[tuple[datetime, Row]]:
    """What releases added or changed up to this one, the latest first, each record once."""
    seen: set[str] = set()
    for number in reversed(reader.numbers()):
        earlier = reader.numbered(number) if number <= release.number else None
        if earlier is None:
            continue
        rows = (*earlier.changes["added"], *earlier.changes["changed"])
        keys = [row["key"] for row in rows if row["key"] not in seen and (among is None or row["key"] in among)]
        for key, card in release.cards(keys[: MOST * 4], lang=language).items():
            seen.add(key)
            yield earlier.moment, card


def _record(request: HttpRequest, release: Release, row: Row, language: str, *, at: datetime | None = None) -> Entry:
    raw = release.record_json(row["key"])
    summary = orjson.loads(raw)["texts"].get("summary", {}) if raw else {}
    link = request.build_absolute_uri(address_of(row["noun"], row["key"], language))
    day = datetime.fromisoformat(row["updated"]).replace(tzinfo=UTC) if row["updated"] else release.moment
    mark = request.build_absolute_uri(f"/id/{row['key']}")
    said = in_language(summary, language)[0]
    return Entry(mark, row["title"], link, said, at or day, row["noun"], row["title_lang"])
