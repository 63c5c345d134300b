"""Words posted at the desk after a session had ended, given back to whoever wrote them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from parvis.doors.desk import keeping
from parvis.doors.desk.access import for_role, frame_of, who
from parvis.foundation.accounts.models import Role


@require_http_methods(["GET", "POST"])
@for_role(Role.REVIEWER)
def given_back(request: HttpRequest, kept: UUID) -> HttpResponse:
    """A kept page, in the frame of whoever reads it."""
    person = who(request)
    return keeping.DOOR.given_back(request, kept, person, keeping.told_of, frame=frame_of(person))
