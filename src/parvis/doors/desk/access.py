"""Who may open which door of the desk: every view names the lowest role that may."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from parvis.foundation.accounts.models import Role, User
from parvis.foundation.accounts.rules import NotAllowed, allow

View = Callable[..., HttpResponseBase]


def who(request: HttpRequest) -> User:
    """The person at the desk; a view that ``for_role`` opened has one."""
    assert isinstance(request.user, User)
    return request.user


def for_role(role: Role, *, to_write: Role | None = None) -> Callable[[View], View]:
    """Open a view from ``role`` up; ``to_write`` says the role that may change something there, if higher.

    Nobody signed in is sent to sign in; a role too low is told so, with status 403.
    """

    def dress(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            try:
                allow(request.user, to_write if to_write and request.method not in ("GET", "HEAD") else role)
            except NotAllowed as refusal:
                frame = "desk/reading_base.html" if who(request).role == Role.REVIEWER else "desk/base.html"
                return render(request, "desk/refused.html", {"refusal": refusal, "frame": frame}, status=403)
            return view(request, *args, **kwargs)

        guarded.role, guarded.to_write = role, to_write or role  # type: ignore[attr-defined]  # read by the matrix test
        return guarded

    return dress
