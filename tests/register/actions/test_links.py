from datetime import UTC, datetime

import pytest

from parvis.register.actions import judge, tie_records, undo_judgement
from parvis.register.enums import Verdict
from parvis.register.errors import AlreadyUndone, InvalidContent, JudgedAlready, ReasonMissing, SameRecord
from parvis.register.models import Tie
from parvis.register.queries import same_as, standing_judgements

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def pair(source, conflict):
    return source.subject, conflict.subject


def test_one_act_leads_to_another_with_its_proof(pair, clerk):
    cause, effect = pair

    tie_records(
        cause=cause,
        content={"key": effect.key, "source": "city-page", "lines": "37", "note": {"en": "After"}},
        by=clerk,
        at=NOON,
    )

    tie = Tie.objects.get()
    assert (tie.cause, tie.effect, tie.source.key, tie.line_from, tie.note) == (
        cause,
        effect,
        "city-page",
        37,
        {"en": "After"},
    )


@pytest.mark.parametrize(
    ("content", "paths"),
    [
        ({"key": "nowhere", "source": "city-page"}, ["key"]),
        ({"key": "members-differ", "source": "members-differ"}, ["source"]),
        ({"key": "city-page", "source": "city-page"}, ["key"]),
        ({"key": "members-differ", "source": "city-page", "lines": "?"}, ["lines"]),
    ],
)
def test_a_tie_without_proof_or_end_is_refused(pair, clerk, content, paths):
    with pytest.raises(InvalidContent) as refusal:
        tie_records(cause=pair[0], content=content, by=clerk, at=NOON)

    assert [problem.path for problem in refusal.value.problems] == paths
    assert Tie.objects.count() == 0


def test_a_judgement_holds_from_both_sides_and_can_be_undone(pair, clerk):
    judgement = judge(one=pair[1], other=pair[0], verdict=Verdict.SAME, reason="Same text", by=clerk, at=NOON)

    assert same_as(pair[0]) == {"members-differ"}
    assert same_as(pair[1]) == {"city-page"}
    assert list(standing_judgements(pair[0])) == [judgement]

    undo_judgement(judgement=judgement, by=clerk, at=NOON)

    assert same_as(pair[0]) == set()
    assert list(standing_judgements(pair[1])) == []


def test_two_different_things_are_not_merged(pair, clerk):
    judge(one=pair[0], other=pair[1], verdict=Verdict.DIFFERENT, reason="Two acts", by=clerk, at=NOON)

    assert same_as(pair[0]) == set()


def test_a_judgement_needs_two_records_a_reason_and_a_free_pair(pair, clerk):
    with pytest.raises(SameRecord):
        judge(one=pair[0], other=pair[0], verdict=Verdict.SAME, reason="x", by=clerk, at=NOON)
    with pytest.raises(ReasonMissing):
        judge(one=pair[0], other=pair[1], verdict=Verdict.SAME, reason=" ", by=clerk, at=NOON)
    judge(one=pair[0], other=pair[1], verdict=Verdict.SAME, reason="x", by=clerk, at=NOON)
    with pytest.raises(JudgedAlready):
        judge(one=pair[1], other=pair[0], verdict=Verdict.DIFFERENT, reason="x", by=clerk, at=NOON)


def test_a_judgement_is_undone_once(pair, clerk):
    judgement = judge(one=pair[0], other=pair[1], verdict=Verdict.SAME, reason="x", by=clerk, at=NOON)
    undo_judgement(judgement=judgement, by=clerk, at=NOON)

    with pytest.raises(AlreadyUndone):
        undo_judgement(judgement=judgement, by=clerk, at=NOON)
