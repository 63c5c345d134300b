"""An office says what it thinks of a grant that no call asked for, before it is decided."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from parvis.domain.funding import actions
from parvis.domain.funding.enums import Advice
from parvis.domain.funding.errors import NothingWritten, StepHeldBack
from parvis.domain.funding.models import Opinion
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.journal.models import Line
from parvis.foundation.values.refusal import Refusal

GIVEN = date(2026, 2, 1)


@pytest.fixture
def give(act, subject, asked):
    """An opinion of the office of international affairs on a grant asked for on 10 January 2026."""
    office, grant = subject("international-affairs", "office"), asked(kind="direct", asked_on="2026-01-10")

    def given(advice=Advice.FAVOURABLE, **more):
        facts = {"grant": grant, "office": office, "advice": advice, "given": GIVEN, "why": "Twelve wells in use"}
        return act(actions.give_opinion, **{**facts, **more})

    given.another = subject("culture", "office")
    return given


def test_an_opinion_is_noted_with_its_office_its_day_and_why(give):
    opinion = give()

    line = Line.objects.get(verb="opinion given")
    assert (opinion.office.key, opinion.advice, opinion.given) == ("international-affairs", "favourable", GIVEN)
    assert (line.about, line.digests["advice"]) == ("asked-1", "favourable")


def test_an_office_that_says_it_again_replaces_what_it_said_which_history_keeps(give):
    give()
    give(Advice.RESERVED, why="If the town pays its share")

    kept = apps.get_model("funding", "OpinionEvent").objects.order_by("pgh_id").values_list("advice", flat=True)
    assert (Opinion.objects.get().advice, list(kept)) == ("reserved", ["favourable", "reserved"])


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"office": None}, "Name the office that gives this opinion."),
        ({"given": date(2026, 1, 9)}, "It was asked for on 10 January 2026: no opinion comes before."),
        ({"given": date(2999, 1, 1)}, "1 January 2999 is yet to come: an opinion is noted once it is given."),
    ],
)
def test_an_opinion_that_cannot_stand_says_why(give, said, why):
    with pytest.raises(StepHeldBack) as refusal:
        give(**said)

    assert (str(refusal.value), Opinion.objects.count()) == (why, 0)


def test_an_opinion_has_its_grounds_and_comes_before_the_decision(give, envelope, award):
    with pytest.raises(NothingWritten):
        give(why=" ")
    opinion = give()
    award(opinion.grant, envelope, 10)

    with pytest.raises(StepHeldBack, match="an opinion comes before the decision"):
        give(grant=opinion.grant)


@pytest.fixture
def take_back(act):
    def taken(opinion, why="It was about the other request"):
        return act(actions.take_opinion_back, opinion=opinion, why=why)

    return taken


def test_an_opinion_noted_by_mistake_is_taken_back_for_a_reason_and_stays_told(give, take_back, clerk):
    first = give(Advice.UNFAVOURABLE)

    taken = take_back(first)
    again = give()

    line, held = Line.objects.get(verb="opinion taken back"), first.grant.opinions.order_by("pk")
    assert (taken.taken_back_by, taken.taken_back_why) == (clerk, "It was about the other request")
    assert (line.about, line.digests["advice"]) == ("asked-1", "unfavourable")
    assert [(each.advice, each.taken_back_at is None) for each in held] == [
        ("unfavourable", False),
        ("favourable", True),
    ]
    assert (list(held.standing()), apps.get_model("funding", "OpinionEvent").objects.count()) == ([again], 3)


def test_an_opinion_is_taken_back_once_with_its_reason_and_not_after_the_decision(give, take_back, envelope, award):
    opinion = give()
    with pytest.raises(NothingWritten):
        take_back(opinion, " ")
    with pytest.raises(IntegrityError, match="an_opinion_is_taken_back_for_a_reason"), transaction.atomic():
        Opinion.objects.update(taken_back_at=opinion.recorded_at)
    mistaken = give(office=give.another)
    take_back(mistaken)
    with pytest.raises(StepHeldBack, match="This opinion was taken back already"):
        take_back(mistaken)
    award(opinion.grant, envelope, 10)

    with pytest.raises(StepHeldBack, match="the opinions it was decided on stay"):
        take_back(opinion)
    assert list(Opinion.objects.standing()) == [opinion]


def test_who_only_reads_takes_no_opinion_back(give):
    reader = User.objects.create_user("reader@ville.example", role=Role.READER)
    opinion = give()

    with pytest.raises(Refusal):
        actions.take_opinion_back(opinion=opinion, why="No", by=reader, at=opinion.recorded_at)
    assert list(Opinion.objects.standing()) == [opinion]


def test_who_only_reads_notes_no_opinion(give):
    reader = User.objects.create_user("reader@ville.example", role=Role.READER)

    opinion = give()
    facts = {"grant": opinion.grant, "office": opinion.office, "advice": Advice.UNFAVOURABLE, "given": GIVEN}
    with pytest.raises(Refusal):
        actions.give_opinion(**facts, why="No", by=reader, at=opinion.recorded_at)

    assert Opinion.objects.get().advice == "favourable"
