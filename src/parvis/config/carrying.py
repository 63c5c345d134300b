"""What no request may carry, seen before anything reads it."""

from collections.abc import Callable

from django.contrib.auth import get_user
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponseBase, UnreadablePostError
from django.urls import reverse
from django.utils.translation import gettext as _

from parvis.exchange.formats.tables.limits import LIMITS
from parvis.foundation.accounts.models import Role
from parvis.foundation.accounts.rules import at_least

from .refusing import NO_LENGTH, TOO_LARGE, Unread, refused
from .settings.sizes import LARGEST_REQUEST, MB

#: The largest request that may carry a table to the desk.
LARGEST_TABLE = (LIMITS.file_bytes // 1_000_000 + 1) * MB

Answer = Callable[[HttpRequest], HttpResponseBase]


def no_nul(get_response: Answer) -> Answer:
    """Refuse a NUL, which no keyboard writes and no text of the database holds, before anything is asked of it.

    So is what broke off on its way: there is nothing whole to act upon.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        try:
            told = (request.GET, request.POST)
        except UnreadablePostError:
            return refused(request, Unread())
        except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
            return refused(request, Unread(TOO_LARGE))
        if any("\0" in text for one in told for name, texts in one.lists() for text in (name, *texts)):
            return refused(request, Unread())
        return get_response(request)

    return answer


def not_too_large(get_response: Answer) -> Answer:
    """Refuse a request that says it is larger than any document, before a byte of it is read, or that says nothing.

    A table brought in at the desk may be larger; only those who may bring one in are asked for it.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        said = request.headers.get("Content-Length", "")
        if not said and "Transfer-Encoding" in request.headers:
            # whoever only reads has sent nothing that counts: some proxies mark so a question without a body
            reads = request.method in ("GET", "HEAD", "OPTIONS")
            return _closed(get_response(request) if reads else refused(request, Unread(NO_LENGTH)))
        if said.isdecimal() and int(said) > LARGEST_REQUEST and int(said) > (most := _most(request)):
            words = _("This file is larger than %(most)s MB. Send a lighter one.") % {"most": most // MB - 1}
            carries_words = request.content_type == "application/x-www-form-urlencoded"
            return _closed(refused(request, Unread(TOO_LARGE, "" if carries_words else words)))
        return get_response(request)

    return answer


def _closed(response: HttpResponseBase) -> HttpResponseBase:
    """The connection goes with what was sent on it and not read."""
    response["Connection"] = "close"
    return response


def _most(request: HttpRequest) -> int:
    """The largest request this person may send to this address."""
    at_imports = request.method == "POST" and request.path == reverse("desk:imports")
    return LARGEST_TABLE if at_imports and at_least(get_user(request), Role.OFFICER) else LARGEST_REQUEST
