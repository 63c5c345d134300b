"""Taking a file to a state that the office wants it in, by whichever step its own workflow has for it."""

from __future__ import annotations

from datetime import datetime

from parvis.domain.funding.enums import Actor, ApplicationState
from parvis.domain.funding.errors import StepUnknown
from parvis.domain.funding.models import Application
from parvis.domain.funding.queries.files import steps_read
from parvis.domain.funding.queries.workflows import steps_from
from parvis.foundation.accounts.models import User

from .files import step_taken


def move_on(
    file: Application, state: ApplicationState, *, by: User, at: datetime, reason: str = "", tell: bool = True
) -> Application:
    """Take the step of the office that leads there. Raises StepUnknown where the workflow has none."""
    steps = steps_from(steps_read(file.form_id), file.state, [Actor.OFFICER, Actor.PUBLISHER])
    step = next((one for one in steps if one.goes_to == state), None)
    if step is None:
        raise StepUnknown
    return step_taken(application=file.pk, code=step.code, by=by, at=at, reason=reason, tell=tell)
