"""An award that a later decision of the council changes."""

from dataclasses import replace
from decimal import Decimal

import pytest

from parvis.domain.funding import actions, queries
from parvis.domain.funding.actions import Part
from parvis.domain.funding.enums import Condition
from parvis.domain.funding.errors import MoreThanAsked, StepHeldBack
from parvis.domain.funding.models import Grant


@pytest.fixture
def rectifying(slip, subject):
    """On a decision that is not the one the grant was awarded by."""
    return replace(slip, decision=subject("vote-rectifying", noun="decision"))


def test_an_award_goes_down_and_up_on_another_decision_and_its_instalments_are_planned_again(
    envelope, asked, award, rectifying, act
):
    grant = award(asked(amount_asked="50000"), envelope, 40_000)
    parts = [Part(envelope, Decimal(40_000), Condition.SIGNATURE, None)]
    act(actions.plan_instalments, grant=grant, parts=parts)

    lowered = actions.rectify_award(grant=grant, envelope=envelope, change=Decimal(-15_000), slip=rectifying)
    raised = actions.rectify_award(
        grant=grant, envelope=envelope, change=Decimal(35_000), slip=replace(rectifying, reason="Travaux plus longs.")
    )

    grant = Grant.objects.get(pk=grant.pk)
    entry = queries.entries_of_grant(grant.subject).last()
    assert (lowered.amount_voted, raised.amount_voted, grant.above_asked) == (
        25_000, 60_000, {"fr": "Travaux plus longs."},
    )  # fmt: skip
    assert (queries.standing_of_grant(grant.subject).engaged, grant.instalments.count()) == (60_000, 0)
    assert entry.decision == rectifying.decision


@pytest.mark.parametrize(
    ("change", "own", "refusal"),
    [
        (Decimal(-1), True, StepHeldBack),
        (Decimal(-40_000), False, StepHeldBack),
        (Decimal(20_000), False, MoreThanAsked),
    ],
)
def test_the_first_decision_nothing_left_or_more_than_asked_in_silence_changes_nothing(
    envelope, asked, award, slip, rectifying, change, own, refusal
):
    grant = award(asked(amount_asked="50000"), envelope, 40_000)

    with pytest.raises(refusal):
        actions.rectify_award(grant=grant, envelope=envelope, change=Decimal(change), slip=slip if own else rectifying)

    assert Grant.objects.get(pk=grant.pk).amount_voted == 40_000


def test_under_a_convention_an_amendment_changes_it(drawn_up, envelope, rectifying):
    with pytest.raises(StepHeldBack, match="amendment"):
        actions.rectify_award(grant=drawn_up, envelope=envelope, change=Decimal(-1), slip=rectifying)
