"""Orders to pay, what the finance system answers, and money claimed back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from parvis.domain.funding.enums import PAID_NOTHING, Act, ClaimState, OrderState
from parvis.domain.funding.errors import AlreadySettled, PaymentBlocked, spelt
from parvis.domain.funding.errors.choosing import GrantConcernsYou
from parvis.domain.funding.errors.paying import (
    AnsweredOtherwise,
    MoreThanClaimed,
    NotExpected,
    NotTheAmount,
    PaidAndRefused,
    PaidBeforeItsOrder,
    RefusedAndSentBack,
)
from parvis.domain.funding.models import Envelope, Grant, Instalment, PaymentFile, PaymentOrder, RecoveryClaim
from parvis.domain.funding.queries import blocks_of, envelope_by, file_concerns, grants_of_concern, left_of_claim
from parvis.domain.funding.queries.limits import funding_rule
from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal
from parvis.foundation.values.months import months_after
from parvis.foundation.values.refusal import Refusal
from parvis.register.models import Subject
from parvis.register.reading import day_said

from .awards import book, locked_award, tell_what_is_paid
from .posting import Slip
from .returning import accepted_all_the_same, return_payment
from .ties import local_day


@dataclass(frozen=True, slots=True)
class Answer:
    """What the finance system says of an order: paid on a day, refused and why, or paid and sent back by the bank."""

    line: int
    number: str
    paid: date | None = None
    amount: Decimal | None = None
    reference: str = ""
    refused: str = ""
    returned: date | None = None
    returned_why: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an answer: done, known already, or not taken and why."""

    answer: Answer
    taken: bool
    why: str = ""


@transaction.atomic
def order_payment(*, instalment: Instalment, slip: Slip) -> PaymentOrder:
    """Order an instalment to be paid. Raises PaymentBlocked, with everything it still waits for."""
    locked_award(instalment.grant)
    found = Instalment.objects.select_related("grant__subject", "grant__beneficiary").filter(pk=instalment.pk).first()
    if found is None:  # planned again by a colleague while this order was being given
        raise PaymentBlocked(why=_("it is no longer in the plan."))
    why = blocks_of(found, slip.day)
    if found.orders.exclude(state__in=PAID_NOTHING).exists():
        why.append(_("it is ordered already."))
    if why:
        raise PaymentBlocked(why=" ".join(why))
    count = PaymentOrder.objects.filter(instalment=found).count()
    order = PaymentOrder.objects.create(
        instalment=found,
        number=f"{slip.day.year}-{found.pk:06d}-{count + 1}",
        amount=found.amount,
        decision=slip.decision,
        issued=slip.day,
    )
    journal.write("payment ordered", about=found.grant.key, by=slip.by, at=slip.at, order=order.number)
    return order


@transaction.atomic
def export_orders(*, on: date, by: User, at: datetime, again: bool = True) -> list[PaymentOrder]:
    """Hand over to finance every order not handed over yet; ``again`` those of the same day are handed over again.

    An order for a body that whoever asks is tied to is left for a colleague.
    """
    ties = ("instalment__grant__subject", "instalment__grant__beneficiary", "instalment__envelope", "decision")
    found = PaymentOrder.objects.select_for_update(of=("self",)).select_related(*ties)
    orders = list(found.filter(state=OrderState.ISSUED))
    if again:
        orders += list(found.filter(state=OrderState.EXPORTED, exported=on))
    closed = grants_of_concern((order.instalment.grant for order in orders), by, local_day(at))
    orders = [order for order in orders if order.instalment.grant_id not in closed]
    for order in orders:
        if order.state == OrderState.ISSUED:
            order.state, order.exported = OrderState.EXPORTED, on
            order.save(update_fields=["state", "exported"])
            journal.write("payment exported", about=order.instalment.grant.key, by=by, at=at, order=order.number)
    return sorted(orders, key=lambda order: order.number)


@transaction.atomic
def hand_over_orders(
    *, on: date, by: User, at: datetime, write: Callable[[list[PaymentOrder]], bytes]
) -> PaymentFile | None:
    """Hand orders over as a file, kept as it was written; nothing where no order is to be handed over.

    An order stands in one file alone, or finance would pay it twice. Asked again the same day with nothing new, it is
    that day's last file, to the byte.
    """
    orders = export_orders(on=on, by=by, at=at, again=False)
    if not orders:
        last = PaymentFile.objects.filter(day=on).first()
        return None if last is None or file_concerns(last, by, local_day(at)) else last
    content = write(orders)
    facts = {"content": content, "orders": [order.number for order in orders], "handed_at": at, "handed_by": by}
    digest = sha256(content).hexdigest()
    kept, new = PaymentFile.objects.get_or_create(day=on, sha256=digest, defaults=facts)
    if new:
        journal.write("payment file handed over", about="payments", by=by, at=at, content=digest)
    return kept


def take_answers(*, answers: Iterable[Answer], by: User, at: datetime) -> list[Outcome]:
    """Confirm or refuse payments as finance answers. The same answer twice changes nothing; each row stands alone.

    A row about a grant that concerns whoever brings the file is not taken: a colleague brings it.
    """
    rows = list(answers)
    numbers = {answer.number for answer in rows}
    ties = ("instalment__grant__subject", "instalment__grant__beneficiary")
    named = PaymentOrder.objects.filter(number__in=numbers).select_related(*ties)
    closed = grants_of_concern((order.instalment.grant for order in named), by, local_day(at))
    return [_outcome(answer, closed, by, at) for answer in rows]


def _outcome(answer: Answer, closed: set[int], by: User, at: datetime) -> Outcome:
    try:
        with transaction.atomic():
            known = _take(answer, closed, by, at)
    except Refusal as refusal:
        return Outcome(answer, taken=False, why=str(refusal))
    except PaymentOrder.DoesNotExist:
        return Outcome(answer, taken=False, why=_("No order has this number."))
    return Outcome(answer, taken=True, why=known)


def _take(answer: Answer, closed: set[int], by: User, at: datetime) -> str:
    found = PaymentOrder.objects.select_related("instalment__grant__subject", "decision")
    grant = found.get(number=answer.number).instalment.grant
    if grant.pk in closed:
        raise GrantConcernsYou
    Subject.objects.select_for_update().get(pk=grant.pk)
    order = found.get(number=answer.number)  # read again under lock: somebody may have taken it meanwhile
    if answer.returned or answer.returned_why:
        return _sent_back(order, answer, by, at)
    if _is_known(order, answer):
        return _("Known already.")
    if order.state != OrderState.EXPORTED:
        raise NotExpected(state=OrderState(order.state).label)
    if answer.refused and answer.paid:
        raise PaidAndRefused
    if answer.refused:
        return _refused(order, answer, by, at)
    if answer.paid is None or answer.amount != order.amount:
        raise NotTheAmount(amount=spelt(order.amount, grant.currency))
    if answer.paid < order.issued:
        raise PaidBeforeItsOrder(day=day_said(order.issued))
    order.state, order.paid, order.reference = OrderState.PAID, answer.paid, answer.reference
    order.save(update_fields=["state", "paid", "reference"])
    envelope = envelope_by(order.instalment.envelope)
    slip = Slip(decision=order.decision, day=answer.paid, by=by, at=at, reference=answer.reference or order.number)
    book(grant, envelope, Act.PAY, order.amount, slip)
    tell_what_is_paid(Grant.objects.select_related("subject").get(pk=grant.pk), "paid", slip)
    return ""


def _sent_back(order: PaymentOrder, answer: Answer, by: User, at: datetime) -> str:
    """Undo a payment; what the row says besides of that payment is what was said when it was made."""
    if answer.refused:
        raise RefusedAndSentBack
    if answer.paid and order.paid and answer.paid != order.paid:
        raise _paid_already(order)
    why = answer.returned_why
    new = return_payment(order=order, on=answer.returned, why=why, by=by, at=at, amount=answer.amount)
    if not new:
        return _("Known already.")
    held = PaymentOrder.objects.select_related("told_in").get(pk=order.pk)
    return accepted_all_the_same(held) if held.told_in else ""


def _is_known(order: PaymentOrder, answer: Answer) -> bool:
    """Whether this very answer was taken before. Raises AnsweredOtherwise where another one was."""
    if order.state == OrderState.REFUSED and answer.refused[:300] == order.reason and not answer.paid:
        return True
    if order.state not in (OrderState.PAID, OrderState.RETURNED) or order.paid is None:
        return False
    if not answer.refused and (answer.paid, answer.amount) == (order.paid, order.amount):
        return True
    raise _paid_already(order)


def _paid_already(order: PaymentOrder) -> AnsweredOtherwise:
    day = day_said(order.paid) if order.paid else ""
    return AnsweredOtherwise(amount=spelt(order.amount, order.instalment.grant.currency), day=day)


def _refused(order: PaymentOrder, answer: Answer, by: User, at: datetime) -> str:
    order.state, order.reason = OrderState.REFUSED, answer.refused[:300]
    order.save(update_fields=["state", "reason"])
    journal.write("payment refused", about=order.instalment.grant.key, by=by, at=at, order=order.number)
    return ""


@transaction.atomic
def claim_back(*, grant: Grant, envelope: Envelope, amount: Decimal, reason: str, slip: Slip) -> RecoveryClaim:
    """Order a beneficiary to pay back what was not spent as agreed. Raises NotEnoughLeft above what was paid."""
    held = locked_award(grant)
    book(held, envelope, Act.CLAIM, amount, slip)
    months = int(funding_rule("repayment_months", slip.day).value)
    claim = RecoveryClaim(
        grant=held,
        envelope=envelope.subject,
        amount=amount,
        reason=reason.strip(),
        decision=slip.decision,
        issued=slip.day,
        due=months_after(slip.day, months),
    )
    claim.full_clean(exclude=["grant", "envelope", "decision"])
    claim.save()
    journal.write("claimed back", about=held.key, by=slip.by, at=slip.at, amount=str(amount))
    return claim


@transaction.atomic
def settle_claim(*, claim: RecoveryClaim, recovered: bool, slip: Slip, amount: Decimal | None = None) -> RecoveryClaim:
    """Record that a claim was paid back, or that what is left of it is given up.

    ``amount`` is what came back this time; without it, all that was left. The claim is settled once nothing is left.
    Raises AlreadySettled and MoreThanClaimed.
    """
    grant = locked_award(claim.grant)
    found = RecoveryClaim.objects.select_related("envelope").get(pk=claim.pk)
    if found.state != ClaimState.ISSUED:
        raise AlreadySettled
    left = left_of_claim(found)
    moved = left if amount is None or not recovered else amount
    if moved > left:
        raise MoreThanClaimed(left=spelt(left, grant.currency), amount=spelt(moved, grant.currency))
    named = replace(slip, reference=found.reference)
    book(grant, envelope_by(found.envelope), Act.RECOVER if recovered else Act.WAIVE, moved, named)
    if moved < left:
        tell_what_is_paid(grant, "claim recovered in part", slip)
        return found
    found.state = ClaimState.RECOVERED if recovered else ClaimState.WAIVED
    found.settled = slip.day
    found.save(update_fields=["state", "settled"])
    tell_what_is_paid(grant, f"claim {found.state}", slip)
    return found
