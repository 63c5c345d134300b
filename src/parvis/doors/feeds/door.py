"""From an address with a suffix to the answer a machine reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from parvis.foundation.vocabulary.addresses import addresses
from parvis.publication import reader
from parvis.publication.reader import Release
from parvis.publication.reader.schema import LANGUAGES

from . import calendars, found, lists, moments, news, towns
from .answering import as_json, not_here, raw_json, tagged
from .asking import NoSuchDay, asked_of
from .sections import SECTIONS, TOWNS, VIEWS, Section
from .syndication import Feed
from .tied import Tied

View = Callable[..., HttpResponseBase]


def from_release(view: View) -> View:
    """Hand the view the release its address names, and answer what cannot be in words."""

    @wraps(view)
    def answer(request: HttpRequest, number: str | None = None, **asked: Any) -> HttpResponseBase:
        try:
            release = _release(number)
        except reader.NoRelease:
            return as_json({"error": "Nothing has been published yet."}, status=503)
        if release is None or asked.get("language", LANGUAGES[0]) not in LANGUAGES:
            return not_here()
        try:
            return view(request, release, **asked)
        except NoSuchDay as day:
            return not_here(f"There is no such day: {day}.", latest=release.day.isoformat())

    return require_safe(reader.steadied(answer))


def _release(number: str | None) -> Release | None:
    if number is None:
        return reader.current()
    return reader.numbered(int(number)) if len(number) < 9 else None


@from_release
def record_by_key(request: HttpRequest, release: Release, key: str) -> HttpResponseBase:
    """A record, as it was written down when the release was made."""
    body = release.record_json(key)
    return not_here() if body is None else tagged(request, release, lambda: raw_json(body))


@from_release
def home(request: HttpRequest, release: Release, language: str, suffix: str) -> HttpResponseBase:
    """What is new, for readers of feeds; what there is, for programs."""
    if suffix in news.FORMS:
        return tagged(request, release, lambda: news.told(news.of_everything(request, release, language), suffix))
    if suffix == "json":
        return tagged(request, release, lambda: as_json(lists.about(request, release, language)))
    return not_here()


@from_release
def listed(request: HttpRequest, release: Release, language: str, word: str, suffix: str) -> HttpResponseBase:
    """A section's list."""
    section = addresses().section_meant(word, language) or ""
    if section == "search" and suffix == "json":
        return tagged(request, release, lambda: found.found(request, release, language))
    if section == "versions":
        return _versions(request, release, language, suffix)
    if section not in SECTIONS:
        return not_here()
    return _list(request, release, language, section, SECTIONS[section], suffix)


def _versions(request: HttpRequest, release: Release, language: str, suffix: str) -> HttpResponseBase:
    if suffix in news.FORMS:
        return tagged(request, release, lambda: news.told(news.of_releases(request, release, language), suffix))
    if suffix == "json":
        return tagged(request, release, lambda: as_json(lists.releases()))
    return not_here()


@from_release
def within(request: HttpRequest, release: Release, language: str, word: str, key: str, suffix: str) -> HttpResponseBase:
    """A record of a section, or a view of its list."""
    section = addresses().section_meant(word, language) or ""
    view = next((name for name, words in addresses().views.items() if key in words.values()), "")
    if (section, view) in VIEWS:
        fixed = VIEWS[section, view]
        known = SECTIONS[section]
        return _list(
            request,
            release,
            language,
            section,
            replace(known, fixed=fixed),
            suffix,
        )
    body = release.record_json(key) if section in SECTIONS else None
    if body is None or suffix not in {"json", "csv", "ics", *news.FORMS}:
        return not_here()
    if suffix == "json":
        return tagged(request, release, lambda: raw_json(body))
    if suffix == "csv":
        known = SECTIONS[section]
        tied = Tied(release, language, key, asked_of(request.GET, release, known.nouns, sort=known.sort))
        return tagged(request, release, lambda: lists.as_csv(request, tied, key))
    if suffix in news.FORMS:
        return tagged(request, release, lambda: news.told(news.of_record(request, release, language, key), suffix))
    return tagged(request, release, lambda: calendars.of_record(request, release, language, key))


def _list(
    request: HttpRequest, release: Release, language: str, name: str, section: Section, suffix: str
) -> HttpResponseBase:
    if suffix not in section.formats:
        return not_here()
    asked = asked_of(request.GET, release, section.nouns, sort=section.sort, fixed=section.fixed)
    if name in TOWNS:
        source: lists.Source = towns.Towns(release, language, asked, request.GET)
    else:
        source = lists.Records(release, language, section, asked)
    make: dict[str, Callable[[], HttpResponseBase]] = {
        "json": lambda: lists.as_page(request, source),
        "csv": lambda: lists.as_csv(request, source, name),
        "geojson": lambda: lists.as_map(request, source, name),
        "xlsx": lambda: lists.as_workbook(request, source, name),
        "ics": lambda: calendars.of_section(request, release, language, name, source),
    }
    if suffix in news.FORMS:
        return _news(request, source, name, suffix)
    return tagged(request, release, make[suffix])


def _news(request: HttpRequest, source: lists.Source, name: str, form: str) -> HttpResponseBase:
    """The feed of a section; that of calls changes with the hour, for a call opens and closes by it."""
    now = timezone.now()
    of_section: dict[str, Callable[[], Feed]] = {
        "calls": lambda: moments.of_calls(request, source, now),
        "promises": lambda: moments.of_promises(request, source),
    }
    make = of_section.get(name, lambda: news.of_list(request, source, name))
    clock = moments.mark_of(source, now) if name == "calls" else ""
    return tagged(request, source.release, lambda: news.told(make(), form), clock=clock)
