"""Orders to pay and the answers of finance: what a file may say, and who may bring it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from parvis.domain.funding import actions, queries
from parvis.domain.funding.actions import Answer, Spent
from parvis.domain.funding.actions.awards import book
from parvis.domain.funding.enums import Act, ReportKind, TieKind
from parvis.domain.funding.errors import RemarkMissing, StepHeldBack
from parvis.domain.funding.models import Instalment, LedgerEntry, OutgoingEmail, PaymentOrder
from parvis.register.models import Text
from tests.support import calls

PAID = date(2026, 5, 4)
LATER = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def handed_over(planned, slip, act):
    """An order of 30,000 handed over to finance, and the answer that pays it."""
    order = actions.order_payment(instalment=planned[0], slip=slip)
    act(actions.export_orders, on=slip.day)
    return Answer(line=1, number=order.number, paid=PAID, amount=order.amount, reference="M-77")


@pytest.fixture
def told(clerk):
    def taken(answer):
        (outcome,) = actions.take_answers(answers=[answer], by=clerk, at=LATER)
        return outcome.taken, outcome.why

    return taken


@pytest.mark.parametrize(
    "other", [{"amount": Decimal("29999.99")}, {"paid": PAID + timedelta(days=1)}, {"amount": None}, {"refused": "No"}]
)
def test_an_order_that_is_paid_is_not_answered_otherwise(handed_over, told, other):
    told(handed_over)

    assert told(replace(handed_over, **other)) == (
        False, "This order is paid already: €30,000.00 on 4 May 2026. This row says otherwise, and changes nothing.",
    )  # fmt: skip
    assert told(handed_over) == (True, "Known already.")


def test_nothing_is_paid_before_it_is_ordered_nor_paid_and_refused_in_one_row(handed_over, slip, told):
    before = told(replace(handed_over, paid=slip.day - timedelta(days=1)))
    both = told(replace(handed_over, refused="Account closed"))

    assert before == (False, "This order was issued on 1 March 2026: it cannot be paid before.")
    assert both == (False, "This row says that the order is paid, and that it is refused: keep one of the two.")
    assert PaymentOrder.objects.get().state == "exported"


def test_a_refusal_read_twice_is_known(handed_over, told):
    refusal = replace(handed_over, paid=None, amount=None, refused="Account closed")

    assert [told(refusal), told(refusal)] == [(True, ""), (True, "Known already.")]


def test_who_is_tied_to_a_body_neither_hands_its_orders_over_nor_brings_the_answer(
    planned, slip, act, clerk, granted, told
):
    order = actions.order_payment(instalment=planned[0], slip=slip)
    Text.objects.create(subject=granted.beneficiary, field="title", language="en", body="Solthis")
    clerk.ties.create(kind=TieKind.EMPLOYER, name="Solthis", declared_at=slip.at)

    handed = act(actions.export_orders, on=slip.day)
    PaymentOrder.objects.update(state="exported", exported=slip.day)
    answered = told(Answer(line=1, number=order.number, paid=PAID, amount=order.amount))

    assert handed == []
    assert answered == (False, "You have a tie to the body that receives this grant: a colleague acts on it.")
    assert queries.standing_of_grant(granted.subject).paid == 0


def numbers(orders):
    return " ".join(order.number for order in orders).encode()


def test_an_order_stands_in_one_file_alone_and_the_last_of_the_day_is_taken_again_to_the_byte(
    planned, slip, act, account
):
    first = actions.order_payment(instalment=planned[0], slip=slip)
    morning, pressed_again = (act(actions.hand_over_orders, on=slip.day, write=numbers) for _each in range(2))
    account(planned[0].grant)
    second = actions.order_payment(instalment=planned[1], slip=slip)

    evening, again = (act(actions.hand_over_orders, on=slip.day, write=numbers) for _each in range(2))
    tomorrow = act(actions.hand_over_orders, on=slip.day + timedelta(days=1), write=numbers)

    assert [bytes(each.content).decode() for each in (morning, evening)] == [first.number, second.number]
    assert (pressed_again, again, tomorrow) == (morning, evening, None)


def test_who_is_tied_to_a_body_is_not_given_the_last_file_that_pays_it(planned, slip, act, clerk, granted):
    actions.order_payment(instalment=planned[0], slip=slip)
    act(actions.hand_over_orders, on=slip.day, write=numbers)
    Text.objects.create(subject=granted.beneficiary, field="title", language="en", body="Solthis")
    clerk.ties.create(kind=TieKind.EMPLOYER, name="Solthis", declared_at=slip.at)

    assert act(actions.hand_over_orders, on=slip.day, write=numbers) is None


BACK = date(2026, 5, 9)


@pytest.fixture
def sent_back(handed_over, told):
    """The answer that says that the bank sent the transfer back, once the order is paid."""
    told(handed_over)
    return Answer(
        line=1, number=handed_over.number, amount=handed_over.amount, returned=BACK, returned_why="Wrong IBAN"
    )


@pytest.fixture
def stands(granted):
    def standing():
        money = queries.standing_of_grant(granted.subject)
        granted.refresh_from_db()
        return money.paid, money.to_pay, granted.amount_paid

    return standing


def test_a_transfer_the_bank_sends_back_undoes_its_payment_on_its_decision(sent_back, told, stands, slip):
    before = stands()

    assert told(sent_back) == (True, "")
    connection.check_constraints()
    order, entry = PaymentOrder.objects.get(), LedgerEntry.objects.get(act="return")
    assert (before, stands()) == ((30_000, 20_000, 30_000), (0, 50_000, 0))
    assert (order.state, order.paid, order.returned, order.reason) == ("returned", PAID, BACK, "Wrong IBAN")
    assert (entry.amount, entry.day, entry.reference, entry.decision) == (30_000, BACK, order.number, slip.decision)
    assert list(queries.ledger_faults()) == []


def test_what_was_sent_back_is_ordered_and_paid_again_under_another_number(sent_back, told, stands, planned, pay):
    told(sent_back)
    again = pay(planned[0], day=date(2026, 5, 20))

    first, second = PaymentOrder.objects.order_by("pk")
    assert [each.taken for each in again] == [True]
    assert (first.number, second.number) == (sent_back.number, f"{sent_back.number[:-1]}2")
    assert stands() == (30_000, 20_000, 30_000)
    assert list(queries.ledger_faults()) == []


def test_a_transfer_told_twice_to_be_sent_back_changes_nothing_nor_does_the_file_that_paid_it(
    sent_back, told, handed_over
):
    told(sent_back)
    twice = [told(sent_back), told(handed_over)]
    otherwise = told(replace(sent_back, returned_why="Account closed"))

    assert twice == [(True, "Known already."), (True, "Known already.")]
    assert otherwise == (
        False,
        (
            "This order was sent back already: €30,000.00 on 9 May 2026 (Wrong IBAN). "
            "This says otherwise, and changes nothing."
        ),
    )
    assert LedgerEntry.objects.filter(act__in=("pay", "return")).count() == 2


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"number": "2026-1"}, "No order has this number."),
        ({"returned": PAID - timedelta(days=1)},
         "This order was paid on 4 May 2026: the bank cannot have sent it back before."),
        ({"returned": date(2099, 1, 1)}, "1 January 2099 is yet to come: nothing is sent back on it."),
        ({"amount": Decimal(10_000)},
         ("€30,000.00 was paid, and €10,000.00 is said to be sent back: a transfer comes back whole. "
         "What a beneficiary pays back in part is claimed.")),
        ({"returned_why": ""}, "Say on which day the bank sent this transfer back, and why."),
        ({"returned": None}, "Say on which day the bank sent this transfer back, and why."),
        ({"refused": "No"},
         "This row says that the order is refused, and that the bank sent it back: keep one of the two."),
        ({"paid": PAID + timedelta(days=1)},
         "This order is paid already: €30,000.00 on 4 May 2026. This row says otherwise, and changes nothing."),
    ],
)  # fmt: skip
def test_what_cannot_have_been_sent_back_is_told_in_a_sentence(sent_back, told, stands, other, why):
    assert told(replace(sent_back, **other)) == (False, why)
    assert stands() == (30_000, 20_000, 30_000)


def test_nothing_is_sent_back_before_it_was_paid(handed_over, told):
    early = replace(handed_over, paid=None, returned=BACK, returned_why="Wrong IBAN")

    assert told(early) == (
        False, "This order is “Sent to finance”: it was not paid, and the bank has nothing to send back.",
    )  # fmt: skip


def test_money_claimed_back_was_received(sent_back, told, granted, envelope, slip):
    claim = actions.claim_back(grant=granted, envelope=envelope, amount=Decimal(1), reason="So", slip=slip)
    claimed = told(sent_back)
    actions.settle_claim(claim=claim, recovered=False, slip=slip)

    assert claimed == (
        False,
        (
            "Of what was paid, €29,999.00 is not claimed back, and €30,000.00 would be sent back: "
            "give up the claim first, if the money never came."
        ),
    )
    assert told(sent_back) == (True, "")


STAYS = (
    "The financial report of 8 May 2026, which accounts for this payment, stays accepted. If this row is right, pay "
    "again, or ask for another report on the page of the grant."
)


def test_a_report_nobody_has_read_is_asked_for_again_and_an_accepted_one_stays(sent_back, told, granted, account):
    before = account(granted, ReportKind.FINANCIAL, received=PAID - timedelta(days=1))
    account(granted, ReportKind.FINANCIAL, received=date(2026, 5, 8))
    granted.reports.create(kind=ReportKind.FINANCIAL, received=BACK)

    assert told(sent_back) == (True, STAYS)
    said = "The bank sent back the payment of €30,000.00: a new report tells of what was received."
    assert list(granted.reports.values_list("state", "reviewed", "remark")) == [
        ("accepted", before.received, ""),
        ("accepted", date(2026, 5, 8), ""),
        ("returned", BACK, said),
    ]
    assert told(sent_back) == (True, "Known already.")
    assert list(queries.ledger_faults()) == []


def test_an_accepted_report_that_tells_of_what_came_back_is_doubted_until_it_is_paid_again(
    sent_back, told, granted, planned, account, pay
):
    account(granted, received=date(2026, 5, 1))
    report = account(granted, ReportKind.FINANCIAL, received=date(2026, 5, 8))
    told(sent_back)
    pay(planned[1], day=date(2026, 5, 19))
    between = [order.told_in for order in queries.sent_back_since()], queries.closing_lacks(granted)
    pay(planned[0], day=date(2026, 5, 20))

    assert between == (
        [report],
        [
            (
                "the accepted financial report accounts for €30,000.00 that the bank sent back: it is paid again, or "
                "another report is asked for."
            )
        ],
    )
    assert list(queries.sent_back_since()) == []


def test_a_person_asks_for_another_report_where_what_it_accounts_for_came_back(sent_back, told, granted, account, act):
    report = account(granted, ReportKind.FINANCIAL, received=date(2026, 5, 8))

    def ask(why):
        act(actions.ask_for_report_again, report=report, why=why, on=BACK)

    with pytest.raises(StepHeldBack) as early:
        ask("Paid to nobody")
    told(sent_back)
    with pytest.raises(RemarkMissing):
        ask(" ")
    ask("Paid to nobody")

    report.refresh_from_db()
    assert str(early.value) == "Nothing that this report accounts for was sent back by the bank and left unpaid."
    assert (report.state, report.reviewed, report.remark) == ("returned", BACK, "Paid to nobody")
    assert list(queries.sent_back_since(granted)) == []


def test_nothing_is_left_with_a_beneficiary_of_what_it_never_had(sent_back, told, granted, account):
    account(granted, ReportKind.FINANCIAL, received=date(2026, 5, 8), unspent=Decimal(1_000))
    before = queries.unsettled(granted)
    told(sent_back)

    assert (before, queries.unsettled(granted)) == (1_000, 0)


def test_its_beneficiary_is_written_to_in_its_language_and_not_told_what_the_bank_said(
    sent_back, told, granted, account
):
    ana = calls.applicant()
    body = calls.body_of(ana)
    body.record = granted.beneficiary
    body.save()
    granted.reports.create(kind=ReportKind.FINANCIAL, received=date(2026, 5, 8))

    told(sent_back)
    told(sent_back)

    email = OutgoingEmail.objects.get(to=ana)
    assert " ".join(email.subject.split()) == "La banque a renvoyé le paiement de 30 000,00 € pour « asked-1 »"
    assert "votre compte rendu financier" in email.body.lower()
    assert "Wrong IBAN" not in email.body


def test_a_grant_closed_on_its_last_payment_opens_again(sent_back, told, granted, planned, account, pay, slip):
    account(granted, received=date(2026, 5, 1))
    told_of = [Spent("60", "Purchases", Decimal(50_000), Decimal(50_000))]
    account(granted, ReportKind.FINANCIAL, received=date(2026, 5, 1), lines=told_of)
    pay(planned[1], day=date(2026, 5, 4))
    actions.close_grant(grant=granted, slip=replace(slip, day=date(2026, 5, 5)))

    assert told(sent_back)[0]
    granted.refresh_from_db()
    assert (granted.state, granted.amount_paid) == ("awarded", 20_000)
    assert queries.blocks_of(Instalment.objects.get(pk=planned[0].pk), date(2026, 5, 10)) == []
    assert list(queries.ledger_faults()) == []


def test_a_grant_closed_with_less_than_was_voted_opens_again_for_what_came_back(
    sent_back, told, granted, planned, account, pay, slip
):
    account(granted, received=date(2026, 5, 1))
    account(granted, ReportKind.FINANCIAL, received=date(2026, 5, 1))
    actions.close_grant(grant=granted, slip=replace(slip, day=date(2026, 5, 5)))

    assert told(sent_back)[0]
    granted.refresh_from_db()
    assert (granted.state, granted.amount_voted, granted.amount_paid) == ("awarded", 30_000, 0)
    assert list(granted.instalments.values_list("pk", flat=True)) == [planned[0].pk]
    pay(planned[0], day=date(2026, 5, 20))
    assert queries.closing_lacks(granted) == []
    assert list(queries.ledger_faults()) == []


def test_days_to_pay_and_reports_follow_what_arrived(sent_back, told, granted, planned, pay):
    before = queries.days_to_pay(granted), len(queries.awaited_reports(BACK))
    told(sent_back)
    between = queries.days_to_pay(granted), len(queries.awaited_reports(BACK))
    pay(planned[0], day=date(2026, 5, 20))

    assert (before, between) == ((114, 1), (None, 0))
    assert queries.days_to_pay(granted) == 130


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("an_order_sent_back_is_in_the_ledger", {"state": "returned", "returned": BACK, "reason": "No"}),
        ("what_was_sent_back_says_when_and_why", {"state": "returned", "returned": BACK}),
    ],
)
def test_the_database_holds_that_an_order_is_sent_back_with_its_entry(sent_back, rule, change):
    def change_alone():
        PaymentOrder.objects.update(**change)
        connection.check_constraints()

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        change_alone()


def test_the_database_holds_that_a_payment_is_undone_once_and_with_its_order(sent_back, told, granted, envelope, slip):
    def entry_alone():
        named = replace(slip, reference=sent_back.number, day=BACK)
        book(granted, envelope, Act.RETURN, Decimal(30_000), named)
        connection.check_constraints()

    with pytest.raises(IntegrityError, match="a_payment_is_undone_with_its_order"), transaction.atomic():
        entry_alone()
    told(sent_back)

    with pytest.raises(IntegrityError, match="an_order_sent_back_stays"), transaction.atomic():
        PaymentOrder.objects.update(state="paid", returned=None)
