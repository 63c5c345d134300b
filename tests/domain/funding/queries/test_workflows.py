"""A workflow judged before it is used: what leads nowhere, what never ends, what its guards would shut for good."""

import pytest

from parvis.domain.funding.enums import Actor
from parvis.domain.funding.queries.workflows import simulate, step_named, steps_from, steps_of, workflow_problems


def steps(*rows):
    """Steps written “code: from > to”, with what more each says."""
    made = []
    for row in rows:
        text, more = row if isinstance(row, tuple) else (row, {})
        code, _sep, ways = text.partition(": ")
        start, _sep, end = ways.partition(" > ")
        made.append({"code": code, "comes_from": start, "goes_to": end, "words": {"en": code}, **more})
    return steps_of({"workflow": {"transitions": made}})


SOUND = ("send: draft > submitted", "accept: submitted > awarded", "refuse: submitted > refused")


def test_a_sound_workflow_has_no_problem():
    assert workflow_problems(steps(*SOUND)) == []


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        (
            ("send: draft > submitted", "keep: submitted > complete", "refuse: ranked > refused"),
            [
                "Nothing leads to “Ranked”.",
                "Nothing leads to “Refused”.",
                "A file that is “Complete” could go nowhere.",
                "A file that is “Draft” could never be settled.",
                "A file that is “Submitted” could never be settled.",
            ],
        ),
        (
            ("send: draft > submitted", "ask: submitted > to_complete", "again: to_complete > submitted"),
            [
                "A file that is “Draft” could never be settled.",
                "A file that is “Submitted” could never be settled.",
                "A file that is “To complete” could never be settled.",
            ],
        ),
        (
            ("leave: draft > withdrawn", "a: submitted > ranked", "b: ranked > proposed", "c: proposed > awarded"),
            [
                "No step goes from “Draft” to “Submitted”: nothing could be sent.",
                "Nothing leads to 4 states: Submitted, Ranked, Proposed to the council, Awarded.",
            ],
        ),
        (
            ("accept: draft > awarded",),
            ["No step goes from “Draft” to “Submitted”: nothing could be sent."],
        ),
        (
            (
                "send: draft > submitted",
                ("accept: submitted > awarded", {"guards": ["reviews"]}),
                "refuse: submitted > refused",
            ),
            ["“accept” waits for reviews, and no file that is “Submitted” was ever under review."],
        ),
        (
            (
                "send: draft > submitted",
                ("accept: submitted > awarded", {"guards": ["in_its_time"], "not_after": "2027-06-30 18:00"}),
            ),
            ["Every step from “Submitted” closes at a moment: after it, a file would stay there for good."],
        ),
        (
            ("send: draft > submitted", ("accept: submitted > awarded", {"guards": ["in_its_time"]})),
            ["“accept” is held to its time, and says no moment."],
        ),
        (
            (("send: draft > submitted", {"guards": ["call_open", "call_closed"]}), "accept: submitted > awarded"),
            ["“send” waits for a call both open and closed: it could never be taken."],
        ),
        (
            (*SOUND, "regret: awarded > withdrawn", "again: refused > submitted"),
            [
                "“regret” leads out of “Awarded”, where money is promised: take it out. The page of the grant does it."
            ],
        ),
    ],
    ids=["nowhere", "never settled", "a way cut", "never sent", "no reviews", "time shuts", "no moment",
         "open and closed", "out of money"],
)  # fmt: skip
def test_what_would_leave_a_file_stuck_is_refused_with_its_state_named(rows, problems):
    assert workflow_problems(steps(*rows)) == problems


def test_a_walk_without_a_file_follows_the_steps_it_is_told_and_stops_at_one_that_is_none():
    trial = simulate(steps(*SOUND), ["send", "publish", "accept"])

    assert (trial.state, [step.code for step in trial.open]) == ("submitted", ["accept", "refuse"])


def test_a_form_frozen_with_a_step_out_of_awarded_takes_it_no_more():
    frozen = steps(*SOUND, "regret: awarded > withdrawn", "again: refused > submitted")

    trial = simulate(frozen, ["send", "accept", "regret"])

    assert (trial.state, trial.open) == ("awarded", ())
    assert (step_named(frozen, "awarded", "regret"), steps_from(frozen, "awarded", Actor.values)) == (None, [])
    assert [step.code for step in steps_from(frozen, "refused", Actor.values)] == ["again"]
