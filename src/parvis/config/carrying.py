"""What no request may carry, seen before anything reads it."""

from collections.abc import Callable

from django.contrib.auth import get_user
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from parvis.exchange.formats.tables.limits import LIMITS
from parvis.foundation.accounts.models import Role
from parvis.foundation.accounts.rules import at_least

MB = 1024 * 1024
#: The largest document the counter takes, and the largest request that may carry one.
LARGEST_DOCUMENT_MB = 20
LARGEST_REQUEST = (LARGEST_DOCUMENT_MB + 1) * MB
#: The largest request that may carry a table to the desk.
LARGEST_TABLE = (LIMITS.file_bytes // 1_000_000 + 1) * MB

Answer = Callable[[HttpRequest], HttpResponse]


def no_nul(get_response: Answer) -> Answer:
    """Refuse a NUL, which no keyboard writes and no text of the database holds, before anything is asked of it."""

    def answer(request: HttpRequest) -> HttpResponse:
        for told in (request.GET, request.POST):
            if any("\0" in text for name, texts in told.lists() for text in (name, *texts)):
                said = _("This request cannot be read.")
                return HttpResponse(said, status=400, content_type="text/plain; charset=utf-8")
        return get_response(request)

    return answer


def not_too_large(get_response: Answer) -> Answer:
    """Refuse a request that says it is larger than any document, before a byte of it is read.

    A table brought in at the desk may be larger; only those who may bring one in are asked for it.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        said = request.headers.get("Content-Length", "")
        if said.isdecimal() and int(said) > LARGEST_REQUEST and int(said) > (most := _most(request)):
            words = _("This file is larger than %(most)s MB. Send a lighter one.") % {"most": most // MB - 1}
            response = HttpResponse(words, status=413, content_type="text/plain; charset=utf-8")
            response["Connection"] = "close"
            return response
        return get_response(request)

    return answer


def _most(request: HttpRequest) -> int:
    """The largest request this person may send to this address."""
    at_imports = request.method == "POST" and request.path == reverse("desk:imports")
    return LARGEST_TABLE if at_imports and at_least(get_user(request), Role.OFFICER) else LARGEST_REQUEST
