"""A workflow tried at the desk, on a file the office has or on one that is invented."""

import re
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import translation

from parvis.domain.funding.enums import ApplicationState
from parvis.domain.funding.queries.workflows import Step
from parvis.doors.desk.walking import guard_said, state_said
from parvis.foundation.accounts.models import Role
from tests.support import calls

PAGE = reverse("desk:workflow", args=["workflow-of-calls"])


@pytest.fixture
def call(people):
    return calls.opened_call(people[Role.OFFICER])


def test_the_page_shows_the_moment_as_a_clock_reads_it_and_the_search_stays_empty(call, at_desk):
    told = at_desk(Role.OFFICER).get(PAGE).content.decode()

    assert re.search(r'id="desk-search"[^>]*value=""', told)
    assert len(re.findall(r'<input type="datetime-local" name="at" value="\d{4}-\d\d-\d\dT\d\d:\d\d">', told)) == 2


def test_guards_run_on_an_invented_file_at_the_moment_that_was_typed(call, at_desk):
    asked = {
        "case": "invented",
        "call": call.key,
        "at": "2027-01-15T10:00",
        "complete": "on",
        "documents": "on",
        "balanced": "on",
        "eligible": "on",
        "signatory": "on",
    }

    steps = {row["words"]: row for row in at_desk(Role.OFFICER).get(PAGE, asked).context["open"]}
    late = {
        row["words"]: row for row in at_desk(Role.OFFICER).get(PAGE, asked | {"at": "2036-01-15T10:00"}).context["open"]
    }

    assert [name for name, row in steps.items() if row["is_open"] and not late[name]["is_open"]] == ["Send"]


def test_a_file_that_is_not_there_is_told_and_what_was_typed_stays(call, at_desk):
    answer = at_desk(Role.OFFICER).get(PAGE, {"case": "real", "file": "2026-NONE-0001"})

    assert answer.context["refusal"] == "No file of this number is open to you."
    assert 'value="2026-NONE-0001"' in answer.content.decode()


def test_the_moments_of_a_step_are_written_as_their_reader_writes_them():
    timed = Step("send", {}, "draft", "submitted", "applicant", ("in_its_time",), None, "2027-03-01 09:00", "")
    lost = replace(timed, not_before="0001-01-01 00:00")

    with translation.override("fr"):
        assert guard_said("in_its_time", timed) == "Entre les deux moments que dit l’étape (1er mars 2027, 09:00 – …)"
    assert "0001-01-01 00:00" in guard_said("in_its_time", lost)


def test_a_file_that_was_awarded_or_refused_is_called_the_same_in_the_drawing_and_in_the_problems():
    with translation.override("fr"):
        assert [state_said(one.value) for one in ApplicationState] == [str(one.label) for one in ApplicationState]
