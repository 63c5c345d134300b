"""A grant from its award to its end: convention, instalments, payments, reports, money claimed back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from parvis.domain.funding import actions, queries
from parvis.domain.funding.actions import Answer, Part, Spent
from parvis.domain.funding.enums import ReportKind
from parvis.domain.funding.errors import (
    AlreadyReviewed,
    AlreadySettled,
    AlreadySigned,
    AlreadyUnderConvention,
    CannotClose,
    ConventionExceeds,
    FinerThanItsCurrency,
    InstalmentsDoNotAddUp,
    NoConvention,
    NotEnoughLeft,
    NothingMoves,
    NotSignedYet,
    PaidAboveConvention,
    PaymentBlocked,
    RemarkMissing,
    ReportRefused,
    UnspentAbovePaid,
)
from parvis.domain.funding.errors.moving import LineTwice
from parvis.domain.funding.errors.paying import MoreThanClaimed
from parvis.domain.funding.models import Convention, Instalment, PaymentOrder
from parvis.domain.funding.queries.reporting import may_report

SIGNED = date(2026, 4, 1)


def reload(grant):
    return type(grant).objects.get(pk=grant.pk)


def test_a_convention_is_needed_above_the_threshold_strictly_cash_and_in_kind(envelope, asked, award, slip):
    exactly = award(asked(), envelope, "23000.00")
    before = queries.needs_convention(exactly)

    help_in_kind = asked("asked-2", form="in_kind", kind="in_kind")
    actions.award_in_kind(grant=help_in_kind, value=Decimal("0.01"), slip=slip)

    assert (before, queries.needs_convention(exactly)) == (False, True)
    assert queries.yearly_total(exactly.beneficiary, 2026) == Decimal("23000.01")


def test_no_convention_is_asked_of_a_public_body(envelope, asked, award, subject):
    subject("bamako-city", kind="city")

    grant = award(asked(beneficiary="bamako-city"), envelope, 400_000)

    assert queries.needs_convention(grant) is False


def test_nothing_is_paid_before_the_convention_is_signed(drawn_up, envelope, slip, act):
    (instalment,) = act(actions.plan_instalments, grant=drawn_up, parts=[Part(envelope, Decimal(50_000))])

    with pytest.raises(PaymentBlocked) as refusal:
        actions.order_payment(instalment=instalment, slip=slip)
    act(actions.sign_convention, grant=drawn_up, signed=SIGNED)
    order = actions.order_payment(instalment=instalment, slip=slip)

    assert str(refusal.value) == "This instalment cannot be paid yet: a signed convention is needed."
    assert (order.amount, order.state) == (50_000, "issued")


def test_a_small_grant_waits_for_the_signature_it_was_promised(envelope, asked, award, slip, act):
    grant = award(asked(), envelope, 1000)
    (instalment,) = act(actions.plan_instalments, grant=grant, parts=[Part(envelope, Decimal(1000))])
    before = queries.blocks_of(instalment, slip.day)
    facts = {"number": "2026-2", "regranting": False, "starts": date(2026, 1, 1), "ends": date(2026, 12, 31)}
    act(actions.draw_up_convention, grant=grant, **facts)

    assert before == []
    assert queries.blocks_of(instalment, slip.day) == ["the convention is not signed."]


def test_a_convention_is_drawn_up_and_signed_once(under_convention, granted, act):
    facts = {"number": "2", "regranting": False, "starts": date(2026, 1, 1), "ends": date(2026, 12, 31)}

    with pytest.raises(AlreadyUnderConvention):
        act(actions.draw_up_convention, grant=granted, **facts)
    with pytest.raises(AlreadySigned):
        act(actions.sign_convention, grant=granted, signed=SIGNED)


def test_a_convention_begins_before_it_ends(granted, act):
    facts = {"number": "2", "regranting": False, "starts": date(2026, 12, 31), "ends": date(2026, 1, 1)}

    with pytest.raises(ValidationError, match="A convention begins before it ends"):
        act(actions.draw_up_convention, grant=granted, **facts)


def test_what_does_not_exist_is_neither_signed_nor_amended(granted, slip, act):
    with pytest.raises(NoConvention):
        act(actions.sign_convention, grant=granted, signed=SIGNED)
    with pytest.raises(NoConvention):
        actions.amend_convention(grant=granted, slip=slip, reason="Later", ends=date(2028, 1, 1))


def test_a_convention_promises_no_more_than_the_award(drawn_up, envelope, slip, act):
    actions.amend_award(grant=drawn_up, envelope=envelope, change=Decimal(-1), slip=slip)

    with pytest.raises(ConventionExceeds):
        act(actions.sign_convention, grant=drawn_up, signed=SIGNED)
    with pytest.raises(NotSignedYet):
        actions.amend_convention(grant=drawn_up, slip=slip, reason="Later", ends=date(2028, 1, 1))


def test_instalments_add_up_to_the_award(planned, envelope, granted, act):
    with pytest.raises(InstalmentsDoNotAddUp) as refusal:
        act(actions.plan_instalments, grant=granted, parts=[Part(envelope, Decimal("49999.99"))])

    assert str(refusal.value) == "The instalments add up to €49,999.99, and €50,000.00 was awarded."
    assert [each.amount for each in granted.instalments.all()] == [30_000, 20_000]


def test_a_payment_follows_its_order_its_export_and_the_answer_of_finance(planned, granted, pay):
    (outcome,) = pay(planned[0])

    assert (outcome.taken, outcome.why) == (True, "")
    assert reload(granted).amount_paid == 30_000
    assert queries.standing_of_grant(granted.subject).to_pay == 20_000
    assert queries.days_to_pay(granted) == 114
    assert [order.state for order in queries.all_orders()] == ["paid"]
    assert list(queries.orders_under_way()) == []


def test_the_same_answer_twice_pays_once(planned, granted, pay, act):
    (outcome,) = pay(planned[0])

    (again,) = act(actions.take_answers, answers=[outcome.answer])

    assert (again.taken, again.why) == (True, "Known already.")
    assert queries.standing_of_grant(granted.subject).paid == 30_000


def test_an_answer_that_does_not_hold_is_not_taken_and_says_why(planned, slip, act):
    order = actions.order_payment(instalment=planned[0], slip=slip)
    good = Answer(line=1, number=order.number, paid=slip.day, amount=order.amount)
    early = act(actions.take_answers, answers=[good])
    act(actions.export_orders, on=slip.day)

    outcomes = act(
        actions.take_answers,
        answers=[
            replace(good, line=2, number="2026-999"),
            replace(good, line=3, amount=Decimal(1)),
            replace(good, line=4, paid=None, refused="Unknown account"),
        ],
    )

    assert [(each.taken, each.why) for each in (*early, *outcomes)] == [
        (False, "This order is “Issued”: no answer was expected."),
        (False, "No order has this number."),
        (False, "The order is for €30,000.00: the answer gives another amount, or no day."),
        (True, ""),
    ]
    assert PaymentOrder.objects.get().reason == "Unknown account"
    assert actions.order_payment(instalment=planned[0], slip=slip).number.endswith("-2")


def test_orders_of_the_day_are_handed_over_again_and_those_of_before_are_not(planned, slip, act):
    order = actions.order_payment(instalment=planned[0], slip=slip)

    handed = [
        [each.number for each in act(actions.export_orders, on=day)] for day in (slip.day, slip.day, date(2026, 3, 2))
    ]

    assert handed == [[order.number], [order.number], []]


def test_an_instalment_is_ordered_once(planned, slip):
    actions.order_payment(instalment=planned[0], slip=slip)

    with pytest.raises(PaymentBlocked, match=r"it is ordered already\."):
        actions.order_payment(instalment=planned[0], slip=slip)


def test_an_instalment_waits_for_its_report_and_its_day(planned, granted, pay, account):
    pay(planned[0])
    granted.instalments.filter(position=2).update(not_before=date(2026, 9, 1))
    second = granted.instalments.get(position=2)
    waits = queries.blocks_of(second, date(2026, 6, 1))
    account(granted)

    assert waits == ["no narrative report is accepted.", "it is due from 1 September 2026."]
    assert queries.blocks_of(second, date(2026, 9, 1)) == []


def test_a_late_report_blocks_the_next_instalment_of_the_body(planned, granted, pay, account):
    pay(planned[0])
    account(granted)
    due = queries.report_due(granted)

    on_time, late = (queries.blocks_of(planned[1], day) for day in (date(2028, 6, 30), date(2028, 7, 1)))

    assert due == date(2028, 6, 30)  # six months after 2027, the last year of the convention
    assert on_time == []
    assert late == ["the financial report of “asked-1” was due on 30 June 2028."]
    assert [(each.due, each.late) for each in queries.awaited_reports(date(2028, 7, 1))] == [(due, True)]


@pytest.mark.parametrize(
    ("ends", "due"), [("", date(2027, 6, 30)), ("2028-03", date(2029, 6, 30)), ("2026/..", date(2027, 6, 30))]
)
def test_a_report_is_due_six_months_after_the_last_year(envelope, asked, award, ends, due):
    assert queries.report_due(award(asked(ends=ends), envelope, 10)) == due


def test_a_financial_report_compares_budget_and_actual_line_by_line(planned, granted, pay, account):
    pay(planned[0])
    report = account(granted, ReportKind.FINANCIAL, unspent=Decimal(1500))

    lines = [(line.code, line.gap, line.percent) for line in queries.compared(report)]

    assert lines == [("60", -2000, Decimal("-5.0")), ("64", 500, None), ("", -1500, Decimal("-3.8"))]
    assert queries.awaited_reports(date(2030, 1, 1)) == []


def test_what_was_spent_and_what_came_in_have_a_total_each(planned, granted, pay, act):
    pay(planned[0])
    told = (("60", 700, 650), ("86", 90, 90), ("74", 700, 700), ("87", 90, 90))
    lines = [Spent(code, f"Line {code}", Decimal(budget), Decimal(actual)) for code, budget, actual in told]
    report = act(
        actions.receive_report, grant=granted, kind=ReportKind.FINANCIAL, received=date(2027, 1, 1), lines=lines,
        signed_by="The president",
    )  # fmt: skip

    assert [(str(line.label), line.budget, line.gap) for line in queries.compared(report)[4:]] == [
        ("Total spent", 790, -50), ("Total received", 790, 0),
    ]  # fmt: skip


def test_a_report_that_does_not_hold_is_refused(planned, granted, pay, act):
    pay(planned[0])
    facts = {"grant": granted, "kind": ReportKind.FINANCIAL, "received": date(2027, 1, 1)}
    line = Spent("60", "Purchases", Decimal(10), Decimal(10))

    with pytest.raises(ReportRefused):
        act(actions.receive_report, **facts, signed_by="The president")
    with pytest.raises(ReportRefused):
        act(actions.receive_report, **facts, lines=[line], signed_by=" ")
    with pytest.raises(ReportRefused):
        act(actions.receive_report, **facts, lines=[replace(line, label="")], signed_by="The president")
    with pytest.raises(UnspentAbovePaid):
        act(actions.receive_report, **facts, lines=[line], signed_by="The president", unspent=Decimal("30000.01"))


def test_a_report_is_reviewed_once_and_sent_back_with_what_it_lacks(granted, act):
    report = act(actions.receive_report, grant=granted, kind=ReportKind.NARRATIVE, received=SIGNED, words="Done.")

    with pytest.raises(RemarkMissing):
        act(actions.review_report, report=report, accepted=False, on=SIGNED)
    back = act(actions.review_report, report=report, accepted=False, on=SIGNED, remark="Say how many people.")
    with pytest.raises(AlreadyReviewed):
        act(actions.review_report, report=report, accepted=True, on=SIGNED)

    assert (back.state, back.remark) == ("returned", "Say how many people.")


def test_unspent_money_is_claimed_back_recovered_and_the_grant_closed(planned, granted, envelope, pay, account, slip):
    pay(planned[0])
    account(granted)
    account(granted, ReportKind.FINANCIAL, unspent=Decimal(4000))
    with pytest.raises(CannotClose) as lacking:
        actions.close_grant(grant=granted, slip=slip)

    claim = actions.claim_back(grant=granted, envelope=envelope, amount=Decimal(4000), reason="Not spent", slip=slip)
    with pytest.raises(CannotClose, match="a claim is not settled"):
        actions.close_grant(grant=granted, slip=slip)
    actions.settle_claim(claim=claim, recovered=True, slip=slip)
    closed = actions.close_grant(grant=granted, slip=slip)

    assert str(lacking.value) == (
        "This grant cannot be closed yet: €4,000.00 unspent is neither recovered nor carried."
    )
    assert claim.due == date(2026, 9, 1)
    assert (closed.state, closed.amount_paid, closed.amount_voted) == ("closed", 26_000, 50_000)
    money = queries.standing_of_grant(granted.subject)
    assert (money.paid, money.recovered, money.to_pay) == (30_000, 4_000, 0)
    assert queries.standing_of_envelope(envelope).left == 470_000  # what was never paid is free again
    assert list(queries.ledger_faults()) == []


def test_a_claim_on_a_grant_paid_whole_is_given_up_once_and_leaves_the_money_where_it_is(
    planned, granted, envelope, pay, account, slip
):
    pay(planned[0])
    account(granted)
    pay(planned[1])
    claim = actions.claim_back(grant=granted, envelope=envelope, amount=Decimal(100), reason="Late", slip=slip)

    actions.settle_claim(claim=claim, recovered=False, slip=slip)
    with pytest.raises(AlreadySettled):
        actions.settle_claim(claim=claim, recovered=True, slip=slip)
    with pytest.raises(NotEnoughLeft):
        actions.claim_back(grant=granted, envelope=envelope, amount=Decimal(50_001), reason="All", slip=slip)

    assert reload(granted).amount_paid == 50_000


def test_a_claim_is_paid_back_in_parts_until_nothing_is_left_of_it(planned, granted, envelope, pay, account, slip):
    pay(planned[0])
    account(granted)
    account(granted, ReportKind.FINANCIAL, unspent=Decimal(1500))
    claim = actions.claim_back(grant=granted, envelope=envelope, amount=Decimal(1500), reason="Not spent", slip=slip)
    other = actions.claim_back(grant=granted, envelope=envelope, amount=Decimal(200), reason="No receipt", slip=slip)

    part = actions.settle_claim(claim=claim, recovered=True, slip=slip, amount=Decimal("400.10"))
    told = (part.state, queries.recovered_of(claim), queries.left_of_claim(claim), queries.left_of_claim(other))
    with pytest.raises(MoreThanClaimed, match=r"€1,099\.90 is left of this claim: €1,099\.91 cannot come back"):
        actions.settle_claim(claim=claim, recovered=True, slip=slip, amount=Decimal("1099.91"))
    with pytest.raises(CannotClose, match="a claim is not settled"):
        actions.close_grant(grant=granted, slip=slip)
    whole = actions.settle_claim(claim=claim, recovered=True, slip=slip, amount=Decimal("1099.90"))

    assert told == ("issued", Decimal("400.10"), Decimal("1099.90"), Decimal(200))
    assert (whole.state, queries.recovered_of(whole), queries.left_of_claim(whole)) == ("recovered", 1500, 0)
    money = queries.standing_of_grant(granted.subject)
    assert (money.recovered, money.owed, money.kept) == (1500, 200, 28_500)
    assert list(queries.ledger_faults()) == []


def test_what_is_left_of_a_claim_is_given_up_what_came_back_still_counts_and_the_grant_closes(
    planned, granted, envelope, pay, account, slip
):
    pay(planned[0])
    account(granted)
    account(granted, ReportKind.FINANCIAL, unspent=Decimal(1500))
    claim = actions.claim_back(grant=granted, envelope=envelope, amount=Decimal(1500), reason="Not spent", slip=slip)
    actions.settle_claim(claim=claim, recovered=True, slip=slip, amount=Decimal(400))

    given_up = actions.settle_claim(claim=claim, recovered=False, slip=slip)

    closed = actions.close_grant(grant=granted, slip=slip)

    second = Instalment.objects.get(pk=planned[1].pk)
    assert queries.blocks_of(second, date(2026, 9, 1)) == ["the grant is closed: this is no longer paid."]
    money = queries.standing_of_grant(granted.subject)
    assert (given_up.state, money.recovered, money.owed, queries.unsettled(granted)) == ("waived", 400, 0, 0)
    assert (closed.state, closed.amount_paid) == ("closed", 29_600)
    assert list(queries.ledger_faults()) == []


def test_help_in_kind_above_the_threshold_has_its_convention_too(asked, slip, act):
    hall = actions.award_in_kind(grant=asked(form="in_kind", kind="in_kind"), value=Decimal(30_000), slip=slip)
    facts = {"number": "2026-3", "regranting": False, "starts": date(2026, 1, 1), "ends": date(2026, 12, 31)}

    drawn = act(actions.draw_up_convention, grant=hall, **facts)
    act(actions.sign_convention, grant=hall, signed=SIGNED)

    assert (queries.needs_convention(hall), drawn.amount) == (True, 30_000)


def test_no_more_is_paid_than_the_convention_promises_whoever_asks(planned, granted, envelope, slip, pay):
    from parvis.domain.funding.actions.awards import book
    from parvis.domain.funding.enums import Act

    pay(planned[0])
    Convention.objects.filter(grant=granted).update(amount=40_000)

    with pytest.raises(PaidAboveConvention):
        book(granted, envelope, Act.PAY, Decimal(10_001), slip)
    with pytest.raises(IntegrityError), transaction.atomic():
        Convention.objects.filter(grant=granted).update(amount=29_999)


def test_a_grant_with_a_payment_under_way_or_no_report_is_not_closed(planned, granted, pay, slip):
    actions.order_payment(instalment=planned[0], slip=slip)
    under_way = queries.closing_lacks(granted)
    PaymentOrder.objects.update(state="refused")
    pay(planned[0])

    assert under_way == ["a payment is under way."]
    assert queries.closing_lacks(granted) == ["no financial report is accepted.", "no narrative report is accepted."]


def test_days_since_the_request_are_counted_until_the_first_payment(granted, planned, pay, asked):
    waiting = queries.waiting_since(granted, date(2026, 1, 20))
    pay(planned[0])

    assert (waiting, queries.waiting_since(granted, date(2026, 9, 1))) == (10, None)
    assert queries.days_to_pay(asked("asked-9")) is None


def test_a_cancelled_grant_pays_nothing(under_convention, planned, envelope, slip):
    actions.cancel_award(grant=under_convention, slip=slip)
    instalment = type(planned[0]).objects.get(pk=planned[0].pk)

    assert "the grant is not awarded." in queries.blocks_of(instalment, slip.day)


def test_a_paid_grant_is_not_cancelled(planned, granted, pay, slip):
    pay(planned[0])

    with pytest.raises(NotEnoughLeft):
        actions.cancel_award(grant=granted, slip=slip)


def test_a_grant_closes_on_a_report_that_tells_of_all_that_was_paid(granted, planned, pay, account):
    account(granted, received=date(2026, 5, 1))
    pay(planned[0])
    account(granted, ReportKind.FINANCIAL, received=date(2026, 5, 5))
    once = queries.closing_lacks(granted)
    pay(planned[1], day=date(2026, 5, 6))
    twice, may = queries.closing_lacks(granted), may_report(granted, ReportKind.FINANCIAL)
    account(granted, ReportKind.FINANCIAL, received=date(2027, 1, 1), unspent=Decimal(11_500))
    third = queries.closing_lacks(granted)

    assert (once, may) == ([], "")
    assert twice == ["the accepted financial report does not tell of €11,500.00 that was paid: a new one does."]
    assert third == ["€11,500.00 unspent is neither recovered nor carried."]
    assert may_report(granted, ReportKind.FINANCIAL) == "This report was sent."


@pytest.mark.parametrize("amount", [Decimal(0), Decimal(-1), Decimal("0.001")])
def test_an_instalment_is_an_amount_of_its_currency(amount, granted, envelope, act):
    parts = [Part(envelope, Decimal(50_000) - amount), Part(envelope, amount)]

    with pytest.raises((NothingMoves, FinerThanItsCurrency)):
        act(actions.plan_instalments, grant=granted, parts=parts)


def test_a_line_of_a_report_stands_once_and_is_no_less_than_nothing(granted, planned, pay, account):
    pay(planned[0])
    line = Spent("60", "Wells", Decimal(1), Decimal(1))

    with pytest.raises(LineTwice, match="“60 Wells” stands twice"):
        account(granted, ReportKind.FINANCIAL, lines=[line, line])
    with pytest.raises(ReportRefused):
        account(granted, ReportKind.FINANCIAL, lines=[replace(line, actual=Decimal(-1))])


def test_a_new_report_is_awaited_of_what_the_accepted_one_does_not_tell_of(planned, granted, pay, account):
    pay(planned[0])
    account(granted)
    account(granted, ReportKind.FINANCIAL, lines=[Spent("60", "Pumps", Decimal(30_000), Decimal(30_000))])
    before = queries.all_awaited_reports(date(2027, 12, 2)), queries.report_awaited(granted)
    pay(planned[1], day=date(2028, 1, 5))

    (awaited,) = queries.all_awaited_reports(date(2028, 7, 1))

    assert before == ([], None)
    assert (awaited.due, awaited.late, awaited.untold) == (date(2028, 6, 30), True, 20_000)
    assert queries.report_awaited(granted) == date(2028, 6, 30)


def test_money_paid_after_the_report_was_due_is_told_of_after_its_own_year(planned, granted, pay, account):
    pay(planned[0])
    account(granted)
    account(granted, ReportKind.FINANCIAL, lines=[Spent("60", "Pumps", Decimal(30_000), Decimal(30_000))])
    pay(planned[1], day=date(2028, 9, 1))
    (awaited,) = queries.all_awaited_reports(date(2028, 9, 2))
    granted.reports.create(kind=ReportKind.FINANCIAL, received=date(2028, 9, 3))

    assert (awaited.due, awaited.late) == (date(2029, 6, 30), False)
    assert queries.all_awaited_reports(date(2030, 1, 1)) == []
    assert queries.report_awaited(granted) is None


def test_a_narrative_report_is_awaited_beside_the_financial_one(planned, granted, pay):
    pay(planned[0])

    awaited = queries.all_awaited_reports(date(2028, 7, 1))

    assert [(each.kind, each.due, each.holds_back) for each in awaited] == [
        ("narrative", date(2028, 6, 30), False),
        ("financial", date(2028, 6, 30), True),
    ]


def test_a_late_second_report_holds_back_the_bodys_other_grants_as_the_first_does(
    planned, granted, pay, account, envelope, asked, award, act
):
    pay(planned[0])
    account(granted)
    account(granted, ReportKind.FINANCIAL, lines=[Spent("60", "Pumps", Decimal(30_000), Decimal(30_000))])
    pay(planned[1], day=date(2028, 1, 5))
    other = award(asked("asked-2", year=2028), envelope, 1000)
    (instalment,) = act(actions.plan_instalments, grant=other, parts=[Part(envelope, Decimal(1000))])

    on_time, late = (queries.blocks_of(instalment, day) for day in (date(2028, 6, 30), date(2028, 7, 1)))
    granted.reports.create(kind=ReportKind.FINANCIAL, received=date(2028, 7, 2))

    assert (on_time, late) == ([], ["the financial report of “asked-1” was due on 30 June 2028."])
    assert queries.blocks_of(instalment, date(2028, 7, 2)) == []
