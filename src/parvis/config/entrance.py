"""Coming into the office: each person is led to their own door; whoever started Parvis comes in once, by a link."""

from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from parvis.foundation.accounts.actions import LINK_MINUTES, LinkRefused, spend_link
from parvis.foundation.accounts.models import Role, User

_BACKEND = "parvis.foundation.accounts.sessions.SignIn"


@require_GET
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by a one-time link."""
    try:
        user = spend_link(token=token, at=timezone.now())
    except LinkRefused:
        return render(request, "desk/link_refused.html", {"minutes": LINK_MINUTES}, status=410)
    login(request, user, backend=_BACKEND)
    return redirect(_door_of(user))


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Lead whoever comes to their own door, once they have signed in."""
    if not isinstance(request.user, User):
        return redirect_to_login(request.get_full_path())
    return redirect(_door_of(request.user))


def _door_of(person: User) -> str:
    return reverse("counter:home" if person.role == Role.APPLICANT else "desk:today")
