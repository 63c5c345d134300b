"""A rehearsal leaves something to do at every step, and only where a city is kept for rehearsal."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from parvis.domain.funding import queries
from parvis.domain.funding.models import Application, Grant
from parvis.doors.jobs.rehearsing import play, requests
from parvis.doors.jobs.rehearsing.parts import parts
from tests.support import calls

#: As many as have a grant left at each step.
FEW = 26


@pytest.fixture
def few(monkeypatch, house):
    """The first of the requests that were funded, and a few more."""
    calls.enter_workflow(house.by)
    given = [one for one in requests.drawn() if one.voted]
    some = [*given[: FEW - 1], next(one for one in requests.drawn() if not one.voted)]
    monkeypatch.setattr(play, "drawn", lambda: tuple(some))
    return some


def test_a_rehearsal_leaves_a_grant_at_each_step_and_a_file_of_each_kind_in_the_open_call(few, house):
    done = play.play(house.at)

    states = {play.left_for(grant): grant.state for grant in Grant.objects.all()}
    practice = Application.objects.filter(call__subject__key="rehearsal-call-open")
    assert set(states) == set(play.Left)
    assert {step: state for step, state in states.items() if state != "awarded"} == {play.Left.NOTHING: "closed"}
    assert (done.files, done.grants, done.voted) == (FEW, FEW - 1, requests.voted_in_all(few))
    assert set(practice.values_list("state", flat=True)) == {"draft", "submitted", "to_complete", "under_review"}
    assert list(queries.ledger_faults()) == []
    assert [(row.state, queries.clock_of(row, house.at).running) for row in queries.emergencies()] == [
        ("waiting", True), ("accepted", False),
    ]  # fmt: skip
    assert [crisis.key for crisis in queries.open_crises(house.at.date())] == ["rehearsal-crisis"]
    assert {name for name, _user in parts()} >= {
        "finance officer", "publisher", "applicant, a draft to finish",
        "applicant for emergency aid, who waits for an answer",
    }  # fmt: skip
    assert {user.email.rpartition(".")[2] for _name, user in parts()} == {"invalid"}


@pytest.mark.django_db
def test_a_city_that_is_no_rehearsal_is_not_played_in():
    with pytest.raises(CommandError, match="This city is no rehearsal"):
        call_command("rehearse")
