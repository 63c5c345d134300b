"""An amendment is made on a decision, changes nothing until both have signed it, and may be given up."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from parvis.domain.funding import actions, queries
from parvis.domain.funding.actions import Part
from parvis.domain.funding.actions.awards import book
from parvis.domain.funding.actions.posting import broken_rule
from parvis.domain.funding.enums import Act, Condition, ReportKind
from parvis.domain.funding.errors import AlreadySigned, InstalmentsSigned, NotEnoughLeft, StepHeldBack
from parvis.domain.funding.models import Amendment, Convention, Instalment, LedgerEntry, PaymentOrder
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.accounts.rules import BindsTheCity

LATER = date(2028, 6, 30)


@pytest.fixture
def amend(granted, slip):
    def amended(**change):
        return actions.amend_convention(grant=granted, slip=slip, reason="The well is dug next year.", **change)

    return amended


@pytest.fixture
def sign(act):
    return lambda amendment, day=date(2026, 6, 1): act(actions.sign_amendment, amendment=amendment, signed=day)


@pytest.fixture
def money(granted, envelope):
    """What the grant is committed, what is kept for it, what is left in its envelope, what its record says."""

    def stands():
        of_grant, left = queries.standing_of_grant(granted.subject), queries.standing_of_envelope(envelope).left
        voted = type(granted).objects.get(pk=granted.pk).amount_voted
        return of_grant.engaged, of_grant.reserved, left, Convention.objects.get().amount, voted

    return stands


def test_the_end_and_the_day_of_the_report_move_once_both_have_signed(planned, granted, pay, account, amend, sign):
    pay(planned[0])
    account(granted)
    account(granted, ReportKind.FINANCIAL, unspent=Decimal(4000))

    amendment = amend(ends=LATER, carried=Decimal(4000))
    before = queries.report_due(granted), queries.unsettled(granted), granted.reports.get(kind="financial").state
    sign(amendment)

    assert (amendment.kind, amendment.carried) == ("period", 4000)
    assert before == (date(2028, 6, 30), 4000, "accepted")
    assert queries.unsettled(granted) == 0
    report = granted.reports.get(kind="financial")
    assert (report.state, report.unspent, report.remark) == (
        "returned", 4000, "€4,000.00 is carried by an amendment: a new report tells of it.",
    )  # fmt: skip
    assert queries.report_due(granted) == date(2029, 6, 30)
    assert [each.grant.key for each in queries.awaited_reports(date(2028, 1, 1))] == ["asked-1"]


def test_the_day_of_an_instalment_and_the_purpose_move_once_both_have_signed(planned, granted, amend, sign):
    amendment = amend(dates={2: date(2026, 9, 1)}, purpose={"en": "Two wells"})
    before = Instalment.objects.get(position=2).not_before, granted.subject.texts.filter(field="purpose").count()
    sign(amendment)

    assert before == (None, 0)
    assert Instalment.objects.get(position=2).not_before == date(2026, 9, 1)
    assert granted.subject.texts.get(field="purpose").body == "Two wells"


def test_money_not_accounted_for_is_carried_too(planned, pay, amend, sign):
    pay(planned[0])

    sign(amend(ends=LATER, carried=Decimal(1)))

    assert Convention.objects.get().ends == LATER


def test_what_an_amendment_adds_is_kept_for_it_and_committed_once_both_have_signed(
    planned, envelope, amend, sign, money
):
    amendment = amend(envelope=envelope, change=Decimal(5_000))
    before = money()
    sign(amendment)

    assert before == (50_000, 5_000, 445_000, 50_000, 50_000)
    assert money() == (55_000, 0, 445_000, 55_000, 55_000)
    assert [each.act for each in LedgerEntry.objects.order_by("-pk")[:3]] == ["raise", "release", "reserve"]
    assert list(queries.ledger_faults()) == []


def test_what_an_amendment_takes_is_free_for_others_once_both_have_signed(planned, envelope, amend, sign, money):
    amendment = amend(envelope=envelope, change=Decimal(-5_000))
    before = money()
    sign(amendment)

    assert before == (50_000, 0, 450_000, 50_000, 50_000)
    assert money() == (45_000, 0, 455_000, 45_000, 45_000)


def test_what_was_paid_while_an_amendment_waited_is_not_taken_by_it(
    planned, granted, envelope, slip, amend, sign, money
):
    amendment = amend(envelope=envelope, change=Decimal(-5_000))
    book(granted, envelope, Act.PAY, Decimal(45_001), slip)
    before = money()

    with pytest.raises(StepHeldBack, match="the rest is ordered or paid"):
        sign(amendment)

    assert money() == before == (50_000, 0, 450_000, 50_000, 50_000)
    assert Amendment.objects.get().effective is None


def test_an_amendment_given_up_leaves_everything_as_it_was(planned, granted, envelope, amend, sign, money, act, slip):
    amendment = amend(envelope=envelope, change=Decimal(5_000), ends=LATER)
    waits = queries.blocks_of(planned[0], date(2026, 5, 4))
    act(actions.give_up_amendment, amendment=amendment, on=date(2026, 6, 1))

    assert waits == ["an amendment is not signed."]
    assert money() == (50_000, 0, 450_000, 50_000, 50_000)
    assert (Convention.objects.get().ends, queries.blocks_of(planned[0], date(2026, 5, 4))) == (date(2027, 6, 30), [])
    with pytest.raises(StepHeldBack, match="This amendment was given up on 1 June 2026"):
        sign(amendment)
    assert amend(ends=LATER).pk != amendment.pk
    assert list(queries.ledger_faults()) == []


def test_an_amendment_is_not_given_up_before_the_day_it_was_made(planned, envelope, amend, money, act):
    amendment = amend(envelope=envelope, change=Decimal(5_000))
    reserved = money()

    with pytest.raises(StepHeldBack, match="it is not given up before"):
        act(actions.give_up_amendment, amendment=amendment, on=date(2020, 1, 1))

    assert money() == reserved
    assert Amendment.objects.get().given_up is None


def test_one_amendment_waits_at_a_time_whoever_writes_it(planned, amend, sign, act):
    first = amend(ends=LATER)
    with pytest.raises(StepHeldBack, match="waits for its signatures: have it signed, or give it up"):
        amend(ends=date(2029, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Amendment.objects.create(
            convention=first.convention, kind="period", made=first.made, reason="x", decision=first.decision
        )

    sign(first)
    with pytest.raises(AlreadySigned):
        act(actions.give_up_amendment, amendment=first, on=LATER)


@pytest.mark.parametrize(
    ("amount", "rule"),
    [(30_000, "nothing_is_ordered_before_an_amendment_is_signed"), (30_001, "an_order_pays_its_instalment")],
)
def test_the_database_itself_orders_nothing_else_than_an_instalment_that_may_be_paid(
    planned, amend, slip, amount, rule
):
    amend(ends=LATER)

    with pytest.raises(IntegrityError) as fault, transaction.atomic():
        PaymentOrder.objects.create(
            instalment=planned[0], number="1", amount=amount, decision=slip.decision, issued=slip.day
        )

    assert broken_rule(fault.value) == rule


def test_an_amendment_of_what_is_cancelled_is_given_up_with_it(planned, granted, envelope, amend, slip):
    amend(envelope=envelope, change=Decimal(5_000))

    actions.cancel_award(grant=granted, slip=slip)

    assert Amendment.objects.get().given_up == slip.day
    assert queries.standing_of_envelope(envelope).left == 500_000


def test_what_is_ordered_is_not_taken_and_what_is_missing_is_not_added(planned, envelope, slip, amend):
    actions.order_payment(instalment=planned[0], slip=slip)

    with pytest.raises(StepHeldBack, match=r"can go down by €20,000\.00 at most: the rest is ordered or paid"):
        amend(envelope=envelope, change=Decimal("-20000.01"))
    with pytest.raises(NotEnoughLeft):
        amend(envelope=envelope, change=Decimal("450000.01"))
    with pytest.raises(StepHeldBack, match="Say which envelope the amount moves in"):
        amend(change=Decimal(1))
    assert not Amendment.objects.exists()


def test_money_claimed_back_meanwhile_is_no_longer_carried(planned, granted, envelope, pay, amend, sign, slip):
    pay(planned[0])
    amendment = amend(ends=LATER, carried=Decimal(30_000))
    claim = actions.claim_back(grant=granted, envelope=envelope, amount=Decimal(10_000), reason="Lost", slip=slip)
    actions.settle_claim(claim=claim, recovered=True, slip=slip)

    with pytest.raises(StepHeldBack, match=r"No more can be carried than was paid: €20,000\.00"):
        sign(amendment)

    assert (Convention.objects.get().ends, Amendment.objects.get().signed) == (date(2027, 6, 30), None)


def test_money_that_is_claimed_back_or_was_spent_is_not_carried_too(
    planned, granted, envelope, pay, account, amend, sign, slip
):
    pay(planned[0])
    before = amend(ends=LATER, carried=Decimal(30_000))
    actions.claim_back(grant=granted, envelope=envelope, amount=Decimal(1000), reason="Lost", slip=slip)
    with pytest.raises(StepHeldBack, match=r"No more can be carried than was paid: €29,000\.00"):
        sign(before)
    actions.give_up_amendment(amendment=before, on=slip.day, by=slip.by, at=slip.at)
    account(granted)
    account(granted, ReportKind.FINANCIAL, unspent=Decimal(4000))

    with pytest.raises(StepHeldBack, match=r"spent or claimed back: €3,000\.00 is left to carry"):
        amend(ends=LATER, carried=Decimal("3000.01"))
    sign(amend(ends=LATER, carried=Decimal(3000)))


def test_the_value_of_help_in_kind_is_amended_without_an_envelope(asked, slip, act, sign):
    hall = actions.award_in_kind(grant=asked(form="in_kind", kind="in_kind"), value=Decimal(30_000), slip=slip)
    facts = {"number": "2026-3", "regranting": False, "starts": date(2026, 1, 1), "ends": date(2026, 12, 31)}
    act(actions.draw_up_convention, grant=hall, **facts)
    act(actions.sign_convention, grant=hall, signed=date(2026, 4, 1))

    sign(actions.amend_convention(grant=hall, slip=slip, reason="A larger hall", change=Decimal(2_000)))

    assert (type(hall).objects.get().amount_voted, Convention.objects.get().amount) == (32_000, 32_000)


def test_an_amount_is_amended_and_its_amendment_signed_by_who_may_move_money(planned, granted, envelope, amend, slip):
    officer = User.objects.create_user("officer@ville.example", role=Role.OFFICER)
    with pytest.raises(BindsTheCity):
        actions.amend_convention(
            grant=granted, slip=replace(slip, by=officer), reason="Less", envelope=envelope, change=Decimal(-1)
        )

    amendment = amend(envelope=envelope, change=Decimal(-1))
    with pytest.raises(BindsTheCity):
        actions.sign_amendment(amendment=amendment, signed=slip.day, by=officer, at=slip.at)
    assert Amendment.objects.get().signed is None


@pytest.mark.parametrize(
    ("asked_for", "day", "why"),
    [
        ({}, date(2026, 6, 1), "Say what is to change: an end, an amount, a purpose, the day of an instalment."),
        ({"carried": 30_001, "ends": date(2028, 1, 1)}, date(2026, 6, 1), "No more can be carried than was paid: "),
        ({"carried": 10}, date(2026, 6, 1), "Money is carried to a new end: write it."),
        ({"carried": 10, "ends": date(2028, 1, 1)}, date(2027, 7, 1), "This convention ended on 30 June 2027: what "),
    ],
)
def test_an_amendment_changes_something_and_carries_what_was_paid_before_the_end(
    planned, granted, slip, pay, asked_for, day, why
):
    pay(planned[0])
    carried = {name: Decimal(value) if name == "carried" else value for name, value in asked_for.items()}

    with pytest.raises(StepHeldBack) as refusal:
        actions.amend_convention(grant=granted, slip=replace(slip, day=day), reason="Later", **carried)

    assert str(refusal.value).startswith(why)


def _as_signed(envelope, second, day=None):
    return [Part(envelope, Decimal(30_000)), Part(envelope, Decimal(second), Condition.NARRATIVE, day)]


def test_instalments_that_were_signed_stay_until_an_amended_amount_is_signed(
    planned, granted, envelope, act, amend, sign
):
    at_once = {"grant": granted, "parts": [Part(envelope, Decimal(50_000))]}
    amendment = amend(envelope=envelope, change=Decimal(1_000))
    with pytest.raises(InstalmentsSigned):
        act(actions.plan_instalments, **at_once)
    with pytest.raises(InstalmentsSigned):  # as they were signed, save for a day: an amendment moves it
        act(actions.plan_instalments, grant=granted, parts=_as_signed(envelope, 20_000, date(2026, 12, 1)))
    act(actions.plan_instalments, grant=granted, parts=_as_signed(envelope, 20_000))
    sign(amendment)
    more = _as_signed(envelope, 21_000)

    assert len(act(actions.plan_instalments, grant=granted, parts=more)) == 2
