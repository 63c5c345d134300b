"""What a body asked of the office, answered once: the same for an amendment and for emergency aid."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.utils.translation import gettext as _

from parvis.domain.funding.enums import RequestState
from parvis.domain.funding.errors import StepHeldBack
from parvis.domain.funding.models.asked import Asked
from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal

T = TypeVar("T", bound=Asked)


def waiting(request: T, *ties: str) -> T:
    """A request under lock, that nobody has answered yet. Raises StepHeldBack."""
    rows = type(request)._default_manager.select_for_update(of=("self",))  # whichever of the two it is
    held = rows.select_related(*ties).get(pk=request.pk)
    if held.state != RequestState.WAITING:
        raise StepHeldBack(
            why=_("This request was settled meanwhile: %(state)s.") % {"state": held.get_state_display()}
        )
    return held


def settled(
    request: T, state: RequestState, *, verb: str, about: str, by: User, at: datetime, answer: str = "", made: str
) -> T:
    """Answer a request, or note that it was taken back. ``made`` names the field of what came of it."""
    request.state, request.answer, request.answered_at, request.answered_by = state, answer, at, by
    request.save(update_fields=["state", "answer", "answered_at", "answered_by", made])
    journal.write(f"{verb} {state}", about=about, by=by, at=at, request=request.pk)
    return request
