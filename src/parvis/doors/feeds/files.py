"""The files of releases: tables, maps, the whole as one; each with its sha256."""

from __future__ import annotations

import base64
from pathlib import Path

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponseBase,
    HttpResponseNotModified,
    HttpResponseRedirect,
)
from django.utils.translation import gettext_noop as _

from parvis.publication.reader import Release

from .answering import as_json, dressed, not_here, tagged
from .api import problems
from .door import from_release

_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".parquet": "application/vnd.apache.parquet",
    ".sqlite": "application/vnd.sqlite3",
    ".zip": "application/zip",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    ".ttl": "text/turtle; charset=utf-8",
    ".jsonld": "application/ld+json",
    ".rdf": "application/rdf+xml",
}
_SQUEEZED_ALREADY = frozenset({".parquet", ".zip", ".sqlite", ".xlsx"})


#: Files that their standard does not let be empty: a release whose records all lack something has none.
_NEVER_EMPTY = frozenset({"standards/360giving.json"})
#: Said to a program that asks for it.
_NOBODY = _(
    "This release has no package of 360Giving, which is never empty: of no grant is the day of its award known. "
    "360giving-others.csv, beside it, has every grant, with what it lacks."
)


@from_release
def dictionary(request: HttpRequest, release: Release) -> HttpResponseBase:
    """The data dictionary: each table with its grain, each column with its meaning."""
    told = {
        "city": release.city.get("name"),
        "licence": release.city.get("licence"),
        "release": release.number,
        "tables": release.tables(),
    }
    return tagged(request, release, lambda: as_json(told))


@from_release
def current_file(_request: HttpRequest, release: Release, path: str) -> HttpResponseBase:
    """An address that stays: it leads to the file in the release in force."""
    response = HttpResponseRedirect(f"/data/{release.number}/{path}")
    return dressed(response, "")


#: Spellings of the catalogue, the first one for whoever does not say.
_SPELLINGS = {"ttl": "text/turtle", "jsonld": "application/ld+json", "rdf": "application/rdf+xml"}


@from_release
def catalogue(request: HttpRequest, release: Release, suffix: str = "") -> HttpResponseBase:
    """The catalogue, in the spelling its address names, or else the one the reader likes best."""
    chosen = suffix or _liked(request.headers.get("Accept", ""))
    if not chosen:
        said = "The catalogue is given as text/turtle, application/ld+json or application/rdf+xml."
        return as_json({"error": said}, status=406)
    response = _a_file(request, release, f"standards/catalogue.{chosen}")
    if not suffix:
        response["Vary"] = "Accept"
    if response.status_code == 200:
        response["Content-Disposition"] = f'inline; filename="catalogue.{chosen}"'
    return response


def _liked(accept: str) -> str:
    """The spelling liked best; the first of ours where any will do."""
    weights = {}
    for part in accept.split(",") if accept.strip() else ["*/*"]:
        kind, *rest = (one.strip() for one in part.split(";"))
        weight = next((one.removeprefix("q=") for one in rest if one.startswith("q=")), "1")
        weights[kind] = float(weight) if weight.replace(".", "", 1).isdigit() else 0.0
    general = max(weights.get("*/*", 0.0), weights.get("text/html", 0.0))  # a person is given the first
    scores = {
        suffix: weights.get(kind, weights.get(f"{kind.split('/')[0]}/*", general))
        for suffix, kind in _SPELLINGS.items()
    }
    best = max(scores, key=lambda suffix: scores[suffix])
    return best if scores[best] > 0 else ""


@from_release
def release_file(request: HttpRequest, release: Release, path: str) -> HttpResponseBase:
    """A file of a release. None is given while it still holds a record withdrawn since."""
    if path == "release.json":
        return tagged(request, release, lambda: as_json(_told(release)))
    return _a_file(request, release, path)


def _a_file(request: HttpRequest, release: Release, path: str) -> HttpResponseBase:
    known = {file["path"].removeprefix("content/"): file for file in release.files}
    if path in _NEVER_EMPTY and path not in known:
        return _nobody_in_it(request, release)
    if path not in known or path == "changes.json":
        return not_here()
    if release.hides_something:
        return _being_made_anew()
    try:
        return _given(request, release.folder / known[path]["path"], known[path]["sha256"])
    except OSError:  # purged or lost this very moment
        return _being_made_anew()


def _nobody_in_it(request: HttpRequest, release: Release) -> HttpResponseBase:
    """A reader is led to the page that says how many records the standard cannot hold; a program is told there is none.

    Given a page, a validator would judge the page.
    """
    if "text/html" not in request.headers.get("Accept", ""):
        answer = problems.told(request, 404, _NOBODY)
        answer["Vary"] = "Accept, Accept-Language"
        answer["Access-Control-Allow-Origin"] = "*"
        return answer
    response = HttpResponseRedirect(f"/{release.city.get('default_language', 'fr')}/data#standards")
    response.status_code = 303
    response["Vary"] = "Accept"
    return dressed(response, "")


def _being_made_anew() -> HttpResponseBase:
    response = as_json({"error": "This file is being made anew. Come back in a few minutes."}, status=503)
    response["Retry-After"] = "300"
    return response


def _told(release: Release) -> dict[str, object]:
    """What is told of a release: its files as they are named here."""
    files = [
        {**file, "path": file["path"].removeprefix("content/")}
        for file in release.files
        if file["path"] != "changes.json"
    ]
    return {**release.info, "records": release.nouns(), "files": files}


def _given(request: HttpRequest, path: Path, sha256: str) -> HttpResponseBase:
    tag = f'"{sha256[:32]}"'
    if request.headers.get("If-None-Match", "").removeprefix("W/") == tag:
        return dressed(HttpResponseNotModified(), tag)
    response = FileResponse(path.open("rb"), content_type=_TYPES.get(path.suffix, "application/octet-stream"))
    response["Content-Disposition"] = f'attachment; filename="{path.name}"'
    response["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(sha256)).decode()}:"
    if path.suffix in _SQUEEZED_ALREADY:
        response["Content-Encoding"] = "identity"  # asks the middleware not to squeeze it again
    return dressed(response, tag)
