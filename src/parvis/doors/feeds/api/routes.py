"""Addresses of the interface, ``/api/v1``."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI, Path, Query
from ninja.errors import ValidationError

from parvis.doors.feeds import found, lists
from parvis.doors.feeds.answering import as_json, tagged
from parvis.publication import reader
from parvis.publication.reader import NoRelease, Release, TooMuch
from parvis.publication.reader.points import items_within, mapped_nouns
from parvis.publication.reader.tables.tree import NotUnderstood

from . import asking, exports, features, problems, shapes
from .describing import DESCRIPTION, answers
from .problems import Problem

api = NinjaAPI(
    title="Parvis",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    openapi_extra={"info": {"license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}}},
)
api.add_exception_handler(ValidationError, problems.invalid)
api.add_exception_handler(NotUnderstood, problems.understood)
api.add_exception_handler(Problem, problems.refused)
api.add_exception_handler(NoRelease, problems.nothing_published)
api.add_exception_handler(TooMuch, problems.too_much)

Dataset = Path[str]
Operation = Callable[..., HttpResponseBase]


def from_release(asked: type[shapes.OfRelease]) -> Callable[[Operation], Operation]:
    """Hand the operation the release it is asked of; refuse parameters nobody knows; answer 304 where one may."""

    def dress(operation: Operation) -> Operation:
        @wraps(operation)
        def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
            for name in request.GET:
                if name not in asked.model_fields:
                    known = ", ".join(asked.model_fields)
                    raise Problem(400, "Nobody here knows the parameter “%(name)s”. These are known: %(known)s.",
                                  name=name[:40], known=known)  # fmt: skip
            return _answered(operation, request, *arguments, **named)

        return answer

    return dress


@reader.steadied
def _answered(operation: Operation, request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
    release = release_asked(named["asked"].release)
    request.release = release  # type: ignore[attr-defined]  # where the operation finds it
    return tagged(request, release, lambda: operation(request, *arguments, **named))


def release_asked(number: int | None) -> Release:
    """The release of that number, or the one in force. Raises Problem."""
    release = reader.current() if number is None else reader.numbered(number)
    if release is None:
        raise Problem(404, "There is no release %(number)s.", number=number)
    return release


def release_of(request: HttpRequest) -> Release:
    return request.release  # type: ignore[attr-defined]  # put there before the operation


@api.get("/", response=shapes.Start, openapi_extra=answers(400, 404), operation_id="start", tags=["start"])
@from_release(shapes.OfRelease)
def start(request: HttpRequest, asked: Query[shapes.OfRelease]) -> HttpResponse:
    """Where a program begins: links to everything else."""
    return as_json(features.start(request, release_of(request)))


@api.get(
    "/releases", response=shapes.Releases, openapi_extra=answers(400, 404), operation_id="releases", tags=["start"]
)
@from_release(shapes.OfRelease)
def releases(request: HttpRequest, asked: Query[shapes.OfRelease]) -> HttpResponse:
    """Every release kept: when it was made, what it changed, its identity."""
    return as_json({"results": lists.releases()})


@api.get(
    "/datasets", response=shapes.Datasets, openapi_extra=answers(400, 404), operation_id="datasets", tags=["tables"]
)
@from_release(shapes.OfRelease)
def datasets(request: HttpRequest, asked: Query[shapes.OfRelease]) -> HttpResponse:
    """Every published table with its columns and their meaning."""
    release = release_of(request)
    told = [asking.told(release, table) for table in release.tables()]
    return as_json({"release": release.number, "total_count": len(told), "results": told})


@api.get(
    "/datasets/{dataset}", response=shapes.Dataset, openapi_extra=answers(400, 404), operation_id="dataset",
    tags=["tables"],
)  # fmt: skip
@from_release(shapes.OfRelease)
def dataset(request: HttpRequest, dataset: str, asked: Query[shapes.OfRelease]) -> HttpResponse:
    """One table."""
    release = release_of(request)
    return as_json(asking.told(release, asking.declared(release, dataset)))


@api.get(
    "/datasets/{dataset}/records", response=shapes.Records, openapi_extra=answers(400, 404), operation_id="records",
    tags=["tables"],
)  # fmt: skip
@from_release(shapes.Paged)
def records(request: HttpRequest, dataset: str, asked: Query[shapes.Paged]) -> HttpResponse:
    """A page of the rows of a table."""
    return asking.page(request, release_of(request), dataset, asked)


@api.get(
    "/datasets/{dataset}/exports/{form}", operation_id="export", tags=["tables"],
    openapi_extra=answers(400, 404, forms={
        "text/csv": "CSV with a heading, safe in a spreadsheet", "application/json": "A list of rows",
        "application/vnd.apache.parquet": "Parquet with typed columns",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "A workbook",
    }),
)  # fmt: skip
@from_release(shapes.Asked)
def export(request: HttpRequest, dataset: str, form: str, asked: Query[shapes.Asked]) -> HttpResponseBase:
    """All the rows asked for, as csv, json, parquet or xlsx."""
    return exports.exported(release_of(request), dataset, form, asked)


@api.get(
    "/records/{key}", response=shapes.Record, openapi_extra=answers(400, 404), operation_id="record", tags=["records"]
)
@from_release(shapes.OfRelease)
def record(request: HttpRequest, key: str, asked: Query[shapes.OfRelease]) -> HttpResponse:
    """A record by its key, which never changes: its facts, texts, statements, sources and ties."""
    body = release_of(request).record_json(key)
    if body is None:
        raise Problem(404, "There is no such record, or it is not public.")
    return HttpResponse(body, content_type="application/json")


@api.get(
    "/search", response=shapes.SearchResults, openapi_extra=answers(400, 404), operation_id="search", tags=["records"]
)
@from_release(shapes.Found)
def search(request: HttpRequest, asked: Query[shapes.Found]) -> HttpResponse:
    """Records that contain words, in any spelling we hold."""
    release = release_of(request)
    if asked.noun and asked.noun not in release.shelves:
        raise Problem(404, "There are no records of the noun “%(noun)s”. There are: %(nouns)s.",
                      noun=asked.noun, nouns=", ".join(release.shelves))  # fmt: skip
    return found.answered(release, asked.q, noun=asked.noun or None, language=asked.lang, page=asked.page)


@api.get("/conformance", response=shapes.Conformance, openapi_extra=answers(400, 404), operation_id="conformance",
         tags=["features"])  # fmt: skip
@from_release(shapes.OfRelease)
def conformance(request: HttpRequest, asked: Query[shapes.OfRelease]) -> HttpResponse:
    """What of OGC API Features this interface follows."""
    return as_json({"conformsTo": features.CONFORMS})


@api.get("/collections", response=shapes.Collections, openapi_extra=answers(400, 404), operation_id="collections",
         tags=["features"])  # fmt: skip
@from_release(shapes.OfRelease)
def collections(request: HttpRequest, asked: Query[shapes.OfRelease]) -> HttpResponse:
    """Records that have a place on the map, by noun."""
    return as_json(features.collections(request, release_of(request)))


@api.get(
    "/collections/{collection}", response=shapes.Collection, openapi_extra=answers(400, 404),
    operation_id="collection", tags=["features"],
)  # fmt: skip
@from_release(shapes.OfRelease)
def collection(request: HttpRequest, collection: str, asked: Query[shapes.OfRelease]) -> HttpResponse:
    """One collection."""
    return as_json(features.collection(request, release_of(request), collection))


@api.get(
    "/collections/{collection}/items", response=shapes.Features, operation_id="items", tags=["features"],
    openapi_extra=answers(400, 404, shape="Features"),
)  # fmt: skip
@from_release(shapes.Items)
def items(request: HttpRequest, collection: str, asked: Query[shapes.Items]) -> HttpResponse:
    """Features of a collection, within a box or a time."""
    return features.items(request, release_of(request), collection, asked)


@api.get(
    "/collections/{collection}/items/{feature}", response=shapes.Feature, operation_id="item", tags=["features"],
    openapi_extra=answers(400, 404, shape="Feature"),
)  # fmt: skip
@from_release(shapes.OfRelease)
def item(request: HttpRequest, collection: str, feature: str, asked: Query[shapes.OfRelease]) -> HttpResponse:
    """One feature."""
    return features.item(request, release_of(request), collection, feature)


def description(request: HttpRequest) -> HttpResponseBase:
    """The description of the interface (OpenAPI 3.1)."""
    told = api.get_openapi_schema(path_prefix="/api/v1/")
    told["servers"] = [{"url": request.build_absolute_uri("/").rstrip("/")}]
    told["components"]["schemas"]["ProblemTold"] = shapes.ProblemTold.json_schema()
    _with_examples(told)
    response = HttpResponse(
        orjson.dumps(told, option=orjson.OPT_NON_STR_KEYS), content_type="application/vnd.oai.openapi+json;version=3.1"
    )
    response["Cache-Control"] = "public, no-cache"
    return response


def _with_examples(told: dict[str, Any]) -> None:
    """Put names that exist beside what a path asks for, so that a program (or a judge) asks for something."""
    release = reader.current_or_none()
    if release is None:
        return
    tables = [table["name"] for table in release.tables() if table["noun"]]
    nouns = mapped_nouns(release)
    mapped = items_within(release, nouns[0], box=None, days=None, start=0, size=1)[1] if nouns else []
    key = mapped[0]["key"] if mapped else ""
    known = {"dataset": tables[:1], "form": ["csv"], "key": [key], "collection": nouns[:1], "feature": [key]}
    for operations in told["paths"].values():
        for parameter in operations["get"]["parameters"]:
            if parameter["in"] == "path" and known.get(parameter["name"]):
                parameter["example"] = known[parameter["name"]][0]


def addresses() -> list[URLPattern | URLResolver]:
    """Every address of the interface, its description first."""
    described = path("openapi.json", description, name="api_description")
    return [described, *api.urls[0]]


_SAID = (
    _("Nobody here knows the parameter “%(name)s”. These are known: %(known)s."),
    _("There is no release %(number)s."),
    _("There is no such record, or it is not public."),
    _("There are no records of the noun “%(noun)s”. There are: %(nouns)s."),
)
