"""An award changed by a later decision of the council while nothing is signed; once it is, an amendment changes it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from parvis.domain.funding.enums import GrantForm
from parvis.domain.funding.errors import MoreThanAsked, NothingMoves, StepHeldBack, spelt
from parvis.domain.funding.models import Envelope, Grant
from parvis.domain.funding.queries import convention_of, unordered_of
from parvis.foundation.journal import actions as journal
from parvis.register.actions.revising import revise_record

from .awards import amend_award, locked_award
from .guarding import lawful
from .planning import free_instalments
from .posting import Slip, decided_by
from .ties import local_day

ZERO = Decimal(0)


@transaction.atomic
def rectify_award(*, grant: Grant, envelope: Envelope, change: Decimal, slip: Slip) -> Grant:
    """Raise or lower an award as a rectifying decision says. What is not ordered yet is to be planned again.

    Raises StepHeldBack, MoreThanAsked, and what ``award_grant`` refuses.
    """
    held = locked_award(grant)
    if held.form == GrantForm.IN_KIND or not change:
        raise NothingMoves
    voted = (held.amount_voted or ZERO) + change
    for why in _not_rectified(held, envelope, change, slip):
        raise StepHeldBack(why=why)
    if change > 0:
        held = _explained(held, voted, slip)
        lawful(held, voted, slip.day, decided_by(slip))
    free_instalments(held, local_day(slip.at))
    journal.write("award rectified", about=held.key, by=slip.by, at=slip.at, change=str(change))
    return amend_award(grant=held, envelope=envelope, change=change, slip=slip)


def _explained(grant: Grant, voted: Decimal, slip: Slip) -> Grant:
    """The grant, with why it is given more than was asked where it now is. Raises MoreThanAsked."""
    if grant.amount_asked is None or voted <= grant.amount_asked or grant.above_asked:
        return grant
    if not slip.reason:
        raise MoreThanAsked(voted=spelt(voted, grant.currency), asked=spelt(grant.amount_asked, grant.currency))

    def explain(content: dict[str, Any]) -> None:
        content["above_asked"] = {"fr": slip.reason}

    return revise_record(grant, change=explain, verb="explained", by=slip.by, at=slip.at)


def _not_rectified(grant: Grant, envelope: Envelope, change: Decimal, slip: Slip) -> list[str]:
    if convention_of(grant) is not None:
        return [_("A convention is drawn up: its amount is changed by an amendment.")]
    if slip.decision is not None and slip.decision.pk == grant.decision_id:
        return [_("This is the decision that awarded the grant: choose the one that changes it.")]
    if (grant.amount_voted or ZERO) + change <= 0:
        return [_("Nothing would be left of this award: cancel it.")]
    free = unordered_of(grant, envelope.subject)
    if -change > free:
        said = {"to_pay": spelt(free, grant.currency)}
        return [_("The amount can go down by %(to_pay)s at most: the rest is ordered or paid.") % said]
    return []
