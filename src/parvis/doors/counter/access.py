"""Who may open which door of the counter: anybody signed in comes to their own bodies and files, and to no other."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse

from parvis.domain.funding import queries
from parvis.domain.funding.models import ApplicantBody, Application, BodyMember, Grant
from parvis.doors.counter.keeping import DOOR
from parvis.doors.threshold.keeping import posted_again
from parvis.foundation.accounts.models import User

View = Callable[..., HttpResponseBase]


def who(request: HttpRequest) -> User:
    """The person at the counter; a view that ``signed_in`` opened has one."""
    assert isinstance(request.user, User)
    return request.user


def signed_in(view: View) -> View:
    """Open a view to anybody with an account; others are sent to sign in and come back to what they had posted."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(DOOR.way_back(request))
        response = view(request, *args, **kwargs)
        posted_again(request, response.status_code, who(request))
        return response

    guarded.asks = "account"  # type: ignore[attr-defined]  # read by the matrix test
    return guarded


def for_script(view: View) -> View:
    """As ``signed_in``, for what a page's script asks: a session that ended is said in JSON."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return JsonResponse({"session": "ended", "sign_in": reverse("account_login")}, status=401)
        return view(request, *args, **kwargs)

    guarded.asks = "script"  # type: ignore[attr-defined]  # read by the matrix test
    return guarded


def anyone(view: View) -> View:
    """Open a view to whoever comes."""
    view.asks = "nothing"  # type: ignore[attr-defined]  # read by the matrix test
    return view


def my_file(request: HttpRequest, file: UUID) -> Application:
    """A file of one's own bodies; any other does not exist, to the same words and status."""
    found = queries.file_of(who(request), file)
    if found is None:
        raise Http404
    return found


def my_body(request: HttpRequest, body: int) -> tuple[ApplicantBody, BodyMember]:
    """A body one acts for, with the part one has there."""
    member = BodyMember.objects.select_related("body").filter(person=who(request), body=body).first()
    if member is None:
        raise Http404
    return member.body, member


def my_grant(request: HttpRequest, key: str) -> Grant:
    """A grant given to one's own bodies; any other does not exist, to the same words and status."""
    found = queries.grant_given_to(who(request), key)
    if found is None:
        raise Http404
    return found


def fresh_token(request: HttpRequest) -> str:
    """The token a page's script needs after the session was renewed."""
    return get_token(request)
