"""A refusal looked at again, after an appeal: the file goes back to where it was judged, and nothing is granted yet."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from parvis.domain.funding.enums import REFUSALS, ApplicationState
from parvis.domain.funding.errors.choosing import NotRefused
from parvis.domain.funding.models import Application
from parvis.foundation.accounts.models import User

from .files import lock_file, tell_applicant, within_a_reason
from .ties import look_before_acting, step_of_the_house, unconcerned_by

_S = ApplicationState
#: A file the council refused is put before it again from its place in the ranking.
_BEFORE_THE_COUNCIL = (_S.PROPOSED, _S.WAITING, _S.RANKED)


def look_again(*, application: UUID, reason: str, by: User, at: datetime) -> Application:
    """Take up a refused file again, and tell its applicant why. What was decided of it stays written.

    Ties are looked for first. Raises NotRefused, ConcernsYou, NothingWritten and WordsTooMany.
    """
    file = Application.objects.select_related("call", "body").get(pk=application)
    look_before_acting(file=file, by=by, at=at)
    return _looked_again(application, reason, by, at)


@transaction.atomic
def _looked_again(application: UUID, reason: str, by: User, at: datetime) -> Application:
    file = lock_file(application)
    unconcerned_by(file, by)
    why = within_a_reason(reason)
    if file.state not in REFUSALS or file.erased_at is not None:
        raise NotRefused
    step_of_the_house(file, _where_it_was_judged(file), why, by=by, at=at)
    said = {"number": file.number}
    tell_applicant(file, lambda: _("Application %(number)s is looked at again") % said, why, at)
    return file


def _where_it_was_judged(file: Application) -> ApplicationState:
    last = file.steps.filter(goes_to=file.state).order_by("-pk").first()
    before = ApplicationState(last.comes_from) if last else _S.SUBMITTED
    return _S.RANKED if before in _BEFORE_THE_COUNCIL else before
