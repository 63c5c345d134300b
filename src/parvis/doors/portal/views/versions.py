"""The log of releases: what was published when, and what each one changed."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.answers import NotHere, answer
from parvis.doors.portal.page import Page
from parvis.doors.ui import spelling
from parvis.foundation.vocabulary.addresses import address
from parvis.publication import reader

from .data import licence_of

MOST = 200


def _line(page: Page, release: reader.Release) -> dict[str, Any]:
    return {
        "number": release.number,
        "moment": spelling.moment(release.moment, page.language, release.city["time_zone"]),
        "address": page.to("versions", str(release.number)),
        "read": address("", page.language, release=release.number),
        "hash": release.content_hash,
        "records": sum(release.nouns().values()),
        "counts": {name: len(rows) for name, rows in release.changes.items()},
        "current": release.number == page.release.number,
    }


def index(page: Page) -> HttpResponse:
    releases = (reader.numbered(number) for number in sorted(reader.numbers(), reverse=True)[:MOST])
    return answer(
        page,
        "portal/versions.html",
        {"releases": [_line(page, release) for release in releases if release], "title": _("Release log")},
    )


def show(page: Page, key: str) -> HttpResponse:
    release = reader.numbered(int(key)) if key.isascii() and key.isdigit() and len(key) < 9 else None
    if release is None:
        raise NotHere
    changes = {name: [_changed(page, release, row) for row in rows[:MOST]] for name, rows in release.changes.items()}
    facts = {
        "line": _line(page, release),
        "changes": changes,
        "licence": licence_of(page),
        "parent": release.parent,
    }
    return answer(page, "portal/version.html", facts)


def _changed(page: Page, release: reader.Release, row: dict[str, Any]) -> dict[str, Any]:
    card = release.cards([row["key"]], lang=page.language).get(row["key"])
    title = {card["title_lang"]: card["title"]} if card else {page.language: row["key"]}
    return {
        "title": title,
        "noun": wording.noun(row["noun"], page.language),
        "address": page.to_record(row["noun"], row["key"]) if card else "",
    }
