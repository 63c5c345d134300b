"""A row of finance's answers about the wrong order is put right by a later act; what it told stays in the trail."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from parvis.domain.funding import actions, queries
from parvis.domain.funding.errors import NotEnoughLeft, StepHeldBack
from parvis.domain.funding.errors.paying import NothingToRestore, PaidBeforeItsOrder, PaidTooSoon, RestoredWithoutWords
from parvis.domain.funding.models import Instalment, LedgerEntry, OutgoingEmail, PaymentOrder
from tests.domain.funding.actions.test_payments import (  # noqa: F401
    BACK,
    LATER,
    PAID,
    handed_over,
    sent_back,
    stands,
    told,
)
from tests.support import calls

WHY = "The bank meant order 2026-000007-1"


@pytest.fixture
def restore(clerk):
    def restored(order=None, why=WHY, **more):
        order = order or PaymentOrder.objects.order_by("pk").last()
        return actions.restore_payment(order=order, why=why, by=clerk, at=LATER, **more)

    return restored


def of_year(grant):
    """What the ledger says was paid, less what was sent back, by day."""
    found = {}
    for entry in LedgerEntry.objects.filter(grant=grant.subject, act__in=["pay", "return"]):
        found[entry.day] = found.get(entry.day, 0) + (entry.amount if entry.act == "pay" else -entry.amount)
    return {day: amount for day, amount in found.items() if amount}


def test_a_payment_undone_by_mistake_stands_under_a_new_number_and_the_mistake_stays_told(
    sent_back,  # noqa: F811
    told,  # noqa: F811
    stands,  # noqa: F811
    restore,
    granted,
):
    before, paid_then = stands(), of_year(granted)
    told(sent_back)

    order = restore()

    connection.check_constraints()
    first, second = PaymentOrder.objects.order_by("pk")
    entry = LedgerEntry.objects.order_by("pk").last()
    assert (stands(), of_year(granted)) == (before, paid_then)
    assert (first.state, first.returned, first.reason) == ("returned", BACK, "Wrong IBAN")
    assert (second, second.number, second.state) == (order, f"{first.number[:-1]}2", "paid")
    assert (second.paid, second.reference, second.reason, second.exported) == (PAID, "M-77", WHY, first.exported)
    assert (entry.act, entry.day, entry.reason, entry.reference) == ("pay", BACK, WHY, second.number)
    assert list(queries.ledger_faults()) == []
    assert list(queries.orders_to_restore(granted)) == []


def test_a_payment_refused_by_mistake_is_noted_on_the_day_finance_made_it(handed_over, told, stands, restore):  # noqa: F811
    told(replace(handed_over, paid=None, amount=None, refused="Account closed"))

    order = restore(paid=PAID)

    assert (stands(), order.state, order.paid) == ((30_000, 20_000, 30_000), "paid", PAID)
    assert [each.state for each in PaymentOrder.objects.order_by("pk")] == ["refused", "paid"]
    assert list(queries.ledger_faults()) == []


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({"why": " ", "paid": PAID}, RestoredWithoutWords),
        ({}, RestoredWithoutWords),
        ({"paid": date(2026, 2, 28)}, PaidBeforeItsOrder),
        ({"paid": date(2026, 6, 2)}, PaidTooSoon),
    ],
)
def test_what_is_put_right_says_a_day_that_can_be_and_why(handed_over, told, restore, stands, typed, refusal):  # noqa: F811
    told(replace(handed_over, paid=None, amount=None, refused="Account closed"))

    with pytest.raises(refusal):
        restore(**typed)
    assert (stands(), PaymentOrder.objects.count()) == ((0, 50_000, None), 1)


def test_what_stands_or_is_ordered_again_is_not_put_right(sent_back, told, restore, planned, slip):  # noqa: F811
    with pytest.raises(NothingToRestore, match="“Paid”: it was neither refused nor sent back"):
        restore()
    told(sent_back)
    first = PaymentOrder.objects.get()
    actions.order_payment(instalment=planned[0], slip=slip)

    with pytest.raises(StepHeldBack, match="ordered again, or paid"):
        restore(first)
    assert PaymentOrder.objects.count() == 2


@pytest.fixture
def amended(granted, slip, envelope):
    """The convention of the award amended: by so much, to be signed by both, or signed."""

    def made(change, act=None, **said):
        paper = actions.amend_convention(
            grant=granted, slip=slip, reason="The well", envelope=envelope, change=Decimal(change)
        )
        return act(actions.sign_amendment, amendment=paper, **said) if act else paper

    return made


def test_nothing_is_put_right_while_an_amendment_waits_for_its_signatures(
    sent_back,  # noqa: F811
    told,  # noqa: F811
    stands,  # noqa: F811
    restore,
    amended,
    act,
):
    told(sent_back)
    paper = amended(-1_000)
    before = stands()

    with pytest.raises(StepHeldBack, match="An amendment waits for its signatures: sign it, or give it up, first"):
        restore()
    assert (stands(), PaymentOrder.objects.count()) == (before, 1)
    act(actions.give_up_amendment, amendment=paper, on=BACK)
    assert restore().state == "paid"


def test_what_is_no_longer_promised_is_not_paid_after_all(sent_back, told, restore, stands, amended, act):  # noqa: F811
    told(sent_back)
    amended(-30_000, act, signed=BACK)
    before = stands()

    with pytest.raises(NotEnoughLeft, match=r"Only €20,000\.00 is left"):
        restore()
    assert (before, stands(), PaymentOrder.objects.count()) == ((0, 20_000, 0), before, 1)


def test_an_instalment_of_another_amount_since_is_not_paid_by_what_was_ordered(sent_back, told, restore):  # noqa: F811
    told(sent_back)
    Instalment.objects.filter(position=1).update(amount=29_999)

    with pytest.raises(StepHeldBack, match="planned anew since, for another amount"):
        restore()
    assert PaymentOrder.objects.count() == 1


def test_its_beneficiary_who_was_told_otherwise_is_written_to_in_its_language(sent_back, told, restore, granted):  # noqa: F811
    ana = calls.applicant()
    body = calls.body_of(ana)
    body.record = granted.beneficiary
    body.save()
    told(sent_back)

    restore()

    last = OutgoingEmail.objects.filter(to=ana).order_by("pk").last()
    assert " ".join(last.subject.split()) == "Le paiement de 30 000,00 € pour « asked-1 » reste acquis"
    assert WHY not in last.body
