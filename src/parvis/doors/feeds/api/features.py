"""Records that have a place on the map, as geographic programs ask for them (OGC API Features, part 1)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from parvis.foundation.values import in_language
from parvis.foundation.vocabulary.addresses import address_of
from parvis.publication.reader import Release, Row
from parvis.publication.reader.points import Box, extent, items_within, mapped_nouns

from .problems import Problem, language_of
from .shapes import Items

CONFORMS = [
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
]
_CRS = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_JSON, _GEOJSON, _HTML = "application/json", "application/geo+json", "text/html"
_OPENAPI = "application/vnd.oai.openapi+json;version=3.1"


def _at(request: HttpRequest, path: str = "", **query: Any) -> str:
    asked = request.GET.get("release")
    told = ({"release": asked} if asked else {}) | query
    return request.build_absolute_uri(f"/api/v1/{path}") + (f"?{urlencode(told)}" if told else "")


def _link(href: str, rel: str, kind: str, title: str = "") -> Row:
    return {"href": href, "rel": rel, "type": kind, "title": title}


def start(request: HttpRequest, release: Release) -> Row:
    """Links to everything."""
    city = in_language(release.city.get("name", {}), language_of(request))[0]
    here = request.build_absolute_uri("/").rstrip("/")
    return {
        "title": f"{city}: Parvis",
        "description": "What the city publishes about its international action, as of this release.",
        "release": release.number,
        "links": [
            _link(_at(request), "self", _JSON),
            _link(f"{here}/api/v1/openapi.json", "service-desc", _OPENAPI, "OpenAPI 3.1"),
            _link(f"{here}/en/api", "service-doc", _HTML, "How to ask, with a form to try it"),
            _link(_at(request, "conformance"), "conformance", _JSON),
            _link(_at(request, "collections"), "data", _JSON, "Records on the map"),
            _link(_at(request, "datasets"), "items", _JSON, "Published tables"),
            _link(_at(request, "releases"), "version-history", _JSON, "Releases"),
            _link(f"{here}/data/catalogue.ttl", "describedby", "text/turtle", "The catalogue (DCAT-AP)"),
        ],
    }


def collections(request: HttpRequest, release: Release) -> Row:
    told = [_told(request, release, noun) for noun in mapped_nouns(release)]
    return {"links": [_link(_at(request, "collections"), "self", _JSON)], "collections": told}


def collection(request: HttpRequest, release: Release, noun: str) -> Row:
    return _told(request, release, _known(release, noun))


def _known(release: Release, noun: str) -> str:
    nouns = mapped_nouns(release)
    if noun not in nouns:
        said = "There is no collection “%(name)s”. There are: %(names)s."
        raise Problem(404, said, name=noun[:64], names=", ".join(nouns))
    return noun


def _told(request: HttpRequest, release: Release, noun: str) -> Row:
    table = next((one for one in release.tables() if one["noun"] == noun), {})
    language = language_of(request)
    box, days = extent(release, noun)
    spatial = {"bbox": [box], "crs": _CRS} if box else {"bbox": [[-180, -90, 180, 90]], "crs": _CRS}
    moments = [f"{day}T00:00:00Z" if day else None for day in days]
    return {
        "id": noun,
        "title": in_language(table.get("title", {}), language)[0] or noun,
        "description": in_language(table.get("grain", {}), language)[0],
        "links": [
            _link(_at(request, f"collections/{noun}"), "self", _JSON),
            _link(_at(request, f"collections/{noun}/items"), "items", _GEOJSON),
        ],
        "extent": {"spatial": spatial, "temporal": {"interval": [moments]}},
        "itemType": "feature",
        "crs": [_CRS],
    }


def items(request: HttpRequest, release: Release, noun: str, asked: Items) -> HttpResponse:
    """Features within a box and a time, page by page."""
    _known(release, noun)
    total, rows = items_within(
        release, noun, box=_box(asked.bbox), days=_days(asked.datetime), start=asked.offset, size=asked.limit
    )
    path = f"collections/{noun}/items"
    kept = {name: value for name, value in request.GET.items() if name not in ("release", "offset")}
    links = [_link(request.build_absolute_uri(), "self", _GEOJSON),
             _link(_at(request, f"collections/{noun}"), "collection", _JSON)]  # fmt: skip
    if asked.offset + len(rows) < total and rows:
        links.append(_link(_at(request, path, **kept, offset=asked.offset + len(rows)), "next", _GEOJSON))
    if asked.offset:
        links.append(_link(_at(request, path, **kept, offset=max(0, asked.offset - asked.limit)), "prev", _GEOJSON))
    return _geojson(
        {
            "type": "FeatureCollection",
            "numberMatched": total,
            "numberReturned": len(rows),
            "timeStamp": release.moment.isoformat(),
            "features": [_feature(request, row) for row in rows],
            "links": links,
        }
    )


def item(request: HttpRequest, release: Release, noun: str, key: str) -> HttpResponse:
    row = release.cards([key], lang=language_of(request)).get(key)
    if _known(release, noun) and (row is None or row["noun"] != noun or row["lat"] is None or row["lon"] is None):
        raise Problem(404, "There is no such record, or it is not public.")
    assert row is not None  # refused just above
    links = [_link(_at(request, f"collections/{noun}/items/{key}"), "self", _GEOJSON),
             _link(_at(request, f"collections/{noun}"), "collection", _JSON)]  # fmt: skip
    return _geojson({**_feature(request, row), "links": links})


def _feature(request: HttpRequest, row: Row) -> Row:
    language = language_of(request)
    told = {name: value for name, value in row.items() if name not in ("lat", "lon", "key", "id") and value is not None}
    told["page"] = request.build_absolute_uri(address_of(row["noun"], row["key"], language))
    point = {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
    return {"type": "Feature", "id": row["key"], "geometry": point, "properties": told}


def _geojson(told: Row) -> HttpResponse:
    return HttpResponse(orjson.dumps(told), content_type=_GEOJSON)


def _box(text: str) -> Box | None:
    """Four numbers, or six of which the heights do not count. Raises Problem."""
    if not text:
        return None
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) == 6:
        numbers = [numbers[0], numbers[1], numbers[3], numbers[4]]
    if len(numbers) != 4 or not all(abs(number) <= 180 for number in numbers):
        raise Problem(400, "A box is four numbers, west, south, east, north: “%(box)s” is not.", box=text[:60])
    west, south, east, north = numbers
    if not -90 <= south <= north <= 90:
        raise Problem(400, "A box is four numbers, west, south, east, north: “%(box)s” is not.", box=text[:60])
    return west, south, east, north


def _days(text: str) -> tuple[date | None, date | None] | None:
    """First and last day asked for; None for an open end. Raises Problem."""
    if not text:
        return None
    first, slash, last = text.partition("/")
    try:
        start = None if first in ("", "..") else _day(first)
        end = start if not slash else None if last in ("", "..") else _day(last)
    except ValueError:
        start = end = None
        first = last = "?"
    if (first == "?" and last == "?") or (not slash and start is None) or (start and end and start > end):
        raise Problem(400, "A time is a moment, or two with a slash between: “%(time)s” is not.", time=text[:60])
    return start, end


def _day(text: str) -> date:
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text).date()


_SAID = (
    _("There is no collection “%(name)s”. There are: %(names)s."),
    _("A box is four numbers, west, south, east, north: “%(box)s” is not."),
    _("A time is a moment, or two with a slash between: “%(time)s” is not."),
)
