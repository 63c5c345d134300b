import pytest

from parvis.domain.encounters.actions import hold_mission, move_event
from parvis.domain.encounters.errors import (
    AlreadyHeld,
    DayMissing,
    EventMoveRefused,
    HeldInTheFuture,
    NobodyWent,
)
from parvis.domain.encounters.models import Event
from parvis.register.errors import InvalidContent


@pytest.fixture
def bid(enter):
    return enter("event", "games", kind="games", starts="2024", state="announced", state_as_of="2015")


@pytest.fixture
def mission(enter, subject):
    subject("mayor", noun="office")
    return enter("mission", "yerevan", state="planned", starts="2015-09", members=["mayor"], origin="remembrance")


def test_a_bid_is_planned_won_then_hosted(bid, act):
    act(move_event, event=bid, state="planned", as_of="2016")
    act(move_event, event=bid, state="won", as_of="2017-09-13")
    hosted = act(move_event, event=bid, state="hosted", as_of="2024-09")

    assert (hosted.state, hosted.state_as_of) == ("hosted", "2024-09")


def test_an_event_does_not_go_back(bid, act):
    act(move_event, event=bid, state="won", as_of="2017")

    with pytest.raises(EventMoveRefused) as refused:
        act(move_event, event=bid, state="planned", as_of="2018")

    assert str(refused.value) == "An event that is “Won” cannot become “Planned”."


def test_what_was_held_is_not_held_again(bid, act):
    act(move_event, event=bid, state="held", as_of="2024")

    with pytest.raises(AlreadyHeld):
        act(move_event, event=bid, state="hosted", as_of="2025")


def test_a_change_of_state_has_a_day(bid, act):
    with pytest.raises(DayMissing):
        act(move_event, event=bid, state="won", as_of="")


def test_an_event_whose_state_nobody_knew_may_be_found_in_any(enter, act):
    assert act(move_event, event=enter("event", "expo"), state="announced", as_of="2015").state == "announced"


def test_nothing_was_held_on_a_day_that_has_not_come(enter, bid, act, amend):
    with pytest.raises(HeldInTheFuture) as refused:
        enter("event", "later", starts="2026-03-02", state="held")
    with pytest.raises(HeldInTheFuture):
        amend(bid, starts="2027", state="hosted")

    assert str(refused.value) == "It cannot have been held: 2026-03-02 has not come yet."
    assert [event.key for event in Event.objects.all()] == ["games"]


@pytest.mark.parametrize(
    "facts",
    [
        {"starts": "2026-03-01"},
        {"starts": "2026"},
        {"starts": ""},
        {"starts": "../2030"},
        {"starts": "2030", "recurs": "yearly"},
    ],
)
def test_what_may_have_been_held_passes(enter, facts):
    assert enter("event", "e", state="held", **facts).state == "held"


@pytest.mark.parametrize("recurs_on", ["--05", "--09-26", "--12-31"])
def test_an_event_comes_back_in_a_month_or_on_a_day(enter, recurs_on):
    assert enter("event", "e", recurs="yearly", recurs_on=recurs_on).recurs_on == recurs_on


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"recurs": "yearly", "recurs_on": "May"}, "Write the month, as in --05, or the day, as in --09-26."),
        (
            {"recurs": "yearly", "recurs_on": "--13"},
            "Write the month, as in --05, or the day, as in --09-26.",
        ),
        ({"recurs_on": "--05"}, "Only an event that comes back says in which month or on which day."),
        ({"starts": "2016", "ends": "2015"}, "An event begins before it ends."),
    ],
)
def test_what_cannot_be_is_refused_in_words(enter, facts, sentence):
    with pytest.raises(InvalidContent) as refused:
        enter("event", "odd", **facts)

    assert [str(problem) for problem in refused.value.problems] == [sentence]


@pytest.mark.parametrize(
    ("part", "sentence"),
    [("organisers", "This organiser is named twice."), ("participants", "This participant is named twice.")],
)
def test_a_body_is_named_once(enter, subject, part, sentence):
    subject("c40", noun="network")

    with pytest.raises(InvalidContent) as refused:
        enter("event", "odd", **{part: ["c40", "c40"]})

    assert [str(problem.sentence) for problem in refused.value.problems] == [sentence]


def test_a_planned_mission_is_made(mission, act):
    held = act(hold_mission, mission=mission, starts="2015-10-12", ends="2015-10-14")

    assert (held.state, held.starts, held.ends) == ("held", "2015-10-12", "2015-10-14")
    assert [line.who.key for line in held.members.all()] == ["mayor"]


def test_a_mission_is_made_once(mission, act):
    act(hold_mission, mission=mission, starts="2015-10")

    with pytest.raises(AlreadyHeld):
        act(hold_mission, mission=mission, starts="2015-11")


def test_a_mission_without_members_was_made_by_nobody(enter, act):
    mission = enter("mission", "nobody", state="planned")

    with pytest.raises(NobodyWent):
        act(hold_mission, mission=mission, starts="2015-10")


def test_a_mission_has_a_day_that_has_come(mission, act, amend):
    with pytest.raises(DayMissing):
        act(hold_mission, mission=mission, starts="")
    with pytest.raises(HeldInTheFuture):
        act(hold_mission, mission=mission, starts="2026-04")
    with pytest.raises(HeldInTheFuture):
        amend(mission, state="held", starts="2026-04")


def test_a_member_of_a_mission_is_named_once(enter, mission):
    with pytest.raises(InvalidContent) as refused:
        enter("mission", "odd", members=["mayor", {"who": "mayor", "role": {"en": "head"}}])

    assert [str(problem.sentence) for problem in refused.value.problems] == [
        "This member of the mission is named twice."
    ]
