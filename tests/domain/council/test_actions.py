import pytest

from parvis.domain.council.actions import (
    adopt_legal_basis,
    bring_into_force,
    record_milestone,
    repeal_legal_basis,
)
from parvis.domain.council.enums import LegalState
from parvis.domain.council.errors import (
    AlreadyRepealed,
    DayMissing,
    DecisionConcernsItself,
    LegalMoveRefused,
    MatterUnknown,
)
from parvis.domain.council.models import LegalBasis
from parvis.foundation.journal.models import Line
from parvis.register.errors import ChangedMeanwhile, InvalidContent


@pytest.fixture
def article(enter):
    """A text on its way."""
    return enter("legal_basis", "mexico-city-article", level="municipal", state="proposed")


def test_a_text_on_its_way_becomes_a_legal_basis_when_adopted(article, act):
    adopted = act(adopt_legal_basis, basis=article, adopted="2017-02-05")

    assert (adopted.state, adopted.adopted, adopted.in_force_from) == ("adopted", "2017-02-05", "")
    assert Line.objects.last().verb == "legal_basis adopted"


def test_a_text_may_be_adopted_and_in_force_at_once(article, act):
    adopted = act(adopt_legal_basis, basis=article, adopted="2017-02", in_force_from="2018-09")

    assert (adopted.state, adopted.in_force_from) == ("in_force", "2018-09")


def test_adoption_needs_a_day(article, act):
    with pytest.raises(DayMissing):
        act(adopt_legal_basis, basis=article, adopted="")

    assert LegalBasis.objects.get().state == LegalState.PROPOSED


def test_a_text_lives_from_adoption_to_repeal(article, act):
    act(adopt_legal_basis, basis=article, adopted="2017")
    act(bring_into_force, basis=article, day="2018")
    repealed = act(repeal_legal_basis, basis=article, day="2030-01-01")

    assert (repealed.state, repealed.in_force_from, repealed.repealed) == ("repealed", "2018", "2030-01-01")


def test_a_repealed_text_stays_repealed(article, act):
    act(adopt_legal_basis, basis=article, adopted="2017")
    act(repeal_legal_basis, basis=article, day="2018")

    with pytest.raises(AlreadyRepealed) as refused:
        act(bring_into_force, basis=article, day="2019")

    assert str(refused.value) == "This text is already repealed."


def test_what_was_never_adopted_cannot_be_repealed(article, act):
    with pytest.raises(LegalMoveRefused) as refused:
        act(repeal_legal_basis, basis=article, day="2018")

    assert str(refused.value) == "A text that is “Proposed” cannot become “Repealed”."


@pytest.mark.parametrize("verb", [bring_into_force, repeal_legal_basis])
def test_force_and_repeal_need_a_day(article, act, verb):
    with pytest.raises(DayMissing):
        act(verb, basis=article, day="")


def test_a_milestone_is_added_then_met_without_being_told_twice(article, act):
    debate = {"words": {"en": "Debate"}, "expected": "2016-09-15"}

    act(record_milestone, basis=article, milestone=debate)
    act(record_milestone, basis=article, milestone={"words": {"en": "Debate"}, "actual": "2016-09-20"})

    assert [(line.words, line.expected, line.actual) for line in article.milestones.all()] == [
        ({"en": "Debate"}, "2016-09-15", "2016-09-20")
    ]


def test_the_second_of_two_clerks_is_told(article, act):
    act(adopt_legal_basis, basis=article, adopted="2017", seen_revision=1)

    with pytest.raises(ChangedMeanwhile):
        act(bring_into_force, basis=article, day="2018", seen_revision=1)


def test_amending_replaces_the_milestones_as_a_whole(article, act, amend):
    act(record_milestone, basis=article, milestone={"words": {"en": "Debate"}, "expected": "2016"})

    amend(
        article,
        seen_revision=2,
        level="municipal",
        state="in_progress",
        milestones=[{"words": {"en": "Vote"}, "expected": "2017"}],
    )

    assert [line.words for line in article.milestones.all()] == [{"en": "Vote"}]


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (
            {"state": "adopted", "adopted": "2018", "in_force_from": "2017"},
            "A text is adopted before it is in force.",
        ),
        ({"state": "adopted", "repealed": "2018"}, "Only a repealed text has a day of repeal."),
        (
            {"state": "proposed", "adopted": "2018"},
            "A text still on its way has no day of adoption, and is not in force.",
        ),
        (
            {"state": "adopted", "milestones": [{"words": {"en": "Vote"}}]},
            "Say when the milestone is expected, or when it came.",
        ),
        (
            {"state": "adopted", "milestones": [{"expected": "2017"}]},
            "Say what the milestone is.",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_words(enter, facts, sentence):
    with pytest.raises(InvalidContent) as refused:
        enter("legal_basis", "odd", level="national", **facts)

    assert [str(problem.sentence) for problem in refused.value.problems] == [sentence]
    assert LegalBasis.objects.count() == 0


def test_a_decision_is_about_other_records(enter, subject):
    subject("paris-council")
    subject("agreement-x", noun="agreement")

    decision = enter("decision", "vote-1", body="paris-council", concerns=["agreement-x"])

    assert [line.about.key for line in decision.concerns.all()] == ["agreement-x"]


def test_a_decision_cannot_be_about_itself(enter, amend, subject):
    subject("paris-council")
    decision = enter("decision", "vote-1", body="paris-council")

    with pytest.raises(DecisionConcernsItself):
        amend(decision, body="paris-council", concerns=["vote-1"])

    assert decision.concerns.count() == 0


def test_a_body_gives_a_number_once(enter, subject):
    subject("paris-council")
    enter("decision", "vote-1", body="paris-council", number="2015 DGRI 1")

    with pytest.raises(InvalidContent) as refused:
        enter("decision", "vote-2", body="paris-council", number="2015 DGRI 1")

    assert [str(problem) for problem in refused.value.problems] == ["This body has a decision of that number already."]


def test_a_record_named_twice_is_refused_in_words(enter, subject):
    subject("paris-council")

    with pytest.raises(InvalidContent) as refused:
        enter("decision", "vote-1", body="paris-council", concerns=["paris-council", "paris-council"])

    assert [str(problem) for problem in refused.value.problems] == ["concerns.1: This record is named twice."]


def test_a_jurisdiction_is_a_place_or_a_body(enter, subject):
    subject("c40", noun="network")

    with pytest.raises(InvalidContent) as refused:
        enter("legal_basis", "odd", level="national", state="adopted", jurisdiction="c40")

    assert [problem.path for problem in refused.value.problems] == ["jurisdiction"]


@pytest.fixture
def a_vote(enter, subject):
    def voted(**more):
        subject("paris-council")
        return enter("decision", "vote", kind="deliberation", body="paris-council", day="2024-07-10", **more)

    return voted


def test_a_decision_keeps_its_matter_and_its_votes(a_vote):
    told = a_vote(matter="7.5", seats=163, voters=150, votes_for=120, votes_against=10, abstentions=20)

    assert (told.matter, told.seats, told.voters, told.votes_for, told.votes_against, told.abstentions) == (
        "7.5", 163, 150, 120, 10, 20,
    )  # fmt: skip


def test_votes_known_in_part_are_kept_as_they_are_known(a_vote):
    told = a_vote(votes_for=120)

    assert (told.votes_for, told.voters) == (120, None)


@pytest.mark.parametrize(
    ("votes", "said"),
    [
        ({"seats": 163, "voters": 164}, "No more members vote than there are seats."),
        (
            {"voters": 150, "votes_for": 120, "votes_against": 10, "abstentions": 19},
            "For, against and abstentions add up to the members who took part.",
        ),
    ],
)
def test_votes_that_cannot_be_are_refused(a_vote, votes, said):
    with pytest.raises(InvalidContent) as refused:
        a_vote(**votes)

    assert said in str(refused.value)


def test_a_matter_is_one_of_the_nomenclature(a_vote):
    with pytest.raises(MatterUnknown) as refused:
        a_vote(matter="7.11")

    assert str(refused.value) == "“7.11” is no matter of the nomenclature: choose one such as 7.5, grants."
