import pytest

from parvis.domain.partnerships.actions import grade_relation, move_relation
from parvis.domain.partnerships.errors import DayMissing, ReasonMissing, RelationMoveRefused
from parvis.register.errors import InvalidContent


@pytest.fixture
def relation(enter, cities):
    return enter("relation", "relation-lima", partner="lima", stage="contact", as_of="2015-05")


def test_a_relation_moves_forward_falls_asleep_and_wakes(relation, act):
    act(move_relation, relation=relation, stage="promising", as_of="2016")
    act(move_relation, relation=relation, stage="dormant", as_of="2017")
    woken = act(move_relation, relation=relation, stage="contact", as_of="2018")

    assert (woken.stage, woken.as_of) == ("contact", "2018")


def test_a_relation_does_not_go_back(relation, act):
    with pytest.raises(RelationMoveRefused) as refused:
        act(move_relation, relation=relation, stage="watch", as_of="2016")

    assert str(refused.value) == "A relation that is “In contact” cannot become “Followed from afar”."


def test_a_move_has_a_day(relation, act):
    with pytest.raises(DayMissing):
        act(move_relation, relation=relation, stage="active", as_of="")


def test_a_level_has_a_reason_a_day_and_a_day_of_review(relation, act):
    reason = {"en": "A common plan since 2010"}

    graded = act(
        grade_relation,
        relation=relation,
        level="special",
        reason=reason,
        since="2015-05",
        review_on="2017-05",
    )

    assert (graded.level, graded.valid_from, graded.review_on) == ("special", "2015-05", "2017-05")
    assert [text.body for text in graded.subject.texts.filter(field="reason")] == ["A common plan since 2010"]


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"reason": {"en": " "}, "since": "2015"}, ReasonMissing),
        ({"reason": {}, "since": "2015"}, ReasonMissing),
        ({"reason": {"en": "Why"}, "since": ""}, DayMissing),
    ],
)
def test_a_level_without_reason_or_day_is_refused(relation, act, facts, refusal):
    with pytest.raises(refusal):
        act(grade_relation, relation=relation, level="special", **facts)


def test_a_relation_graded_first_gets_its_stage_later(enter, cities, act):
    graded = enter(
        "relation", "relation-rome", partner="rome", level="special", **{"from": "2010", "to": "2020"}
    )

    moved = act(move_relation, relation=graded, stage="active", as_of="2015")

    assert (moved.stage, moved.valid_from, moved.valid_to) == ("active", "2010", "2020")


def test_a_relation_has_a_level_or_a_stage(enter, cities, amend, relation):
    with pytest.raises(InvalidContent) as refused:
        enter("relation", "empty", partner="rome")
    amended = amend(relation, partner="lima", stage="watch")

    assert [str(problem) for problem in refused.value.problems] == [
        "Say how close the relation is, or how far it has come."
    ]
    assert amended.stage == "watch"
