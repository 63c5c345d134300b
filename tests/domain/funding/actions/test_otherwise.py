"""What the council decides otherwise than was proposed."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from parvis.domain.funding import actions, queries
from parvis.domain.funding.actions import Otherwise
from parvis.domain.funding.enums import Answered, PaperKind
from parvis.domain.funding.errors import NotEnoughLeft
from parvis.domain.funding.errors.choosing import AnswerUnexplained, AnswerWithoutSum
from parvis.domain.funding.models import Application, CouncilAnswer, Grant, Selection
from parvis.domain.funding.queries import Terms, lines_to_write, selections_to_write
from parvis.domain.funding.queries.wordings import letter_of
from parvis.foundation.accounts.models import Role, User
from parvis.register.history import STAND_IN
from tests.support import calls, reviews
from tests.support.reviews import COUNCIL
from tests.support.reviews import READING as LATER


@pytest.fixture
def publisher(db):
    return User.objects.create_user("publisher@ville.example", role=Role.PUBLISHER)


@pytest.fixture
def selection(clerk, envelope, publisher):
    """Three files that ask for 15,000 each: two proposed, the third under the threshold."""
    call = calls.opened_call(clerk, envelope=envelope.key)
    reviews.under_contract(reviews.ranked(call, clerk), clerk)
    terms = Terms(threshold=Decimal(50))
    scenario = actions.save_scenario(call=call, name="A", terms=terms, by=publisher, at=LATER)
    return actions.close_selection(scenario=scenario, reasons={}, waiting=frozenset(), by=publisher, at=LATER)


@pytest.fixture
def answered(selection, publisher, vote):
    def carried_out(*told):
        lines = list(selection.lines.order_by("rank"))
        otherwise = {line.pk: one for line, one in zip(lines, told, strict=False) if one}
        return actions.record_answer(selection=selection, decision=vote, by=publisher, at=COUNCIL, otherwise=otherwise)

    return carried_out


def states(selection):
    return [line.application.state for line in selection.lines.select_related("application").order_by("rank")]


def test_a_sum_is_lowered_a_file_put_off_and_another_chosen_and_what_was_proposed_stays(selection, answered, publisher):
    grants = answered(
        Otherwise(Answered.AWARD, Decimal("12000.50"), "Amendement n° 3."),
        Otherwise(Answered.ADJOURN, reason="Renvoyé à la prochaine séance."),
        Otherwise(Answered.AWARD, Decimal(16_000), "Amendement n° 4 : le quai est dangereux."),
    )

    lines = list(selection.lines.select_related("otherwise").order_by("rank"))
    assert [(grant.amount_voted, grant.amount_asked) for grant in grants] == [
        (Decimal("12000.50"), Decimal(15_000)),
        (Decimal(16_000), Decimal(15_000)),
    ]
    assert [(one.proposed, one.amount) for one in lines] == [("award", 15_000), ("award", 15_000), ("refuse", 0)]
    assert [(one.answered, one.voted) for one in lines] == [
        ("award", Decimal("12000.50")), ("adjourn", 0), ("award", Decimal(16_000)),
    ]  # fmt: skip
    assert states(selection) == ["awarded", "ranked", "awarded"]
    assert [letter_of(one) for one in lines_to_write(selection, publisher)] == [
        PaperKind.LETTER_PARTIAL, PaperKind.LETTER_AWARD,
    ]  # fmt: skip
    assert [one.to_make for one in selections_to_write()] == [2]


def test_what_was_put_off_comes_before_the_council_again(selection, answered, publisher):
    answered(None, Otherwise(Answered.ADJOURN, reason="Renvoyé."))

    outcome = queries.outcome_of(selection.call, Terms())

    assert [(line.candidate.score, line.chosen) for line in outcome.lines] == [(Decimal("60.00"), True)]


def test_a_file_proposed_is_refused_or_put_on_the_waiting_list(selection, answered):
    answered(
        Otherwise(Answered.REFUSE, reason="Hors du champ."), Otherwise(Answered.WAIT, reason="À défaut d'un autre.")
    )

    assert states(selection) == ["refused", "waiting", "refused"]
    assert Application.objects.get(state="waiting").steps.last().reason == "À défaut d'un autre."


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        (Otherwise(Answered.AWARD, Decimal(12_000)), AnswerUnexplained),
        (Otherwise(Answered.REFUSE, reason="  "), AnswerUnexplained),
        (Otherwise(Answered.AWARD, Decimal(0), "Rien."), AnswerWithoutSum),
        (Otherwise(Answered.AWARD, Decimal(600_000), "Plus que l'enveloppe."), NotEnoughLeft),
    ],
)
def test_an_answer_without_reason_or_sum_or_above_the_envelope_is_refused_and_nothing_is_done(
    selection, answered, told, refusal
):
    with pytest.raises(refusal):
        answered(told)

    assert (Grant.objects.count(), CouncilAnswer.objects.count()) == (0, 0)
    assert (states(selection), Selection.objects.get().decision) == (["proposed", "proposed", "ranked"], None)


def test_what_says_what_was_proposed_is_nothing_new(selection, answered):
    answered(Otherwise(Answered.AWARD, Decimal(15_000)), None, Otherwise(Answered.REFUSE))

    assert (CouncilAnswer.objects.count(), states(selection)) == (0, ["awarded", "awarded", "refused"])


def test_what_the_council_answered_is_never_rewritten_and_its_words_may_be_struck_out(answered):
    answered(Otherwise(Answered.REFUSE, reason="Hors du champ."))

    for change in ({"answer": "wait"}, {"amount": 3}, {"reason": "Autre."}):
        with pytest.raises(DatabaseError), transaction.atomic():
            CouncilAnswer.objects.update(**change)
    assert CouncilAnswer.objects.update(reason=STAND_IN) == 1
