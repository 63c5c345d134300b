"""Who may open which door of the desk: every view names the lowest role that may."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from parvis.doors.desk.keeping import DOOR
from parvis.doors.threshold.keeping import posted_again
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.accounts.rules import NotAllowed, allow

View = Callable[..., HttpResponseBase]


def who(request: HttpRequest) -> User:
    """The person at the desk; a view that ``for_role`` opened has one."""
    assert isinstance(request.user, User)
    return request.user


def frame_of(person: User) -> str:
    """The frame of a person's pages: whoever comes to read files only sees nothing else of the desk."""
    return "desk/reading_base.html" if person.role == Role.REVIEWER else "desk/base.html"


def for_role(role: Role, *, to_write: Role | None = None) -> Callable[[View], View]:
    """Open a view from ``role`` up; ``to_write`` says the role that may change something there, if higher.

    Who is not signed in is sent to sign in, and comes back to what they had posted; a role too low is told so (403).
    """

    def dress(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(DOOR.way_back(request))
            try:
                allow(request.user, to_write if to_write and request.method not in ("GET", "HEAD") else role)
            except NotAllowed as refusal:
                context = {"refusal": refusal, "frame": frame_of(who(request))}
                return render(request, "desk/refused.html", context, status=403)
            response = view(request, *args, **kwargs)
            posted_again(request, response.status_code, who(request))
            return response

        guarded.role, guarded.to_write = role, to_write or role  # type: ignore[attr-defined]  # read by the matrix test
        return guarded

    return dress
