"""How the interface behaves towards any program: open to every origin, patient, and fair to all who ask."""

from __future__ import annotations

import hashlib
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from .problems import TYPE, UNREAD, told

PREFIX = "/api/"
_MOST_ADDRESSES = 10_000
_DEAR = 10.0
_SAFE = frozenset({"GET", "HEAD"})
Answer = Callable[[HttpRequest], HttpResponseBase]


class Fairness:
    """A bucket of questions for each address, filled anew over a minute; addresses are kept as digests, in memory."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.a_minute = a_minute
        self._clock = clock
        self._held: OrderedDict[bytes, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, address: str, cost: float) -> float:
        """Seconds to wait before the question may be put; 0 when it may be now."""
        if not self.a_minute:
            return 0.0
        key, now = hashlib.blake2b(address.encode(), digest_size=8).digest(), self._clock()
        with self._lock:
            left, since = self._held.pop(key, (float(self.a_minute), now))
            left = min(self.a_minute, left + (now - since) * self.a_minute / 60)
            lacking = cost - left
            self._held[key] = (left if lacking > 0 else left - cost, now)
            if len(self._held) > _MOST_ADDRESSES:
                self._held.popitem(last=False)
        return max(0.0, lacking * 60 / self.a_minute)


def mannered(get_response: Answer) -> Answer:
    """Open every answer of the interface to other origins; refuse what is no reading; keep the pace fair."""
    fairness = Fairness(getattr(settings, "PARVIS_API_RATE", 0))

    def answer(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(PREFIX):
            return get_response(request)
        if request.method == "OPTIONS":
            return _open(_preflight())
        return _open(_answered(request, get_response, fairness))

    return answer


def _answered(request: HttpRequest, get_response: Answer, fairness: Fairness) -> HttpResponseBase:
    if request.method not in _SAFE:
        refused = told(request, 405, "Releases are read; nothing is written here.")
        refused["Allow"] = "GET, HEAD, OPTIONS"
        return refused
    if wait := fairness.wait(_asker(request), _DEAR if "/exports/" in request.path else 1.0):
        one = math.ceil(wait) == 1
        said = (
            "Please wait a second before asking again."
            if one
            else "Please wait %(seconds)s seconds before asking again."
        )
        later = told(request, 429, said, seconds=math.ceil(wait))
        later["Retry-After"] = str(math.ceil(wait))
        return later
    headless = request.method == "HEAD"
    if headless:
        request.method = "GET"
    response: HttpResponseBase = get_response(request)
    if response.status_code in (404, 405) and response.get("Content-Type", "") != TYPE:
        response = told(
            request, response.status_code, "There is no such address: begin at %(start)s.", start="/api/v1/"
        )
    elif response.status_code in UNREAD and response.get("Content-Type", "") != TYPE:
        response = told(request, response.status_code, UNREAD[response.status_code])
    elif response.status_code >= 500 and response.get("Content-Type", "") != TYPE:
        response = told(request, 500, "Something went wrong here, and was noted. Please try again in a moment.")
    if headless:
        request.method = "HEAD"
    return response


def _asker(request: HttpRequest) -> str:
    """Who asks: behind a front server that speaks HTTPS, the address it saw itself."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        return forwarded.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def _preflight() -> HttpResponse:
    response = HttpResponse(status=204)
    response["Allow"] = "GET, HEAD, OPTIONS"
    response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
    response["Access-Control-Allow-Headers"] = "If-None-Match, Accept, Accept-Language"
    response["Access-Control-Max-Age"] = "86400"
    return response


def _open(response: HttpResponseBase) -> HttpResponseBase:
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After, Content-Disposition"
    return response


_SAID = (
    _("Releases are read; nothing is written here."),
    _("Please wait %(seconds)s seconds before asking again."),
    _("Please wait a second before asking again."),
    _("There is no such address: begin at %(start)s."),
)
