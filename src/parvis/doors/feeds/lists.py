"""A list as JSON page by page, as CSV or GeoJSON in full."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import Any, Protocol

import orjson
from django.http import HttpRequest, HttpResponseBase

from parvis.foundation.values import as_cell
from parvis.foundation.vocabulary.addresses import address_of
from parvis.publication import reader
from parvis.publication.reader import Listing, Release, Row

from .answering import as_json, streamed
from .asking import Asked

COLUMNS = (
    "key", "noun", "kind", "state", "country", "lat", "lon", "from_day", "to_day", "themes", "title", "title_lang",
    "updated", "address",
)  # fmt: skip
_AT_ONCE = 500


class Source(Protocol):
    """Where the rows of a list come from."""

    release: Release
    language: str
    asked: Asked

    def page(self) -> Listing: ...

    def each(self) -> Iterator[Row]: ...

    def latest(self, most: int) -> list[Row]: ...


class Records:
    """The records of a noun, narrowed as asked."""

    def __init__(self, release: Release, language: str, nouns: tuple[str, ...], asked: Asked) -> None:
        self.release = release
        self.language = language
        self.asked = asked
        self._nouns = nouns

    def page(self) -> Listing:
        asked = self.asked
        return self.release.listing(
            self._nouns, lang=self.language, filters=asked.filters, on=asked.on, sort=asked.sort, page=asked.page,
            size=asked.size,
        )  # fmt: skip

    def each(self) -> Iterator[Row]:
        asked = self.asked
        return self.release.each(self._nouns, lang=self.language, filters=asked.filters, on=asked.on, sort=asked.sort)

    def latest(self, most: int) -> list[Row]:
        """Those amended last."""
        asked = self.asked
        return self.release.listing(
            self._nouns, lang=self.language, filters=asked.filters, on=asked.on, sort="updated", size=most
        ).rows


def as_page(request: HttpRequest, source: Source) -> HttpResponseBase:
    """One page, with the counts beside each filter and the address of the next page."""
    listing, asked, release = source.page(), source.asked, source.release
    further = request.GET.copy()
    further["page"] = str(listing.page + 1)
    return as_json(
        {
            "release": release.number,
            "day": release.day.isoformat(),
            "on": asked.on.isoformat() if asked.on else None,
            "language": source.language,
            "total": listing.total,
            "page": listing.page,
            "pages": listing.pages,
            "next": f"{request.path}?{further.urlencode()}" if listing.page < listing.pages else None,
            "facets": listing.facets,
            "interrupted": listing.interrupted,
            "left_aside": asked.left_aside,
            "rows": listing.rows,
        }
    )


def as_csv(request: HttpRequest, source: Source, name: str) -> HttpResponseBase:
    """Every row, with the address where people read it."""
    origin = request.build_absolute_uri("/").rstrip("/")
    return streamed(_csv(source, origin), "csv", name)


def _csv(source: Source, origin: str) -> Iterator[bytes]:
    text = io.StringIO(newline="")
    written = csv.writer(text)
    written.writerow(COLUMNS)
    rows = source.each()
    while True:
        batch = list(islice(rows, _AT_ONCE))
        written.writerows([_flat(row, origin, source.language) for row in batch])
        yield text.getvalue().encode()
        if not batch:
            return
        text.seek(0)
        text.truncate()


def _flat(row: Row, origin: str, language: str) -> list[Any]:
    told = {
        **row,
        "title": as_cell(row["title"]),
        "themes": " ".join(row["themes"]),
        "address": origin + address_of(row["noun"], row["key"], language),
    }
    return [told[column] for column in COLUMNS]


def as_map(request: HttpRequest, source: Source, name: str) -> HttpResponseBase:
    """Every row that has a point, as GeoJSON."""
    origin = request.build_absolute_uri("/").rstrip("/")
    return streamed(_features(source, origin), "geojson", name)


def _features(source: Source, origin: str) -> Iterator[bytes]:
    yield b'{"type":"FeatureCollection","features":['
    between = b"\n"
    for row in source.each():
        if row["lat"] is not None and row["lon"] is not None:
            yield between + orjson.dumps(_feature(row, origin, source.language))
            between = b",\n"
    yield b"\n]}\n"


def _feature(row: Row, origin: str, language: str) -> Row:
    told = {name: value for name, value in row.items() if name not in ("lat", "lon") and value is not None}
    told["address"] = origin + address_of(row["noun"], row["key"], language)
    point = {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
    return {"type": "Feature", "id": row["key"], "geometry": point, "properties": told}


def about(request: HttpRequest, release: Release, language: str) -> Row:
    """What this site publishes, for a program that meets it for the first time."""
    origin = request.build_absolute_uri("/").rstrip("/")
    return {
        "city": release.city.get("name"),
        "release": release.number,
        "moment": release.moment.isoformat(),
        "content_hash": release.content_hash,
        "licence": release.city.get("licence"),
        "languages": release.languages,
        "language": language,
        "records": release.nouns(),
        "dictionary": f"{origin}/data/dictionary.json",
        "files": f"{origin}/data/{release.number}/release.json",
    }


def releases() -> list[Row]:
    """Every release: when, what it changed, and its identity."""
    kept = (reader.numbered(number) for number in reversed(reader.numbers()))
    return [
        {
            "number": release.number,
            "parent": release.parent,
            "moment": release.moment.isoformat(),
            "day": release.day.isoformat(),
            "content_hash": release.content_hash,
            "records": sum(release.nouns().values()),
            "changes": {kind: len(rows) for kind, rows in release.changes.items()},
        }
        for release in kept
        if release is not None
    ]
