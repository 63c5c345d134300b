"""A payment that a row of finance's answers refused or undid by mistake: it stands, noted under a number of its own.

What was told stays as it was told, and so do its entries. The new order is handed to nobody: it was paid already.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from parvis.domain.funding.enums import PAID_NOTHING, Act, OrderState
from parvis.domain.funding.errors import StepHeldBack, spelt
from parvis.domain.funding.errors.paying import (
    NothingToRestore,
    PaidBeforeItsOrder,
    PaidTooSoon,
    RestoredWithoutWords,
)
from parvis.domain.funding.models import PaymentOrder
from parvis.domain.funding.queries import envelope_by, may_pay_after_all
from parvis.domain.funding.queries.duties import unsigned_amendments
from parvis.foundation.accounts.models import User
from parvis.register.naming import called
from parvis.register.reading import day_said

from .awards import book, locked_award, tell_what_is_paid
from .planning import put_back
from .posting import Slip
from .signing import tell_beneficiary
from .ties import local_day
from .whole import not_too_long

_LONGEST = 300


@transaction.atomic
def restore_payment(*, order: PaymentOrder, why: str, by: User, at: datetime, paid: date | None = None) -> PaymentOrder:
    """Note as paid what was told by mistake to be refused, or sent back by the bank; returns the order that says so.

    ``paid`` is the day finance paid an order said to be refused; one said to be sent back keeps its day. Raises what
    the errors of this module say, and NotEnoughLeft where its money was given back to an envelope meanwhile.
    """
    grant = locked_award(order.instalment.grant)
    held = PaymentOrder.objects.select_related("instalment__grant__subject", "decision").get(pk=order.pk)
    reason, day = not_too_long(why.replace("\0", ""), _LONGEST), held.paid or paid
    _may_be_restored(held)
    if held.instalment.set_aside:
        put_back(held.instalment, local_day(at))
    if not reason or day is None:
        raise RestoredWithoutWords
    if day < held.issued:
        raise PaidBeforeItsOrder(day=day_said(held.issued))
    if day > local_day(at):
        raise PaidTooSoon(day=day_said(day))
    count = held.instalment.orders.count()
    stands = PaymentOrder.objects.create(
        instalment=held.instalment, number=f"{held.number.rpartition('-')[0]}-{count + 1}", amount=held.amount,
        decision=held.decision, state=OrderState.PAID, issued=held.issued, exported=held.exported, paid=day,
        reference=held.reference, reason=reason,
    )  # fmt: skip
    # undone on one day and made again on the same, what was paid in a year is what it was before the mistake
    on = held.returned or day
    slip = Slip(decision=held.decision, day=on, by=by, at=at, reason=reason, reference=stands.number)
    book(grant, envelope_by(held.instalment.envelope), Act.PAY, stands.amount, slip)
    tell_what_is_paid(grant, "payment restored", slip)
    if held.state == OrderState.RETURNED:
        _tell(stands, at)
    return stands


def _may_be_restored(order: PaymentOrder) -> None:
    if order.state not in PAID_NOTHING:
        raise NothingToRestore(state=OrderState(order.state).label)
    if order.instalment.orders.exclude(state__in=PAID_NOTHING).exists():
        raise StepHeldBack(why=_("This instalment is ordered again, or paid: there is nothing to put right."))
    if order.amount != order.instalment.amount:
        raise StepHeldBack(why=_("This instalment was planned anew since, for another amount."))
    if order.instalment.set_aside and not may_pay_after_all(order):
        said = _(
            "What was planned in its place is ordered or paid, or less is left of the grant. If this one was paid"
            " indeed, raise the grant again first."
        )
        raise StepHeldBack(why=said)
    if unsigned_amendments(order.instalment.grant).exists():
        raise StepHeldBack(why=_("An amendment waits for its signatures: sign it, or give it up, first."))


def _tell(order: PaymentOrder, at: datetime) -> None:
    """Write to the beneficiary, who was told that the bank had sent this payment back."""
    grant = order.instalment.grant

    def subject() -> str:
        said = {"amount": spelt(order.amount, grant.currency), "grant": grant.file or called(grant.subject)}
        return _("The payment of %(amount)s for “%(grant)s” stands") % said

    def words() -> str:
        return _(
            "We wrote that the bank had sent it back: this was a mistake, and you have nothing to do for it. If your"
            " financial report came back to you for that reason, send it again as it was."
        )

    tell_beneficiary(grant, subject, at, words)
