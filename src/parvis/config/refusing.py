"""Questions that cannot be read are refused by the sites themselves, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import get_resolver
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .hearing import TOO_LONG, TOO_MUCH_BESIDE, UNREADABLE

Answer = Callable[[HttpRequest], HttpResponseBase]
ONLY_READ, NO_LENGTH, TOO_LARGE = 405, 411, 413
_SAID: dict[int, Promise] = {
    UNREADABLE: _("This request cannot be read."),
    ONLY_READ: _("Nothing can be sent to this address in this way."),
    NO_LENGTH: _("This was sent without saying how large it is, so nothing of it was read: send it with its length."),
    TOO_LARGE: _("This is more than one page may send at once."),
    TOO_LONG: _("This address is longer than can be read: ask for less at once."),
    TOO_MUCH_BESIDE: _(
        "More was sent beside this question than can be read: "
        "clear the cookies of this site, or send fewer headers, and ask again."
    ),
}


class Unread(SuspiciousOperation):
    """A question that was not read, with the status it deserves."""

    def __init__(self, status: int = UNREADABLE, said: Promise | str = "") -> None:
        self.status, self.said = status, said or _SAID[status]
        super().__init__(status)


def refusing(get_response: Answer) -> Answer:
    """Answer what the server could not read, or may not be sent, as the site answers anything else it cannot."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        status = getattr(request.META.get("gunicorn.socket"), "refused", 0)
        response = refused(request, Unread(status)) if status else get_response(request)
        if response.status_code == ONLY_READ and not getattr(response, "content", b"-"):
            allowed, response = response.get("Allow", ""), refused(request, Unread(ONLY_READ))
            response["Allow"] = allowed
        return response

    return answer


def refused(request: HttpRequest, fault: Unread) -> HttpResponseBase:
    """The site's own page for what it cannot read."""
    page: Callable[..., HttpResponseBase] = get_resolver().resolve_error_handler(UNREADABLE)
    return page(request, exception=fault)


def unread(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The office's page for what it cannot read; nothing of it is repeated."""
    fault = exception if isinstance(exception, Unread) else Unread()
    facts = {"said": fault.said, "large": fault.said == _SAID[TOO_LARGE]}
    return TemplateResponse(request, "unread.html", facts, status=fault.status).render()
