"""Words posted after a session had ended, given back to whoever wrote them."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from parvis.doors.counter import keeping
from parvis.doors.counter.access import signed_in, who


@require_http_methods(["GET", "POST"])
@signed_in
def given_back(request: HttpRequest, kept: UUID) -> HttpResponse:
    """A kept page, with the question each of its words answers."""
    person = who(request)
    return keeping.DOOR.given_back(request, kept, person, partial(keeping.told_of, person=person))
