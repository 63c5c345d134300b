"""An amendment asked for at the counter, and answered at the desk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.domain.funding.enums import RequestState
from parvis.domain.funding.errors import AnswerMissing, NotMember, NotSignedYet, StepHeldBack, spelt
from parvis.domain.funding.models import AmendmentRequest, Convention, Envelope, Grant
from parvis.domain.funding.queries import convention_of, instalments_to_move, may_sign_for, standing_of_grant
from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal
from parvis.register.reading import day_said

from .amendments import amend_convention
from .answering import settled, waiting
from .awards import locked_award
from .conventions import near_its_grant
from .posting import Slip
from .signing import tell_beneficiary

ZERO = Decimal(0)
_TIES = ("convention__grant__subject", "convention__grant__beneficiary")
_AMENDMENT = {"verb": "amendment", "made": "amendment"}


@transaction.atomic
def ask_amendment(
    *,
    grant: Grant,
    reason: str,
    language: str,
    by: User,
    at: datetime,
    new_end: date | None = None,
    reduction: Decimal | None = None,
    increase: Decimal | None = None,
    carried: Decimal | None = None,
    purpose: str = "",
    dates: Mapping[int, date] | None = None,
) -> AmendmentRequest:
    """Ask that a signed convention be amended.

    Raises NotMember, NotSignedYet, FarFromItsGrant, and StepHeldBack with the reason.
    """
    held = locked_award(grant)
    if not may_sign_for(by, held):
        raise NotMember
    convention = convention_of(held)
    if convention is None or convention.signed is None:
        raise NotSignedYet
    near_its_grant(held, new_end, *(dates or {}).values())
    asked = {
        "new_end": new_end, "reduction": reduction, "increase": increase, "carried": carried,
        "purpose": purpose.strip(), "dates": {str(number): day.isoformat() for number, day in (dates or {}).items()},
    }  # fmt: skip
    day = timezone.localtime(at, timezone.get_default_timezone()).date()
    if why := _faulty(held, convention, AmendmentRequest(reason=reason.strip(), **asked), day):
        raise StepHeldBack(why=why)
    request = AmendmentRequest.objects.create(
        convention=convention, reason=reason.strip(), language=language, asked_at=at, asked_by=by, **asked
    )
    journal.write("amendment asked for", about=held.key, by=by, at=at, request=request.pk)
    return request


def _faulty(grant: Grant, convention: Convention, asked: AmendmentRequest, day: date) -> str:
    """Why a request cannot be taken; empty when it can."""
    new_end, reduction, increase, carried = asked.new_end, asked.reduction, asked.increase, asked.carried
    money = standing_of_grant(grant.subject)
    said = {"to_pay": spelt(money.to_pay, grant.currency), "kept": spelt(money.kept, grant.currency)}
    faults = (
        (convention.requests.filter(state=RequestState.WAITING).exists(), _("A request already waits for its answer.")),
        (
            not (new_end or reduction or increase or carried or asked.purpose or asked.dates),
            _("Say what is to change: an end, an amount, a purpose, the day of an instalment."),
        ),
        (not asked.reason, _("Give the reason.")),
        (new_end is not None and new_end <= convention.starts, _("A convention begins before it ends.")),
        (new_end == convention.ends, _("The convention ends on that day already.")),
        (bool(reduction and increase), _("An amount goes up or down, not both.")),
        (
            (reduction or ZERO) > money.to_pay,
            _("The amount can go down by %(to_pay)s at most: the rest is paid.") % said,
        ),
        ((carried or ZERO) > money.kept, _("No more can be carried than was paid: %(kept)s.") % said),
        (
            bool(carried) and day > convention.ends,
            _("This convention ended on %(day)s: what is left is claimed back, and no longer carried.")
            % {"day": day_said(convention.ends)},
        ),
        (bool(carried) and new_end is None, _("Money is carried to a new end: write it.")),
        *_faulty_dates(grant, convention, asked),
    )
    return next((sentence for holds, sentence in faults if holds), "")


def _faulty_dates(grant: Grant, convention: Convention, asked: AmendmentRequest) -> Iterator[tuple[bool, str]]:
    """Why days of instalments cannot be asked for: only what is still to be paid is moved, within the convention."""
    if not asked.dates:
        return
    open_ones = {each.position for each in instalments_to_move(grant)}
    days = [date.fromisoformat(day) for day in asked.dates.values()]
    ends = asked.new_end or convention.ends
    yield (
        any(int(number) not in open_ones for number in asked.dates),
        _("An instalment that is ordered, paid or replaced in the plan is not moved."),
    )
    yield (
        any(not convention.starts <= day <= ends for day in days),
        _("An instalment is paid within the convention: from %(starts)s to %(ends)s.")
        % {"starts": day_said(convention.starts), "ends": day_said(ends)},
    )


@transaction.atomic
def withdraw_request(*, request: AmendmentRequest, by: User, at: datetime) -> AmendmentRequest:
    """Take a request back before it is answered. Raises NotMember and StepHeldBack."""
    held = waiting(request, *_TIES)
    grant = held.convention.grant
    if not may_sign_for(by, grant):
        raise NotMember
    return settled(held, RequestState.WITHDRAWN, about=grant.key, by=by, at=at, **_AMENDMENT)


@transaction.atomic
def answer_request(
    *, request: AmendmentRequest, accepted: bool, answer: str, slip: Slip, envelope: Envelope | None = None
) -> AmendmentRequest:
    """Amend the convention as it was asked, or refuse with a reason; the beneficiary is told either way."""
    held = waiting(request, *_TIES)
    grant = held.convention.grant
    if not accepted and not answer.strip():
        raise AnswerMissing
    if accepted:
        held.amendment = amend_convention(
            grant=grant, slip=slip, reason=held.reason, envelope=envelope if held.change else None,
            change=held.change, ends=held.new_end, carried=held.carried,
            purpose={held.language: held.purpose} if held.purpose else None,
            dates={int(number): date.fromisoformat(day) for number, day in held.dates.items()},
        )  # fmt: skip
    state = RequestState.ACCEPTED if accepted else RequestState.REFUSED
    settled(held, state, answer=answer.strip(), about=grant.key, by=slip.by, at=slip.at, **_AMENDMENT)
    number = {"number": held.convention.number}
    tell_beneficiary(
        grant,
        lambda: (_("Your amendment of convention %(number)s is accepted") if accepted
                 else _("Your amendment of convention %(number)s is refused")) % number,
        slip.at,
        answer.strip(),
    )  # fmt: skip
    return held
