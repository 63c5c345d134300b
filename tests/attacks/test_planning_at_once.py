"""Instalments planned again and ordered at once: the plan adds up to what is granted, and nobody is stuck."""

from __future__ import annotations

import pytest
from django.db.models import Sum
from django.utils import translation

from parvis.domain.funding import actions, queries
from parvis.domain.funding.actions import Part, Slip
from parvis.domain.funding.errors import PaymentBlocked
from parvis.domain.funding.models import Envelope, Grant, PaymentOrder
from tests.attacks.test_amendments_at_once import GIVEN, adds_up, grant
from tests.attacks.test_money_at_once import NOON, clerk, envelope, slip, year
from tests.attacks.test_two_at_once import outcomes, together

#: Each test has a database of its own: ``clerk`` stands on ``own_database``.
__all__ = ["clerk", "envelope", "grant", "slip", "year"]


def planned(grant: Grant) -> list[tuple[int, int]]:
    """The number and the amount of each instalment in the plan."""
    return [(each.position, int(each.amount)) for each in grant.instalments.in_plan().order_by("position")]


def test_eight_who_plan_again_at_once_leave_one_plan(grant: Grant, envelope: Envelope, slip: Slip) -> None:
    parts = [Part(envelope, GIVEN / 5)] * 5

    came_to = together(
        *[lambda: actions.plan_instalments(grant=grant, parts=parts, by=slip.by, at=NOON)] * 8,
    )

    assert outcomes(came_to) == {"done": 8}
    assert planned(grant) == [(number, 20) for number in range(1, 6)]


def test_an_order_given_while_a_plan_is_made_again_pays_what_is_in_the_plan_or_is_refused(
    grant: Grant, envelope: Envelope, slip: Slip
) -> None:
    parts, before = [Part(envelope, GIVEN / 5)] * 5, list(grant.instalments.all())

    came_to = together(
        *[lambda: actions.plan_instalments(grant=grant, parts=parts, by=slip.by, at=NOON)] * 3,
        *(lambda due=due: actions.order_payment(instalment=due, slip=slip) for due in before),
    )

    assert set(outcomes(came_to)) <= {"done", "InstalmentsDoNotAddUp", "PaymentBlocked"}
    assert grant.instalments.in_plan().aggregate(all=Sum("amount"))["all"] == GIVEN
    ordered = PaymentOrder.objects.all()
    assert outcomes(came_to[3:]).get("done", 0) == len(ordered)
    assert not [order for order in ordered if order.instalment.set_aside]
    assert adds_up(envelope)


def test_what_was_planned_again_meanwhile_is_not_ordered_and_says_so(
    grant: Grant, envelope: Envelope, slip: Slip
) -> None:
    seen = grant.instalments.get(position=1)
    actions.plan_instalments(grant=grant, parts=[Part(envelope, GIVEN / 5)] * 5, by=slip.by, at=NOON)

    with translation.override("en"), pytest.raises(PaymentBlocked, match="it is no longer in the plan"):
        actions.order_payment(instalment=seen, slip=slip)

    assert list(queries.orders_of(grant)) == []
