"""Releases made again without what was hidden or withdrawn: asked for, followed, and what came of it, told once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from parvis.doors.desk.access import who
from parvis.publication.bake import preparing
from parvis.publication.bake.preparing import Work


def ask(request: HttpRequest) -> None:
    """Have the task worker make them again, in the name of who asks."""
    preparing.ask_to_make_again(by=who(request), language=get_language() or "en")


def under_way() -> Work | None:
    """How far they are, if they are being made again or wait for the worker."""
    work = preparing.under_way()
    return work if work is not None and work.kind == preparing.AGAIN else None


def asked_whether_it_still_is(request: HttpRequest) -> bool:
    """Whether it is the page that follows the work that asks, and not a person."""
    return "X-Parvis-Progress" in request.headers


def tell_what_came_of_it(request: HttpRequest) -> None:
    """Once it is done, tell who asked for it: each of those who did."""
    done = preparing.came_of_it(who(request))
    if done is None:
        return
    if done.refused:
        messages.error(request, done.said)
    elif done.made:
        told = _("These releases were made again without what was hidden or withdrawn: %(numbers)s.")
        messages.success(request, told % {"numbers": ", ".join(map(str, done.made))})
    else:
        messages.success(request, _("No release holds what was hidden or withdrawn any more."))
