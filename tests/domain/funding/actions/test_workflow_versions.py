"""A workflow is versioned: files keep the one their form froze, and one that would hold a file for good never opens."""

import pytest
from django.db import IntegrityError, transaction

from parvis.domain.funding import actions
from parvis.domain.funding.errors import FormNotReady, StepUnknown
from parvis.domain.funding.models import Workflow, WorkflowTransition
from parvis.foundation.accounts.models import Role, User
from parvis.register.content import content_of
from parvis.register.entry import take_apart
from parvis.register.errors import InvalidContent
from tests.support import calls

LATER = calls.WHILE_OPEN.replace(hour=12)


@pytest.fixture
def officer(db):
    return User.objects.create_user("officer@ville.example", role=Role.OFFICER)


@pytest.fixture
def call(officer):
    return calls.opened_call(officer)


def change(officer, *, without=(), **changed):
    """Amend the workflow: take out every step through some states, or say otherwise of one step by its code."""
    workflow = Workflow.objects.select_related("subject").get()
    content = content_of(workflow)
    kept = [row for row in content["transitions"] if not {row["comes_from"], row["goes_to"]} & set(without)]
    content["transitions"] = [row | changed.get(row["code"], {}) for row in kept]
    if without:  # the way that is left goes around
        around = {"code": "eligible", "words": {"en": "Declare eligible"}, "taken_by": "officer"}
        content["transitions"].append(around | {"comes_from": "submitted", "goes_to": "eligible"})
    taken = take_apart(Workflow, content)
    actions.amend_workflow(
        record=workflow, entry=taken.entry, facts=taken.facts, seen_revision=workflow.subject.revision, by=officer,
        at=calls.WHILE_OPEN,
    )  # fmt: skip


def step(file, code, by):
    actions.take_step(application=file.pk, code=code, by=by, at=LATER, reason="")
    file.refresh_from_db()
    return file.state


def test_files_in_a_state_that_a_new_version_has_no_more_go_their_own_way_and_new_ones_go_around(call, officer):
    ana = calls.applicant()
    body = calls.body_of(ana)
    old = calls.sent(call, body, ana)
    assert step(old, "complete", officer) == "complete"

    change(officer, without=["complete"])
    second = actions.open_form(call=call, by=officer, at=LATER)
    new = calls.sent(call, body, ana, LATER)

    assert (old.form.version, second.version, new.form.version) == (1, 2, 2)
    assert step(old, "eligible", officer) == "eligible"
    assert step(old, "review", officer) == "under_review"
    with pytest.raises(StepUnknown):
        step(new, "complete", officer)
    assert step(new, "eligible", officer) == "eligible"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (
            {"without": ["awarded", "refused", "ineligible", "withdrawn"]},
            "A file that is “Draft” could never be settled.",
        ),
        ({"rank": {"comes_from": "ranked", "goes_to": "proposed"}}, "Nothing leads to 5 states: Ranked, "),
        ({"rank": {"guards": ["in_its_time"]}}, "“Rank” is held to its time, and says no moment."),
        ({"send": {"goes_to": "complete"}}, "nothing could be sent."),
    ],
    ids=["a loop without a way out", "a second beginning", "a guard that says nothing", "no sending"],
)
def test_a_workflow_that_would_hold_files_for_good_is_refused_in_a_sentence_and_version_one_stands(
    call, officer, changed, told
):
    change(officer, **changed)

    with pytest.raises(FormNotReady, match=told):
        actions.open_form(call=call, by=officer, at=LATER)
    assert [form.version for form in call.forms.all()] == [1]


@pytest.mark.parametrize(
    "changed",
    [{"guards": ["flying"]}, {"comes_from": "nowhere"}, {"goes_to": "heaven"}, {"taken_by": "ghost"}],
    ids=str,
)
def test_a_step_that_names_nothing_known_is_not_kept(call, officer, changed):
    [(name, value)] = changed.items()
    value = value[0] if isinstance(value, list) else value
    with pytest.raises(InvalidContent, match=f"transitions.*{name}: “{value}” is not one of: [a-z_]+, "):
        change(officer, rank=changed)


def test_a_step_out_of_awarded_is_not_kept_by_the_office_nor_by_the_database(call, officer):
    out = {"comes_from": "awarded", "goes_to": "withdrawn"}

    with pytest.raises(InvalidContent) as refusal:
        change(officer, rank=out)
    with pytest.raises(IntegrityError, match="no_step_leaves_what_carries_money"), transaction.atomic():
        WorkflowTransition.objects.filter(code="rank").update(**out)

    [problem] = refusal.value.problems
    assert problem.path.startswith("transitions.")
    assert problem.sentence == (
        "No step leads out of “Awarded”: money is promised from there on. What was granted is changed, given up or"
        " closed on the page of its grant."
    )
