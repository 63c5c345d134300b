"""The one-time link: whoever started Parvis on this machine comes in once, and the link is spent."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from parvis.foundation.accounts.actions import LINK_MINUTES, LinkRefused, spend_link
from parvis.foundation.accounts.models import Role

_BACKEND = "parvis.foundation.accounts.sessions.SignIn"


@require_GET
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by a one-time link."""
    try:
        user = spend_link(token=token, at=timezone.now())
    except LinkRefused:
        return render(request, "desk/link_refused.html", {"minutes": LINK_MINUTES}, status=410)
    login(request, user, backend=_BACKEND)
    return redirect("/guichet/" if user.role == Role.APPLICANT else "/bureau/")
