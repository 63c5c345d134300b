"""What no order pays is planned again: its refused order stays told, and the plan adds up to what is granted."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule, run_state_machine_as_test

from parvis.domain.funding import actions, queries
from parvis.domain.funding.actions import Answer, Part
from parvis.domain.funding.enums import Condition, ReportKind
from parvis.domain.funding.errors import InstalmentsDoNotAddUp, InstalmentsSigned, PaymentBlocked, StepHeldBack
from parvis.domain.funding.models import Instalment, PaymentOrder
from tests.domain.funding.actions.test_machine import NOON, PICKS, YEARS, Ledger
from tests.domain.funding.actions.test_payments import LATER, PAID, handed_over, sent_back, told  # noqa: F401

BACK = date(2026, 5, 9)


@pytest.fixture
def refused(handed_over, told):  # noqa: F811
    """The first instalment, of 30,000, which finance refused to pay."""
    told(replace(handed_over, paid=None, amount=None, refused="Account closed"))
    return Instalment.objects.get(position=1)


@pytest.fixture
def lowered(granted, envelope, slip, act):
    """An amendment both signed: the convention is of 20,000 only."""

    def signed():
        paper = actions.amend_convention(
            grant=granted, slip=slip, reason="One well", envelope=envelope, change=Decimal(-30_000)
        )
        return act(actions.sign_amendment, amendment=paper, signed=BACK)

    return signed


@pytest.fixture
def plan(granted, envelope, act):
    def planned_again(*amounts):
        parts = [Part(envelope, Decimal(amount)) for amount in amounts]
        return act(actions.plan_instalments, grant=granted, parts=parts)

    return planned_again


def told_of(grant):
    """Each instalment: its number, its amount, whether it is in the plan, and its orders."""
    return [
        (each.position, each.amount, each.set_aside is None, [order.state for order in each.orders.all()])
        for each in grant.instalments.all()
    ]


def test_what_finance_refused_is_planned_again_and_its_order_stays_told(refused, lowered, plan, granted, slip):
    lowered()

    (new,) = plan(20_000)

    order = PaymentOrder.objects.get()
    assert told_of(granted) == [(1, 30_000, False, ["refused"]), (2, 20_000, True, [])]
    assert (order.instalment, order.reason, order.amount) == (refused, "Account closed", 30_000)
    assert [each.pk for each in queries.instalments_to_move(granted)] == [new.pk]
    assert [order.state for order in queries.orders_of(granted)] == ["refused"]
    with pytest.raises(PaymentBlocked, match="it was replaced in the plan on 1 March 2026"):
        actions.order_payment(instalment=refused, slip=slip)


def test_what_the_bank_sent_back_is_planned_again_as_well(sent_back, told, lowered, plan, granted, pay):  # noqa: F811
    told(sent_back)
    lowered()

    (new,) = plan(20_000)
    pay(new)

    connection.check_constraints()
    assert told_of(granted) == [(1, 30_000, False, ["returned"]), (2, 20_000, True, ["paid"])]
    assert queries.standing_of_grant(granted.subject).paid == 20_000


def test_what_is_paid_or_under_way_stays_in_the_plan(planned, lowered, plan, granted, pay, slip):
    pay(planned[0])

    with pytest.raises(InstalmentsDoNotAddUp):
        plan(50_000)

    assert told_of(granted) == [(1, 30_000, True, ["paid"]), (2, 20_000, True, [])]


def test_what_was_signed_stays_as_it_was_signed_though_finance_refused_part_of_it(
    refused, plan, granted, envelope, act
):
    with pytest.raises(InstalmentsSigned):
        plan(25_000, 25_000)
    as_signed = [Part(envelope, Decimal(30_000)), Part(envelope, Decimal(20_000), Condition.NARRATIVE)]

    act(actions.plan_instalments, grant=granted, parts=as_signed)

    assert told_of(granted) == [(1, 30_000, False, ["refused"]), (2, 30_000, True, []), (3, 20_000, True, [])]


def test_a_refusal_told_by_mistake_puts_its_instalment_back_in_the_plan(refused, plan, granted, envelope, act, clerk):
    as_signed = [Part(envelope, Decimal(30_000)), Part(envelope, Decimal(20_000), Condition.NARRATIVE)]
    act(actions.plan_instalments, grant=granted, parts=as_signed)
    (order,) = queries.orders_to_restore(granted)

    actions.restore_payment(order=order, why="Another was meant", paid=PAID, by=clerk, at=LATER)
    second = act(actions.plan_instalments, grant=granted, parts=as_signed[1:])

    assert told_of(granted) == [(1, 30_000, True, ["refused", "paid"]), (2, 20_000, True, [])]
    assert [each.amount for each in second] == [20_000]


def test_an_amendment_that_moves_the_day_of_an_instalment_is_settled_before_its_number_goes(
    refused, granted, envelope, slip, act
):
    as_signed = [Part(envelope, Decimal(30_000)), Part(envelope, Decimal(20_000), Condition.NARRATIVE)]
    amendment = actions.amend_convention(grant=granted, slip=slip, reason="Later", dates={2: BACK})

    with pytest.raises(StepHeldBack, match="waits for its signatures moves the day of instalment 2: have it signed"):
        act(actions.plan_instalments, grant=granted, parts=as_signed)
    act(actions.sign_amendment, amendment=amendment, signed=BACK)
    as_amended = [as_signed[0], replace(as_signed[1], not_before=BACK)]
    first, second = act(actions.plan_instalments, grant=granted, parts=as_amended)

    assert (first.position, second.position, second.not_before) == (2, 3, BACK)


def test_an_amendment_that_was_given_up_holds_no_plan_back(refused, granted, envelope, slip, act):
    as_signed = [Part(envelope, Decimal(30_000)), Part(envelope, Decimal(20_000), Condition.NARRATIVE)]
    amendment = actions.amend_convention(grant=granted, slip=slip, reason="Later", dates={2: BACK})
    act(actions.give_up_amendment, amendment=amendment, on=BACK)

    planned_again = act(actions.plan_instalments, grant=granted, parts=as_signed)

    assert [each.position for each in planned_again] == [2, 3]


def test_what_is_ordered_in_its_place_is_not_paid_twice(refused, plan, granted, envelope, act, clerk, slip):
    as_signed = [Part(envelope, Decimal(30_000)), Part(envelope, Decimal(20_000), Condition.NARRATIVE)]
    instead, _second = act(actions.plan_instalments, grant=granted, parts=as_signed)
    (order,) = queries.orders_to_restore(granted)
    actions.order_payment(instalment=instead, slip=slip)

    with pytest.raises(StepHeldBack, match="What was planned in its place is ordered"):
        actions.restore_payment(order=order, why="Another was meant", paid=PAID, by=clerk, at=LATER)
    assert list(queries.orders_to_restore(granted)) == []


def test_an_order_above_what_is_left_of_a_lowered_grant_is_not_paid_after_all(refused, lowered, plan, granted, clerk):
    lowered()
    plan(20_000)
    order = PaymentOrder.objects.get()

    with pytest.raises(StepHeldBack, match="or less is left of the grant"):
        actions.restore_payment(order=order, why="Another was meant", paid=PAID, by=clerk, at=LATER)
    assert told_of(granted) == [(1, 30_000, False, ["refused"]), (2, 20_000, True, [])]


def test_once_the_grant_is_raised_again_an_order_that_was_paid_indeed_is_said_so(
    refused, lowered, plan, granted, envelope, slip, act, clerk
):
    lowered()
    plan(20_000)
    order = PaymentOrder.objects.get()
    short = queries.orders_above_what_is_left(granted)
    raised = actions.amend_convention(
        grant=granted, slip=slip, reason="It was paid", envelope=envelope, change=Decimal(10_000)
    )
    act(actions.sign_amendment, amendment=raised, signed=BACK)

    again = queries.orders_to_restore(granted)
    actions.restore_payment(order=order, why="Another was meant", paid=PAID, by=clerk, at=LATER)

    assert (short, again) == ([(order, 20_000)], [order])
    assert told_of(granted) == [(1, 30_000, True, ["refused", "paid"])]
    assert queries.standing_of_grant(granted.subject).paid == 30_000
    assert (queries.orders_to_restore(granted), queries.orders_above_what_is_left(granted)) == ([], [])


def test_a_lowered_grant_not_planned_again_tells_what_is_left_for_its_refused_order(refused, lowered, granted):
    before = (queries.orders_to_restore(granted), queries.orders_above_what_is_left(granted))

    lowered()

    order = PaymentOrder.objects.get()
    assert before == ([order], [])
    assert (queries.orders_to_restore(granted), queries.orders_above_what_is_left(granted)) == ([], [(order, 20_000)])


def test_an_order_whose_whole_place_is_ordered_or_paid_is_not_told_any_more(refused, plan, lowered, granted, pay):
    lowered()
    (instead,) = plan(20_000)

    pay(instead)

    assert (queries.orders_to_restore(granted), queries.orders_above_what_is_left(granted)) == ([], [])


def test_a_rectified_award_sets_aside_what_finance_refused(envelope, asked, award, subject, slip, act, told):  # noqa: F811
    grant = award(asked(), envelope, 20_000)
    first, _second = act(
        actions.plan_instalments, grant=grant, parts=[Part(envelope, Decimal(15_000)), Part(envelope, Decimal(5_000))]
    )
    order = actions.order_payment(instalment=first, slip=slip)
    act(actions.export_orders, on=slip.day)
    told(Answer(line=1, number=order.number, refused="Account closed"))

    later = replace(slip, decision=subject("vote-later", noun="decision"))
    actions.rectify_award(grant=grant, envelope=envelope, change=Decimal(-10_000), slip=later)
    act(actions.plan_instalments, grant=grant, parts=[Part(envelope, Decimal(10_000))])

    assert told_of(grant) == [(1, 15_000, False, ["refused"]), (2, 10_000, True, [])]


def test_a_closed_grant_opens_again_for_what_came_back_alone(planned, granted, account, pay, slip, clerk, act, told):  # noqa: F811
    pay(planned[0])
    account(granted)
    order = actions.order_payment(instalment=planned[1], slip=slip)
    act(actions.export_orders, on=slip.day)
    told(Answer(line=1, number=order.number, refused="Account closed"))
    account(granted, ReportKind.FINANCIAL, unspent=Decimal(0))
    actions.close_grant(grant=granted, slip=slip)

    first = PaymentOrder.objects.get(state="paid")
    actions.return_payment(order=first, on=PAID, why="Wrong IBAN", by=clerk, at=LATER)

    granted.refresh_from_db()
    assert (granted.state, granted.amount_voted) == ("awarded", 30_000)
    assert told_of(granted) == [(1, 30_000, True, ["returned"]), (2, 20_000, False, ["refused"])]


def test_the_database_holds_that_what_is_set_aside_is_paid_by_no_order(planned, slip, lowered):
    order = actions.order_payment(instalment=planned[0], slip=slip)
    said = "what is set aside is not paid"

    with pytest.raises(IntegrityError, match=said), transaction.atomic():
        Instalment.objects.filter(pk=planned[0].pk).update(set_aside=BACK)
    Instalment.objects.filter(pk=planned[1].pk).update(set_aside=BACK)
    facts = {"number": "1", "amount": planned[1].amount, "decision": slip.decision, "issued": slip.day}
    with pytest.raises(IntegrityError, match=said), transaction.atomic():
        PaymentOrder.objects.create(instalment=planned[1], **facts)
    PaymentOrder.objects.filter(pk=order.pk).update(state="refused", reason="Closed")
    Instalment.objects.filter(pk=planned[0].pk).update(set_aside=BACK)
    with pytest.raises(IntegrityError, match=said), transaction.atomic():
        PaymentOrder.objects.filter(pk=order.pk).update(state="issued")


class Plans(Ledger):
    """The same, with plans made again between payments: they add up to what is granted, and move no money."""

    @initialize()
    def start(self) -> None:
        super().start()
        self.plan_again(pick=0, euros=2)
        self.order_what_is_planned(pick=0, refused=True)
        assert self.orders[-1][3] == "refused", "nothing was refused: nothing would be planned again"
        self.plan_again(pick=0, euros=2)

    @rule(pick=PICKS, refused=st.booleans())
    def order_what_is_planned(self, pick, refused):
        """One that was planned is ordered; finance pays it, or refuses it."""
        planned = list(Instalment.objects.in_plan().filter(orders=None).select_related("grant__subject"))
        if not planned:
            return
        due = planned[pick % len(planned)]
        key, year = due.grant.key, next(year for year in YEARS if self.envelopes[year].subject == due.envelope)

        def pay():
            self.made = self._ordered(due, refused=refused)

        moves = [] if refused else [(("committed", year, key), due.amount), (("paid", year, key), -due.amount)]
        may = self.state[key] in ("awarded", "signed") and key not in self.waiting
        if self._does(pay, moves, may=may):
            self.orders.append((key, year, self.made, "refused" if refused else "paid"))

    @precondition(lambda self: self._among("awarded", "signed"))
    @rule(pick=PICKS, euros=PICKS)
    def plan_again(self, pick, euros):
        keys = self._among("awarded", "signed")
        key = keys[pick % len(keys)]
        engaged, in_plan = self._engaged(key), list(self.grants[key].instalments.in_plan())
        paid = {order.instalment for held, _year, order, said in self.orders if (held, said) == (key, "paid")}
        rest = engaged - sum(each.amount for each in paid)
        first = min(rest, Decimal(euros + 1))
        shares = [amount for amount in (first, rest - first) if amount > 0]
        signed = self.state[key] == "signed" and in_plan and sum(each.amount for each in in_plan) == engaged
        waits = [each.amount for each in in_plan if each not in paid]
        envelope = self.envelopes[self._where("committed", key)]
        planned = {"grant": self.grants[key], "parts": [Part(envelope, amount) for amount in shares]}

        if shares and self._does(
            lambda: actions.plan_instalments(**planned, by=self.by, at=NOON), [], may=not signed or waits == shares
        ):
            self.aside |= {order.instalment for held, _year, order, _said in self.orders if held == key} - paid
            assert sum(each.amount for each in self.grants[key].instalments.in_plan()) == engaged


@pytest.mark.django_db
def test_plans_made_again_add_up_whatever_is_done_between_them():
    run_state_machine_as_test(
        Plans,
        settings=settings(
            max_examples=6, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
