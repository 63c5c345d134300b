"""A workflow changed step by step, and a call given one of its own."""

import pytest
from django.urls import reverse

from parvis.domain.funding.models import Call, Workflow
from parvis.foundation.accounts.models import Role, User
from parvis.register.content import content_of
from tests.support import calls

PAGE = reverse("desk:workflow", args=["workflow-of-calls"])


@pytest.fixture
def call(people):
    return calls.opened_call(people[Role.OFFICER])


@pytest.fixture
def desk(at_desk):
    return at_desk(Role.OFFICER)


def workflow(key="workflow-of-calls"):
    return Workflow.objects.select_related("subject").get(subject__key=key)


def steps(key="workflow-of-calls", state="submitted"):
    rows = content_of(workflow(key))["transitions"]
    return [row["code"] for row in rows if row["comes_from"] == state]


def line(**said):
    """A step as a browser would post it."""
    return {"seen_revision": workflow().subject.revision} | {
        f"transitions.0.{name.replace('__', '.')}": value for name, value in said.items()
    }


JURY = {
    "words__fr": "Passer devant le jury",
    "words__en": "Before the jury",
    "comes_from": "under_review",
    "goes_to": "proposed",
    "taken_by": "officer",
    "guards": ["reviews", "no_conflict"],
    "least_reviews": "3",
}


def test_a_step_is_added_with_its_guards_and_told_under_its_state(call, desk):
    answer = desk.post(reverse("desk:new_step", args=["workflow-of-calls"]), line(**JURY), follow=True)

    added = next(row for row in content_of(workflow())["transitions"] if row["code"] == "before-the-jury")
    assert added == {
        "code": "before-the-jury", "words": {"fr": "Passer devant le jury", "en": "Before the jury"},
        "comes_from": "under_review", "goes_to": "proposed", "taken_by": "officer",
        "guards": ["reviews", "no_conflict"], "least_reviews": 3,
    }  # fmt: skip
    assert answer.redirect_chain == [(f"{PAGE}#from-under_review", 302)]
    assert "Enough reviews are signed (3 at least)" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"goes_to": "under_review"}, ("comes_from", "A step leads to another state.")),
        ({"words__fr": "", "words__en": " "}, ("words.fr", "Write the words in one language at least.")),
        (
            {"not_before": "2027-06-01 09:00", "not_after": "2027-05-01 09:00"},
            ("not_before", "The moment a step opens comes before the moment it closes."),
        ),
        ({"not_after": "31/02/2027 9h"}, ("not_after", "There is no such day.")),
        (
            {"comes_from": "awarded", "goes_to": "withdrawn"},
            (
                "comes_from",
                (
                    "No step leads out of “Awarded”: money is promised from there on. What was granted is changed,"
                    " given up or closed on the page of its grant."
                ),
            ),
        ),
    ],
)
def test_a_step_that_cannot_be_is_refused_beside_its_cell_and_what_was_typed_stays(call, desk, typed, told):
    before = content_of(workflow())

    answer = desk.post(reverse("desk:new_step", args=["workflow-of-calls"]), line(**JURY | typed))

    errors = answer.context["sheet"].errors
    assert (answer.status_code, {path: list(said) for path, said in errors.items()}, content_of(workflow())) == (
        422, {f"transitions.0.{told[0]}": [told[1]]}, before,
    )  # fmt: skip


def test_a_step_is_changed_moved_taken_out_and_given_back(own_desk):
    desk, _content = own_desk
    calls.opened_call(User.objects.get(role=Role.PUBLISHER))
    change = reverse("desk:workflow_change", args=["workflow-of-calls"])
    before = steps()
    state, code = "submitted", before[0]
    there = reverse("desk:workflow_step", args=["workflow-of-calls", state, code])
    shown = {bound.html_name: bound.value() or "" for bound in desk.get(there).context["sheet"]}
    desk.post(there, shown | {"seen_revision": 1, "transitions.0.guards": ["reason_given", "call_closed"]})

    def did(what):
        desk.post(change, {"seen_revision": workflow().subject.revision, "do": what})
        return steps()

    moved, gone, back = did(f"down {state} {code}"), did(f"remove {state} {code}"), did("undo")

    assert moved == [before[1], before[0], *before[2:]]
    assert gone == before[1:]
    assert back == moved
    row = next(
        row for row in content_of(workflow())["transitions"] if (row["comes_from"], row["code"]) == (state, code)
    )
    assert row["guards"] == ["reason_given", "call_closed"]


def test_two_officers_at_one_workflow_the_second_is_told_and_nothing_is_lost(call, desk, at_desk):
    there, late = reverse("desk:new_step", args=["workflow-of-calls"]), line(**JURY)
    at_desk(Role.PUBLISHER).post(there, line(**JURY | {"words__en": "By the board"}))

    answer = desk.post(there, late)

    assert answer.status_code == 422
    assert "changed this record on" in answer.content.decode()
    assert 'value="3"' in answer.content.decode()
    assert "before-the-jury" not in steps(state="under_review")


def test_a_call_is_given_a_workflow_of_its_own_and_no_other_call_feels_its_changes(call, desk):
    terms = reverse("desk:call_terms", args=[call.key])
    other = calls.enter_call(User.objects.get(role=Role.OFFICER), key="call-other", code="OTH", title={"en": "Other"})
    assert "1 other call goes this way too." in desk.get(terms).content.decode()

    desk.post(reverse("desk:own_workflow", args=[call.key]), {"seen_revision": 1}, follow=True)

    own, shared = (Call.objects.get(pk=one.pk).workflow.key for one in (call, other))
    assert (own, shared) == ("workflow-small-harbours-2027", "workflow-of-calls")
    assert content_of(workflow(own))["transitions"] == content_of(workflow())["transitions"]
    assert "goes this way too" not in desk.get(terms).content.decode()
