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


def test_a_prospect_has_an_owner_and_a_next_step_that_changes_with_its_stage(enter, subject, act, rows):
    subject("bogota", noun="place")
    subject("desk-americas", noun="office")
    prospect = enter(
        "relation",
        "to-bogota",
        partner="bogota",
        stage="contact",
        as_of="2015-05",
        followed_by="desk-americas",
        next_step={"en": "Send a draft"},
        visibility="public",
    )

    moved = act(
        move_relation,
        relation=prospect,
        stage="under_way",
        as_of="2015-09",
        next_step={"en": "Agree on themes"},
    )
    done = act(move_relation, relation=prospect, stage="active", as_of="2016")

    assert (moved.followed_by.key, moved.next_step) == ("desk-americas", {"en": "Agree on themes"})
    assert (done.followed_by.key, done.next_step) == ("desk-americas", {})
    assert [{"followed_by", "next_step"} & set(row) for row in rows("partnerships", "relations")] == [set()]


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
    graded = enter("relation", "relation-rome", partner="rome", level="special", **{"from": "2010", "to": "2020"})

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
