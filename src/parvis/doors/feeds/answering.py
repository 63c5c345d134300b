"""How machines are answered: open to every origin, with a tag that changes only when the answer does."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

import orjson
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    StreamingHttpResponse,
)

from parvis.publication.reader import Release

log = logging.getLogger(__name__)

TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
    "ics": "text/calendar; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def tagged(
    request: HttpRequest, release: Release, make: Callable[[], HttpResponseBase], *, clock: str = ""
) -> HttpResponseBase:
    """The answer with its tag, or only that it has not changed; ``clock`` is what the hour adds to the release."""
    address = f"{release.number}|{release.etag}|{request.get_full_path()}|{clock}"
    tag = f'"{hashlib.blake2b(address.encode(), digest_size=12).hexdigest()}"'
    held = request.META.get("HTTP_IF_NONE_MATCH")
    if held and tag in {one.strip().removeprefix("W/") for one in held.split(",")}:
        return dressed(HttpResponseNotModified(), tag)
    return dressed(make(), tag)


def dressed(response: HttpResponseBase, tag: str) -> HttpResponseBase:
    """A withdrawal must be obeyed at once: an answer is asked for again each time, and costs little if unchanged."""
    if response.status_code in (200, 304):
        response["ETag"] = tag
        response["Cache-Control"] = "public, no-cache"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def raw_json(body: bytes | str) -> HttpResponse:
    return HttpResponse(body, content_type=TYPES["json"])


def exactly(value: Any) -> orjson.Fragment:
    """A number to its last digit, for what orjson does not know how to write."""
    if not isinstance(value, Decimal):
        raise TypeError
    text = str(value)
    if "E" in text:
        text = f"{value:f}"
    return orjson.Fragment(text.rstrip("0").rstrip(".") if text.endswith("0") and "." in text else text)


def as_json(value: Any, *, status: int = 200) -> HttpResponse:
    return HttpResponse(orjson.dumps(value, default=exactly), content_type=TYPES["json"], status=status)


#: The last line of a table that could not be sent whole.
CUT_SHORT = "INTERRUPTED: this file is not whole, ask for it again"


class CutShort(Exception):  # what happened to an answer already begun
    """The rest of an answer cannot be read. Raised into the server, which then breaks the connection off."""


def unbroken(release: Release, parts: Iterable[bytes], *, last: bytes = b"") -> Iterator[bytes]:
    """Parts of a long answer, whatever becomes of the release meanwhile.

    Its file is opened now and held to the last byte: removed or replaced, it is still read. Should the disk itself
    fail, the heading has long been sent: the answer says so in its last line and the connection breaks off, so that
    no reader takes it for whole.
    """
    held = release.db

    def sent() -> Iterator[bytes]:
        try:
            yield from parts
        except (sqlite3.Error, OSError) as fault:
            log.error("an answer from release %s was cut short: %s", release.number, fault)  # noqa: TRY400  # the sentence is enough
            yield last
            raise CutShort from fault
        assert held is not None  # to the last byte

    return sent()


def streamed(release: Release, parts: Iterable[bytes], suffix: str, name: str) -> StreamingHttpResponse:
    """A long answer, sent as it is made."""
    last = f"{CUT_SHORT}\r\n".encode() if suffix == "csv" else b""
    response = StreamingHttpResponse(unbroken(release, parts, last=last), content_type=TYPES[suffix])
    response["Content-Disposition"] = f'inline; filename="{name}.{suffix}"'
    return response


def not_here(said: str = "This page does not exist, or is not public.", **more: Any) -> HttpResponse:
    """Nothing here: the same words for what does not exist and for what is not public."""
    response = as_json({"error": said, **more}, status=404)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "no-store"
    return response
