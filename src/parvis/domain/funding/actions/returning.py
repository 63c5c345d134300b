"""Transfers the bank sends back after they were paid: the payment is undone whole, and may be ordered again.

What the bank says is a fact, whatever was told of that money since: a report that nobody has read yet is asked for
again, one that was accepted stays so until a person says otherwise, and a grant that was closed opens.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from parvis.domain.funding.enums import Act, GrantState, OrderState, ReportState, Stage
from parvis.domain.funding.errors import RemarkMissing, StepHeldBack, spelt
from parvis.domain.funding.errors.paying import (
    ClaimedAlready,
    NothingToSendBack,
    PartOfATransfer,
    SentBackBeforeItWasPaid,
    SentBackOtherwise,
    SentBackTooSoon,
    SentBackWithoutWords,
)
from parvis.domain.funding.models import Grant, LedgerAccount, PaymentOrder, Report
from parvis.domain.funding.queries import envelope_by, reports_about, sent_back_since, standing, standing_of_grant
from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal
from parvis.register.models import Subject
from parvis.register.naming import called
from parvis.register.reading import day_said

from .awards import book, locked_award, tell_what_is_paid
from .planning import free_instalments
from .posting import Slip
from .signing import tell_beneficiary
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
    _is_not_claimed(held, grant)
    day = on or at.date()
    asked_again = _ask_again(held, grant, day)
    held.state, held.returned, held.reason, held.told_in = OrderState.RETURNED, on, reason, _accepted(held, grant)
    held.save(update_fields=["state", "returned", "reason", "told_in"])
    slip = Slip(decision=held.decision, day=day, by=by, at=at, reason=reason, reference=held.number)
    book(grant, envelope_by(held.instalment.envelope), Act.RETURN, held.amount, slip)
    tell_what_is_paid(grant, "payment sent back", slip, **_opened_again(held, grant, day))
    _tell(held, grant, at, asked_again=asked_again)
    return True


def _opened_again(order: PaymentOrder, grant: Grant, day: date) -> dict[str, Any]:
    """A closed grant is owed what came back: what closing gave back to an envelope is not promised anew."""
    if grant.state != GrantState.CLOSED:
        return {}
    if grant.amount_voted == (left := standing_of_grant(grant.subject).engaged):
        return {"state": GrantState.AWARDED.value}
    free_instalments(grant, day, but=order.instalment)
    return {"state": GrantState.AWARDED.value, "amount_voted": str(left)}


def _tell(order: PaymentOrder, grant: Grant, at: datetime, *, asked_again: bool) -> None:
    """Write to the beneficiary, who waits for this money; the bank's reason stays inside."""

    def subject() -> str:
        said = {"amount": spelt(order.amount, grant.currency), "grant": grant.file or called(grant.subject)}
        return _("The bank sent back the payment of %(amount)s for “%(grant)s”") % said

    def words() -> str:
        asked = [_("Tell us whether the bank details of your body have changed: we pay again once we know.")]
        if asked_again:
            asked.append(_("Your financial report accounted for this payment: it comes back to you, to be sent anew."))
        return "\n\n".join(asked)

    tell_beneficiary(grant, subject, at, words)


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


def _is_not_claimed(order: PaymentOrder, grant: Grant) -> None:
    """Pass, or raise ClaimedAlready: a claim says that the beneficiary had this money, and is given up first."""
    accounts = LedgerAccount.objects.filter(grant=grant.subject, envelope=order.instalment.envelope)
    left = standing(accounts).at(Stage.PAID)
    if left < order.amount:
        raise ClaimedAlready(left=spelt(left, grant.currency), amount=spelt(order.amount, grant.currency))


def _ask_again(order: PaymentOrder, grant: Grant, day: date) -> bool:
    """Send back the financial reports nobody has read yet that account for this payment; says whether there was one."""
    found = list(reports_about(grant, order.paid, ReportState.RECEIVED)) if order.paid else []
    said = _("The bank sent back the payment of %(amount)s: a new report tells of what was received.")
    for report in found:
        report.state, report.reviewed = ReportState.RETURNED, report.reviewed or day
        report.remark = said % {"amount": spelt(order.amount, grant.currency)}
        report.save(update_fields=["state", "reviewed", "remark"])
    return bool(found)


def _accepted(order: PaymentOrder, grant: Grant) -> Report | None:
    """The report that accounts for this payment and was accepted: it stays so, and is told of."""
    return reports_about(grant, order.paid, ReportState.ACCEPTED).last() if order.paid else None


def accepted_all_the_same(order: PaymentOrder) -> str:
    """What whoever records it is told of the accepted report that accounts for this payment."""
    said = _(
        "The financial report of %(day)s, which accounts for this payment, stays accepted. If this row is right, pay "
        "again, or ask for another report on the page of the grant."
    )
    return said % {"day": day_said(order.told_in.received)} if order.told_in else ""


@transaction.atomic
def ask_for_report_again(*, report: Report, why: str, on: date, by: User, at: datetime) -> Report:
    """Send back an accepted report that accounts for a payment which came back. Raises StepHeldBack, RemarkMissing."""
    grant = locked_award(report.grant)
    held = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    back = sent_back_since(grant).filter(told_in=held).first()
    if back is None:
        raise StepHeldBack(why=_("Nothing that this report accounts for was sent back by the bank and left unpaid."))
    if not why.strip():
        raise RemarkMissing
    held.state, held.reviewed, held.remark = ReportState.RETURNED, on, why.strip()[:_LONGEST]
    held.save(update_fields=["state", "reviewed", "remark"])
    journal.write(f"{held.kind} report {held.state}", about=grant.key, by=by, at=at, order=back.number)

    def subject() -> str:
        return _("A new financial report is asked for: “%(grant)s”") % {"grant": grant.file or called(grant.subject)}

    tell_beneficiary(grant, subject, at, held.remark)
    return held
