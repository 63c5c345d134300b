"""What cannot be answered, in a sentence of the reader's language (RFC 9457, problem+json)."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

TITLES = {
    400: _("The question cannot be read"),
    404: _("Nothing here"),
    405: _("This address is only read"),
    406: _("Not in this form"),
    414: _("This address is too long"),
    429: _("Too many questions at once"),
    431: _("Too much beside the question"),
    500: _("Something went wrong here"),
    503: _("Not now"),
}
TYPE = "application/problem+json"
#: What the server itself could not read, and nothing behind it was asked.
UNREAD = {
    400: "This request cannot be read.",
    414: "This address is longer than can be read: ask for less at once.",
    431: "More was sent beside this question than can be read: "
    "clear the cookies of this site, or send fewer headers, and ask again.",
}


class Problem(Exception):  # an answer
    """A refusal with its status. ``said`` is a sentence to translate, ``facts`` what it names."""

    def __init__(self, status: int, said: str, **facts: object) -> None:
        self.status, self.said, self.facts = status, said, facts
        super().__init__(said)


def language_of(request: HttpRequest) -> str:
    """The reader's language, among those the house speaks."""
    for part in request.headers.get("Accept-Language", "").split(","):
        code = part.split(";")[0].strip()[:2].lower()
        if code in ("en", "fr", "es", "pt"):
            return code
    return "en"


def told(request: HttpRequest, status: int, said: str, **facts: object) -> HttpResponse:
    """A problem, told."""
    language = language_of(request)
    with translation.override(language):
        known = {name: gettext(str(fact)) if name == "expected" else fact for name, fact in facts.items()}
        detail = gettext(said) % known if said else ""
        body: dict[str, Any] = {
            "type": "about:blank", "title": str(TITLES[status]), "status": status, "detail": detail,
            "instance": request.path,
        }  # fmt: skip
    response = HttpResponse(orjson.dumps(body), content_type=TYPE, status=status)
    response["Content-Language"] = language
    response["Cache-Control"] = "no-store"
    response["Vary"] = "Accept-Language"
    return response


def invalid(request: HttpRequest, fault: Any) -> HttpResponse:
    """Parameters that are not of their kind."""
    first = fault.errors[0]
    name, kind, bounds = str(first.get("loc", ["?"])[-1]), str(first.get("type", "")), first.get("ctx") or {}
    for said in (_BOUNDS.get(kind, ""), _KINDS.get(kind.rpartition("_")[0] or kind, "")):
        if said:
            return told(request, 400, said, name=name, **bounds)
    said = "The parameter “%(name)s” does not hold: %(fault)s."
    return told(request, 400, said, name=name, fault=str(first.get("msg", ""))[:200])


def understood(request: HttpRequest, fault: Any) -> HttpResponse:
    return told(request, 400, fault.said, **fault.facts)


def refused(request: HttpRequest, fault: Any) -> HttpResponse:
    return told(request, fault.status, fault.said, **fault.facts)


def nothing_published(request: HttpRequest, _fault: Any) -> HttpResponse:
    return told(request, 503, "Nothing has been published yet.")


def too_much(request: HttpRequest, _fault: Any) -> HttpResponse:
    return told(request, 400, "Too many records contain these words: add one.")


_BOUNDS = {
    "greater_than_equal": "The parameter “%(name)s” is %(ge)s or more.",
    "greater_than": "The parameter “%(name)s” is more than %(gt)s.",
    "less_than_equal": "The parameter “%(name)s” is %(le)s or less.",
    "string_too_long": "The parameter “%(name)s” has at most %(max_length)s characters.",
    "missing": "The parameter “%(name)s” is missing.",
}
_KINDS = {
    "int": "The parameter “%(name)s” is a whole number.",
    "int_from": "The parameter “%(name)s” is a whole number.",
}
_SAID = (
    _("The parameter “%(name)s” is %(ge)s or more."),
    _("The parameter “%(name)s” is more than %(gt)s."),
    _("The parameter “%(name)s” is %(le)s or less."),
    _("The parameter “%(name)s” has at most %(max_length)s characters."),
    _("The parameter “%(name)s” is missing."),
    _("The parameter “%(name)s” is a whole number."),
    _("The parameter “%(name)s” does not hold: %(fault)s."),
    _("Nothing has been published yet."),
    _("This address is longer than can be read: ask for less at once."),
    _(
        "More was sent beside this question than can be read: "
        "clear the cookies of this site, or send fewer headers, and ask again."
    ),
    _("Too many records contain these words: add one."),
)
