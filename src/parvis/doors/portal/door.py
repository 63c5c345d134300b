"""The one door of the portal: from an address to the page that answers it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from parvis.doors.ui import spelling
from parvis.foundation.values import PartialDate
from parvis.foundation.vocabulary.addresses import address, address_of, addresses
from parvis.publication import reader
from parvis.publication.reader import Release

from .answers import NotHere, not_here, plain_not_here, unchanged
from .page import Page, with_query
from .views import SECTIONS, VIEWS


def _preferred(request: HttpRequest, otherwise: str) -> str:
    """The first language of the reader that the portal speaks."""
    for part in request.headers.get("Accept-Language", "").split(","):
        code = part.split(";")[0].strip()[:2].lower()
        if code in spelling.LOCALES:
            return code
    return otherwise


def _release(number: str | None) -> Release | None:
    return reader.numbered(int(number)) if number and len(number) < 9 else None if number else reader.current()


@require_safe
@reader.steadied
def root(request: HttpRequest) -> HttpResponse:
    """The bare address leads to the reader's language."""
    release = reader.current_or_none()
    home = _preferred(request, release.city.get("default_language", "fr") if release else "fr")
    return _towards(address("", home))


@require_safe
@reader.steadied
def by_key(request: HttpRequest, key: str) -> HttpResponse:
    """The permanent address of a record leads to its page in the reader's language."""
    release = reader.current_or_none()
    if release is None:
        return plain_not_here(request, "")
    language = _preferred(request, release.city.get("default_language", "fr"))
    record = release.record(key)
    noun = record["noun"] if record else ""
    if noun in addresses().nouns:
        return _towards(with_query(address_of(noun, key, language), dict(request.GET.lists())))
    with translation.override(language):
        return not_here(Page(request, language, release), NotHere())


def _towards(path: str) -> HttpResponse:
    response = HttpResponseRedirect(path)
    response["Cache-Control"] = "no-cache"
    response["Vary"] = "Accept-Language"
    return response


@require_safe
@reader.steadied
def enter(request: HttpRequest, language: str, **asked: Any) -> HttpResponse:
    """Any page of the portal. Words of another language lead to those of this one."""
    known = language if language in spelling.LOCALES else _preferred(request, "en")
    try:
        release = _release(asked.get("release"))
    except reader.NoRelease:
        with translation.override(known):
            return plain_not_here(request, _("Nothing has been published yet."))
    with translation.override(known):
        page = Page(request, known, release or reader.current())
        if release is None or language != known:
            return not_here(page, NotHere())
        page.asked_release = release.number if asked.get("release") else None
        try:
            return _answer(page, asked.get("word") or "", asked.get("key") or "")
        except NotHere as refused:
            page.on, page.on_text = None, ""
            return not_here(page, refused)


def lost(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  # Django names it
    """An address of no shape we know."""
    language, release = _spoken_at(request), reader.current_or_none()
    with translation.override(language):
        if release is None:
            return plain_not_here(request, "")
        try:
            return not_here(Page(request, language, release), NotHere())
        except DisallowedHost as fault:
            return unreadable(request, fault)


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request nobody can make sense of; nothing of it is repeated. What refused it may say why, and its status."""
    language, status = _spoken_at(request), getattr(exception, "status", 400)
    with translation.override(language):
        said = str(getattr(exception, "said", "") or _("This request cannot be read."))
        release = reader.current_or_none()
        if release is None or isinstance(exception, DisallowedHost):
            return plain_not_here(request, said, status=status)
        try:
            return not_here(Page(request, language, release), NotHere(said), status=status)
        except DisallowedHost:
            return plain_not_here(request, said, status=status)


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of ours: said plainly, without a word of what it was."""
    with translation.override(_spoken_at(request)):
        said = _("Something went wrong here, and was noted. Please try again in a moment.")
        return plain_not_here(request, said, status=500)


def _spoken_at(request: HttpRequest) -> str:
    """The language of an address, as far as it says one; or else the reader's."""
    word = request.path.split("/")[1]
    return word if word in spelling.LOCALES else _preferred(request, "fr")


def _answer(page: Page, word: str, key: str) -> HttpResponse:
    section = addresses().section_meant(word, page.language) if word else ""
    if section is None:
        raise NotHere
    page.section = section
    view = next((name for name, words in addresses().views.items() if key in words.values()), "")
    page.view, page.key = (view, "") if (section, view) in VIEWS else ("", key)
    right = address(section, page.language, key=page.key, view=page.view, release=page.asked_release)
    if page.request.path != right:
        return HttpResponseRedirect(with_query(right, page.query))
    _describe_day(page)
    if page.view:
        return unchanged(page) or VIEWS[section, page.view](page)
    index, show = SECTIONS[section]
    if not key:
        return unchanged(page) or index(page)
    if show is None:
        raise NotHere
    return unchanged(page) or show(page, key)


def _describe_day(page: Page) -> None:
    """Read the day asked for. One that cannot be is answered with the nearest that can."""
    text = page.request.GET.get("on", "").strip()
    if not text:
        return
    try:
        asked = PartialDate.parse(text)
    except ValueError:
        raise _no_such_day(page, _nearest(text, page.day)) from None
    last = asked.latest
    if last is None or "/" in text:
        raise _no_such_day(page, page.day.isoformat())
    if asked.earliest and asked.earliest > page.day:
        raise NotHere(
            _("This release was made on %(day)s: it knows nothing of later days.")
            % {"day": spelling.day(page.day, page.language)},
            offer=page.with_query({"on": ""}),
            offered=spelling.day(page.day, page.language),
        )
    if page.takes_a_day:
        page.on, page.on_text = min(last, page.day), text
    else:
        page.dropped.append(_("This page does not change with the day: the date was left aside."))


def _no_such_day(page: Page, nearest: str) -> NotHere:
    return NotHere(
        _("There is no such day."),
        offer=page.with_query({"on": nearest}),
        offered=spelling.day(nearest, page.language),
    )


def _nearest(text: str, otherwise: date) -> str:
    """The nearest day that exists: 2015-02-31 gives 2015-02-28, 2015-13 gives 2015."""
    if not text.isascii():
        return otherwise.isoformat()
    year, _dash, rest = text[:10].partition("-")
    month, _dash, day = rest.partition("-")
    if not (year.isdigit() and len(year) == 4 and int(year)):
        return otherwise.isoformat()
    if not (month.isdigit() and 1 <= int(month) <= 12):
        return year
    found = PartialDate.parse(f"{year}-{int(month):02}").latest
    assert found is not None  # a month has a last day
    return found.isoformat() if day.isdigit() and int(day) > found.day else f"{year}-{int(month):02}"
