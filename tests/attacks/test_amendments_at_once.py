"""Amendments, claims and envelopes pulled both ways at once: money stands in one place, and nobody is stuck."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from parvis.domain.funding import actions, queries
from parvis.domain.funding.actions import Answer, Part, Slip, Source
from parvis.domain.funding.models import Amendment, Convention, Envelope, Grant, PaymentOrder
from tests.attacks.test_money_at_once import LEFT, NOON, asked, clerk, enter, envelope, slip, subject, year
from tests.attacks.test_two_at_once import outcomes, together

#: Each test has a database of its own: ``clerk`` stands on ``own_database``.
__all__ = ["clerk", "envelope", "slip", "year"]

GIVEN = Decimal(100)


@pytest.fixture
def grant(envelope: Envelope, slip: Slip) -> Grant:
    """100 awarded in five instalments, under a convention that both signed."""
    subject("solthis", "body", slip.by)
    grant = asked("grant-1", slip.by)
    actions.award_grant(grant=grant, sources=[Source(envelope, GIVEN)], slip=slip)
    who: dict[str, Any] = {"grant": grant, "by": slip.by, "at": NOON}
    actions.draw_up_convention(**who, number="1", regranting=False, starts=date(2026, 1, 1), ends=date(2027, 12, 31))
    actions.sign_convention(**who, signed=slip.day)
    actions.plan_instalments(**who, parts=[Part(envelope, GIVEN / 5)] * 5)
    return grant


def ordered(grant: Grant, slip: Slip) -> list[PaymentOrder]:
    """Every instalment ordered and handed over."""
    for each in grant.instalments.all():
        actions.order_payment(instalment=each, slip=slip)
    return actions.export_orders(on=slip.day, by=slip.by, at=NOON)


def pay(order: PaymentOrder, slip: Slip) -> list[bool]:
    answer = Answer(line=1, number=order.number, paid=slip.day, amount=order.amount)
    return [one.taken for one in actions.take_answers(answers=[answer], by=slip.by, at=NOON)]


def adds_up(envelope: Envelope) -> bool:
    money = queries.standing_of_envelope(envelope)
    return money.left >= 0 and money.left + money.reserved + money.engaged == LEFT and not list(queries.ledger_faults())


def test_eight_who_amend_one_convention_are_one_who_did(grant, envelope, slip):
    came_to = together(
        *(
            lambda more=more: actions.amend_convention(
                grant=grant, slip=slip, reason="So", envelope=envelope, change=Decimal(more)
            )
            for more in (1, 2, 3, 4, -1, -2, -3, -4)
        )
    )

    assert outcomes(came_to) == {"done": 1, "StepHeldBack": 7}
    made = Amendment.objects.get()
    assert queries.standing_of_grant(grant.subject).reserved == max(made.change, 0)
    assert adds_up(envelope)


def test_an_amendment_signed_given_up_and_cancelled_at_once_came_to_one_of_these(grant, envelope, slip):
    amendment = actions.amend_convention(grant=grant, slip=slip, reason="So", envelope=envelope, change=Decimal(50))
    who: dict[str, Any] = {"amendment": amendment, "by": slip.by, "at": NOON}

    came_to = together(
        *[lambda: actions.sign_amendment(**who, signed=slip.day)] * 3,
        *[lambda: actions.give_up_amendment(**who, on=slip.day)] * 3,
        lambda: actions.cancel_award(grant=grant, slip=slip),
        lambda: actions.order_payment(instalment=grant.instalments.first(), slip=slip),
    )

    held, money = Amendment.objects.get(), queries.standing_of_grant(grant.subject)
    assert set(outcomes(came_to)) <= {"done", "AlreadySigned", "StepHeldBack", "NotAwarded", "PaymentBlocked"}
    assert (held.signed is None) != (held.given_up is None)
    assert outcomes(came_to[:6])["done"] <= 1
    assert (money.engaged, money.reserved) == (0, 0)  # whatever came first, it was cancelled in the end
    assert Convention.objects.get().amount == (150 if held.signed else 100)
    assert adds_up(envelope)


def test_claims_given_up_and_paid_back_while_payments_are_confirmed_lose_no_cent(grant, envelope, slip):
    first, *orders = ordered(grant, slip)
    pay(first, slip)
    claims = [
        actions.claim_back(grant=grant, envelope=envelope, amount=Decimal(5), reason="No receipt", slip=slip)
        for _ in range(4)
    ]
    back = Decimal("1.25")

    came_to = together(
        *(lambda order=order: pay(order, slip) for order in orders),
        *(lambda claim=claim: actions.settle_claim(claim=claim, recovered=False, slip=slip) for claim in claims),
        *(
            lambda claim=claim: actions.settle_claim(claim=claim, recovered=True, slip=slip, amount=back)
            for claim in claims
        ),
    )

    paid_back = [one for one in came_to[8:] if not isinstance(one, Exception)]
    money = queries.standing_of_grant(grant.subject)
    assert set(outcomes(came_to)) <= {"done", "AlreadySettled"}
    assert came_to[:4] == [[True]] * 4
    assert (money.owed, money.recovered, money.paid) == (0, back * len(paid_back), GIVEN)
    assert Grant.objects.get(pk=grant.pk).amount_paid == GIVEN - back * len(paid_back)
    assert adds_up(envelope)


def test_an_envelope_reduced_and_carried_while_its_money_is_awarded_and_freed_holds_what_it_should(
    grant, envelope, year, slip
):
    actions.open_levy_year(levy=year.levy, year=2027, currency="EUR", base=LEFT * 100, by=slip.by, at=NOON)
    later: Envelope = enter(Envelope, actions.enter_envelope, slip.by, key="later", levy="water", year=2027)
    others = [asked(f"other-{place}", slip.by) for place in range(6)]

    came_to = together(
        *(
            lambda other=other: actions.award_grant(grant=other, sources=[Source(envelope, Decimal(40))], slip=slip)
            for other in others
        ),
        *[lambda: actions.take_back(envelope=envelope, amount=Decimal(30), slip=slip)] * 3,
        *[lambda: actions.carry_over(source=envelope, target=later, amount=Decimal(30), slip=slip)] * 3,
        lambda: actions.cancel_award(grant=grant, slip=slip),
        lambda: actions.cancel_award(grant=grant, slip=slip),
    )

    money, carried = queries.standing_of_envelope(envelope), queries.standing_of_envelope(later).left
    taken = queries.standing_of_year(year).at("voted")
    assert set(outcomes(came_to)) <= {"done", "NotEnoughLeft", "GrantMoveRefused"}
    assert outcomes(came_to[12:]) == {"done": 1, "GrantMoveRefused": 1}
    assert money.left >= 0
    assert money.left + money.engaged + carried + taken == LEFT
    assert list(queries.ledger_faults()) == []
