"""Orders to pay and the answers of finance: what a file may say, and who may bring it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from parvis.domain.funding import actions, queries
from parvis.domain.funding.actions import Answer
from parvis.domain.funding.enums import TieKind
from parvis.domain.funding.models import PaymentOrder
from parvis.register.models import Text

PAID = date(2026, 5, 4)


@pytest.fixture
def handed_over(planned, slip, act):
    """An order of 30,000 handed over to finance, and the answer that pays it."""
    order = actions.order_payment(instalment=planned[0], slip=slip)
    act(actions.export_orders, on=slip.day)
    return Answer(line=1, number=order.number, paid=PAID, amount=order.amount, reference="M-77")


@pytest.fixture
def told(act):
    def taken(answer):
        (outcome,) = act(actions.take_answers, answers=[answer])
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
