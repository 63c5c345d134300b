"""Transfers the bank sends back after they were paid: the payment is undone whole, and may be ordered again."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from parvis.domain.funding.enums import Act, GrantState, OrderState, Stage
from parvis.domain.funding.errors import spelt
from parvis.domain.funding.errors.paying import (
    AccountedFor,
    ClaimedAlready,
    ClosedWithLess,
    NothingToSendBack,
    PartOfATransfer,
    SentBackBeforeItWasPaid,
    SentBackOtherwise,
    SentBackTooSoon,
    SentBackWithoutWords,
)
from parvis.domain.funding.models import Grant, LedgerAccount, PaymentOrder
from parvis.domain.funding.queries import envelope_by, report_about, standing, standing_of_grant
from parvis.foundation.accounts.models import User
from parvis.register.models import Subject
from parvis.register.reading import day_said

from .awards import book, tell_what_is_paid
from .posting import Slip
from .ties import local_day

_LONGEST = 300


@transaction.atomic
def return_payment(
    *, order: PaymentOrder, on: date | None, why: str, by: User, at: datetime, amount: Decimal | None = None
) -> bool:
    """Record that the bank sent a paid transfer back: nobody had it, and its instalment may be ordered again.

    Says whether something changed: told twice, it changes nothing. Raises what the errors of this module say.
    """
    Subject.objects.select_for_update().get(pk=order.instalment.grant_id)
    held = PaymentOrder.objects.select_related("instalment__grant__subject", "decision").get(pk=order.pk)
    grant, reason = held.instalment.grant, why.replace("\0", "").strip()[:_LONGEST]
    if held.state == OrderState.RETURNED:
        _is_the_same(held, on, reason, amount, grant.currency)
        return False
    _may_come_back(held, on, reason, amount, grant.currency, at)
    _is_not_used(held, grant)
    held.state, held.returned, held.reason = OrderState.RETURNED, on, reason
    held.save(update_fields=["state", "returned", "reason"])
    slip = Slip(decision=held.decision, day=on or at.date(), by=by, at=at, reason=reason, reference=held.number)
    book(grant, envelope_by(held.instalment.envelope), Act.RETURN, held.amount, slip)
    opened: dict[str, Any] = {"state": GrantState.AWARDED.value} if grant.state == GrantState.CLOSED else {}
    tell_what_is_paid(grant, "payment sent back", slip, **opened)
    return True


def _is_the_same(order: PaymentOrder, on: date | None, reason: str, amount: Decimal | None, currency: str) -> None:
    """Pass, or raise SentBackOtherwise: what was told once is not told otherwise."""
    if (on, reason) != (order.returned, order.reason) or amount not in (None, order.amount):
        day = day_said(order.returned) if order.returned else ""
        raise SentBackOtherwise(amount=spelt(order.amount, currency), day=day, why=order.reason)


def _may_come_back(
    order: PaymentOrder, on: date | None, reason: str, amount: Decimal | None, currency: str, at: datetime
) -> None:
    if order.state != OrderState.PAID or order.paid is None:
        raise NothingToSendBack(state=OrderState(order.state).label)
    if on is None or not reason:
        raise SentBackWithoutWords
    if on > local_day(at):
        raise SentBackTooSoon(day=day_said(on))
    if on < order.paid:
        raise SentBackBeforeItWasPaid(day=day_said(order.paid))
    if amount not in (None, order.amount):
        raise PartOfATransfer(paid=spelt(order.amount, currency), back=spelt(amount or Decimal(0), currency))


def _is_not_used(order: PaymentOrder, grant: Grant) -> None:
    """Pass, or raise what was done with this money since: it is undone first."""
    accounts = LedgerAccount.objects.filter(grant=grant.subject, envelope=order.instalment.envelope)
    left = standing(accounts).at(Stage.PAID)
    if left < order.amount:
        raise ClaimedAlready(left=spelt(left, grant.currency), amount=spelt(order.amount, grant.currency))
    if order.paid and (report := report_about(grant, order.paid)):
        raise AccountedFor(day=day_said(report.received), state=report.get_state_display().lower())
    if grant.state == GrantState.CLOSED and standing_of_grant(grant.subject).engaged != grant.amount_voted:
        raise ClosedWithLess
