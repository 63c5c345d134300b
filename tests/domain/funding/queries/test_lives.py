"""The life of a grant as anyone may follow it, and what of it stays inside."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from parvis.domain.funding import actions
from parvis.domain.funding.actions import Answer, Part
from parvis.domain.funding.actions.posting import Way, account_of, post
from parvis.domain.funding.enums import Act, Condition, ReportKind, Stage
from parvis.domain.funding.models import Convention
from parvis.domain.funding.queries.lives import (
    allotments_to_share,
    amendments_to_share,
    conventions_to_share,
    instalments_to_share,
    movements_to_share,
    reports_to_share,
    votes_to_share,
    waits_to_share,
)

CANARY = "canary-of-the-ledger"


@pytest.fixture
def paid(asked, envelope, award, water_2026, slip):
    """A grant of 60,000 euros asked for on 1 March, of which 20,000 are paid on 30 April."""
    grant = asked(asked_on="2026-03-01")
    award(grant, envelope, 60_000)
    ways = [
        Way(*(account_of(water_2026, stage, envelope=envelope, grant=grant.subject) for stage in stages))
        for stages in ((Stage.COMMITTED, Stage.PAID),)
    ]
    post(
        Act.PAY,
        Decimal(20_000),
        ways,
        replace(slip, day=date(2026, 4, 30), reason=CANARY, reference=CANARY),
        grant=grant.subject,
    )
    return grant


def test_a_convention_is_shared_once_it_is_signed(paid, asked):
    terms = {"amount": 60_000, "regranting": False, "starts": date(2026, 4, 1), "ends": date(2027, 3, 31)}
    Convention.objects.create(grant=paid, number="2026-1", signed=date(2026, 4, 2), **terms)
    Convention.objects.create(grant=asked("asked-2"), number="2026-2", signed=None, **terms)

    assert list(conventions_to_share()) == [
        {"grant": "asked-1", "number": "2026-1", "signed": date(2026, 4, 2), "starts": date(2026, 4, 1),
         "ends": date(2027, 3, 31)}
    ]  # fmt: skip


def test_a_payment_is_shared_with_its_day_and_decision_and_no_word_that_was_typed(paid):
    (move,) = movements_to_share()

    assert move == {
        "grant": "asked-1",
        "act": "pay",
        "day": date(2026, 4, 30),
        "amount": Decimal(20_000),
        "decision": "vote-2026",
        "sent_back": None,
    }


def test_a_transfer_sent_back_is_shared_as_such_and_is_no_payment(asked, envelope, award, slip, act):
    grant = award(asked(asked_on="2026-02-01"), envelope, 20_000)
    (due,) = act(actions.plan_instalments, grant=grant, parts=[Part(envelope, Decimal(20_000))])
    order = actions.order_payment(instalment=due, slip=slip)
    act(actions.export_orders, on=slip.day)
    act(actions.take_answers, answers=[Answer(1, order.number, paid=slip.day, amount=order.amount, reference="M-7")])
    before = [row["paid"] for row in (*instalments_to_share(), *waits_to_share())]
    act(actions.return_payment, order=order, on=slip.day, why=CANARY)

    said = [(row["act"], row["sent_back"], CANARY in str(row)) for row in movements_to_share()]
    assert before == [slip.day, slip.day]
    assert said == [("pay", slip.day, False), ("return", None, False)]
    assert [row["paid"] for row in instalments_to_share()] == [None]
    assert list(waits_to_share()) == []


def test_days_are_counted_from_the_request_to_the_first_payment(paid):
    told = {"grant": "asked-1", "asked": date(2026, 3, 1), "paid": date(2026, 4, 30), "days": 60}
    assert list(waits_to_share()) == [told]


def test_nothing_of_a_grant_kept_inside_is_shared(paid):
    paid.subject.visibility = "internal"
    paid.subject.save()

    assert (list(movements_to_share()), list(waits_to_share())) == ([], [])


def test_votes_and_allotments_are_shared_with_their_decision_and_no_reason(envelope, water_2026, slip):
    actions.lower_vote(levy_year=water_2026, amount=Decimal(100_000), slip=replace(slip, reason=CANARY))

    told = {"levy": "levy-water", "year": 2026, "day": date(2026, 3, 1), "decision": "vote-2026"}
    assert list(votes_to_share()) == [
        told | {"act": "vote", "amount": Decimal(800_000)},
        told | {"act": "lower", "amount": Decimal(100_000)},
    ]
    (put_in,) = allotments_to_share()
    assert put_in == {
        "envelope": "solidae-2026", "act": "allot", "day": date(2026, 3, 1), "amount": Decimal(500_000),
        "decision": "vote-2026",
    }  # fmt: skip


@pytest.fixture
def act(clerk, noon):
    """Do it as the clerk, at noon."""
    return lambda action, **given: action(**given, by=clerk, at=noon)


@pytest.fixture
def under_convention(paid, envelope, act):
    """Two instalments: one of what is paid already, one once a report is accepted."""
    terms = {"regranting": False, "starts": date(2026, 1, 1), "ends": date(2027, 6, 30)}
    act(actions.draw_up_convention, grant=paid, number="2026-1", **terms)
    act(actions.sign_convention, grant=paid, signed=date(2026, 4, 2))
    parts = [Part(envelope, Decimal(20_000)), Part(envelope, Decimal(40_000), Condition.NARRATIVE)]
    act(actions.plan_instalments, grant=paid, parts=parts)
    return paid


def test_instalments_are_shared_with_what_they_wait_for(under_convention):
    told = [(row["number"], row["amount"], row["condition"], row["paid"]) for row in instalments_to_share()]

    assert told == [(1, Decimal(20_000), "signature", None), (2, Decimal(40_000), "narrative", None)]


def test_what_was_planned_again_is_shared_once(under_convention):
    under_convention.instalments.filter(position=1).update(set_aside=date(2026, 5, 1))

    assert [row["number"] for row in instalments_to_share()] == [2]


def test_a_report_is_shared_by_its_days_and_its_state_never_by_its_words(under_convention, act):
    act(
        actions.receive_report,
        grant=under_convention,
        kind=ReportKind.NARRATIVE,
        received=date(2026, 9, 1),
        words=CANARY,
    )

    (report,) = reports_to_share()
    assert report == {
        "grant": "asked-1", "report": "narrative", "received": date(2026, 9, 1), "review": "received",
        "reviewed": None, "unspent": None,
    }  # fmt: skip


def test_an_amendment_is_shared_with_its_decision_and_its_reason_stays_inside(under_convention, slip):
    day = replace(slip, day=date(2026, 10, 1), reason=CANARY)
    amendment = actions.amend_convention(grant=under_convention, ends=date(2027, 12, 31), reason=CANARY, slip=day)
    unsigned = list(amendments_to_share())
    actions.sign_amendment(amendment=amendment, signed=date(2026, 10, 9), by=slip.by, at=slip.at)

    assert unsigned == []
    assert CANARY not in str(list(amendments_to_share()))
    assert [(row["change"], row["signed"], row["ends"], row["decision"]) for row in amendments_to_share()] == [
        ("period", date(2026, 10, 9), date(2027, 12, 31), "vote-2026")
    ]
