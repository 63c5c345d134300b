"""A list as JSON page by page, as CSV or GeoJSON in full."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any, Protocol

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from parvis.foundation.values import as_cell
from parvis.foundation.vocabulary.addresses import address_of
from parvis.publication import reader
from parvis.publication.reader import Listing, Release, Row

from .answering import TYPES, as_json, streamed
from .asking import Asked
from .sections import COLUMNS, Section
from .workbooks import workbook

_AT_ONCE = 500


class Source(Protocol):
    """Where the rows of a list come from."""

    release: Release
    language: str
    asked: Asked

    @property
    def columns(self) -> tuple[str, ...]: ...

    def page(self) -> Listing: ...

    def each(self) -> Iterator[Row]: ...

    def latest(self, most: int) -> list[Row]: ...


class Records:
    """The records of a noun, narrowed as asked."""

    def __init__(self, release: Release, language: str, section: Section, asked: Asked) -> None:
        self.release = release
        self.language = language
        self.asked = asked
        self._section = section

    @property
    def columns(self) -> tuple[str, ...]:
        """Those of every record, then those of this section."""
        told = self._section
        titled = [f"{fact}_title" for fact in told.facts if fact in told.named]
        return (*COLUMNS, *told.facts, *titled)

    def page(self) -> Listing:
        asked = self.asked
        as_they_are = not self._section.facts and asked.on is None
        listing = self.release.listing(
            self._section.nouns, lang=self.language, filters=asked.filters, on=asked.on, sort=asked.sort,
            page=asked.page, size=asked.size, docs=bool(self._section.facts), written=as_they_are,
        )  # fmt: skip
        if as_they_are:
            return replace(listing, rows=[orjson.Fragment(row) for row in listing.rows])
        return replace(listing, rows=self._with_facts(listing.rows))

    def each(self) -> Iterator[Row]:
        asked = self.asked
        rows = self.release.each(
            self._section.nouns, lang=self.language, filters=asked.filters, on=asked.on, sort=asked.sort,
            docs=bool(self._section.facts),
        )  # fmt: skip
        while batch := list(islice(rows, _AT_ONCE)):
            yield from self._with_facts(batch)

    def _with_facts(self, rows: list[Row]) -> list[Row]:
        """Rows with the facts of their section, and the titles of the records these name, read at once."""
        told = self._section
        if not told.facts:
            return rows
        held = [(row, (row.pop("doc") or {}).get("facts", {})) for row in rows]
        keys = [facts[name] for _, facts in held for name in told.named if facts.get(name)]
        cards = self.release.cards(keys, lang=self.language)
        return [
            {
                **row,
                **{name: facts.get(name) for name in told.facts},
                **{f"{name}_title": cards.get(facts.get(name, ""), {}).get("title") for name in told.named},
            }
            for row, facts in held
        ]

    def latest(self, most: int) -> list[Row]:
        """Those amended last."""
        asked = self.asked
        return self.release.listing(
            self._section.nouns, lang=self.language, filters=asked.filters, on=asked.on, sort="updated", size=most
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
    return streamed(source.release, _csv(source, origin), "csv", name)


def _csv(source: Source, origin: str) -> Iterator[bytes]:
    text = io.StringIO(newline="")
    written = csv.writer(text)
    written.writerow(source.columns)
    rows = source.each()
    while True:
        batch = list(islice(rows, _AT_ONCE))
        written.writerows([_flat(row, source.columns, origin, source.language) for row in batch])
        yield text.getvalue().encode()
        if not batch:
            return
        text.seek(0)
        text.truncate()


def _flat(row: Row, columns: tuple[str, ...], origin: str, language: str) -> list[Any]:
    told = {
        **{name: as_cell(value) if isinstance(value, str) else value for name, value in row.items()},
        "themes": " ".join(row["themes"]),
        "address": origin + address_of(row["noun"], row["key"], language),
    }
    return [told[column] for column in columns]


def as_workbook(request: HttpRequest, source: Source, name: str) -> HttpResponseBase:
    """Every row as a sheet, amounts as numbers, with a line on top that says what it is."""
    origin = request.build_absolute_uri("/").rstrip("/")
    release = source.release
    about = f"Release {release.number}, {release.day.isoformat()}, {origin}{request.get_full_path()}"
    rows = ([row[column] for column in source.columns] for row in _addressed(source, origin))
    response = HttpResponse(workbook(name, about, source.columns, rows), content_type=TYPES["xlsx"])
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _addressed(source: Source, origin: str) -> Iterator[Row]:
    for row in source.each():
        address = origin + address_of(row["noun"], row["key"], source.language)
        yield {**row, "themes": " ".join(row["themes"]), "address": address}


def as_map(request: HttpRequest, source: Source, name: str) -> HttpResponseBase:
    """Every row that has a point, as GeoJSON, with how many rows there are and how many have none."""
    origin = request.build_absolute_uri("/").rstrip("/")
    return streamed(source.release, _features(source, origin), "geojson", name)


def _features(source: Source, origin: str) -> Iterator[bytes]:
    yield b'{"type":"FeatureCollection","features":['
    between, rows, without = b"\n", 0, 0
    for row in source.each():
        rows += 1
        if row["lat"] is None or row["lon"] is None:
            without += 1
            continue
        yield between + orjson.dumps(_feature(row, origin, source.language))
        between = b",\n"
    yield b'\n],"rows":%d,"without_point":%d}\n' % (rows, without)


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
