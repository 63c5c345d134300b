"""What an officer would regret having opened a call with is told before, and keeps nothing from being opened."""

from datetime import UTC, datetime

import pytest

from parvis.domain.funding import actions
from parvis.domain.funding.models import Workflow
from parvis.foundation.accounts.models import Role, User
from parvis.register.content import content_of
from parvis.register.entry import take_apart
from tests.support import calls


@pytest.fixture
def officer(db):
    return User.objects.create_user("officer@ville.example", role=Role.OFFICER)


@pytest.fixture
def call(officer):
    calls.enter_workflow(officer)
    return calls.enter_call(officer)


def told(call, at=calls.WHILE_OPEN):
    return [tuple(map(str, one)) for one in actions.cautions_of(call, at)]


def without_the_city_s_own(call, **changed):
    """The call in French and English, public, with an envelope it lacks and nothing else to say of it."""
    content = calls.content_now(call)
    for name in ("sections", "fields", "criteria", "documents"):
        content[name] = [row | {"words": {"fr": "Mots", "en": row["code"]}} for row in content.get(name, ())]
    return content | changed


def test_a_call_ready_for_all_its_readers_only_lacks_its_envelope(call, officer):
    criteria = [{"code": "a", "weight": 60}, {"code": "b", "weight": 40}]
    content = without_the_city_s_own(call, visibility="public", criteria=criteria)
    content["criteria"] = [row | {"words": {"fr": "Mots", "en": "Words"}} for row in criteria]

    ready = calls.amend(call, content, officer)

    lacking = "No envelope is named: no file can be held against the money there is."
    assert told(ready) == [("terms", "envelope", lacking)]


def test_all_that_would_be_regretted_is_told_each_with_its_page(call, officer):
    content = without_the_city_s_own(call, visibility="draft", amount_rule="free", applicants=[], documents=[])
    content["criteria"] = [{"code": "a", "weight": 60, "words": {"fr": "Utilité"}}, {"code": "b", "words": {"en": "B"}}]
    asked = [row for row in content["fields"] if row["code"] != "title"]
    content["fields"] = sorted(asked, key=lambda row: row["code"] != "regrant-to")

    lacking = calls.amend(call, content, officer)

    assert told(lacking, datetime(2028, 1, 1, tzinfo=UTC)) == [
        ("terms", "closes_at", "It closed on 31 March 2027 at 17:00: nobody could send anything."),
        ("terms", "visibility", "It is not public: nobody finds it at the counter before it is."),
        ("terms", "applicants", "No kind of body is named: every body may ask."),
        ("terms", "amount_rule", "No amount is stated: applicants may ask for any."),
        ("terms", "envelope", "No envelope is named: no file can be held against the money there is."),
        ("criteria", "b", "“B” has no weight: it would count for nothing."),
        ("documents", "", "No document is asked for."),
        ("form", "", "No question asks for the title of the project: files would have none."),
        ("form", "regrant-to", "“regrant-to” waits for an answer that is given further down the form."),
        ("criteria", "b", "1 part has no words in French: “B”."),
        ("criteria", "a", "1 part has no words in English: “Utilité”."),
    ]
    assert actions.faults_of(lacking) == []


def test_a_way_of_sending_that_looks_at_nothing_is_told(call, officer):
    workflow = Workflow.objects.select_related("subject").get()
    content = content_of(workflow)
    content["transitions"][0].pop("guards")
    taken = take_apart(Workflow, content)
    actions.amend_workflow(
        record=workflow, entry=taken.entry, facts=taken.facts, seen_revision=1, by=officer, at=calls.OPENS
    )

    assert [sentence for page, _at, sentence in told(call) if page == "workflow"] == [
        "“Send” does not look at the clock: files could be sent after the closing.",
        "“Send” does not look at the answers: an empty file could be sent.",
    ]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (
            {"regrant": {"shown_if": "regrant-to", "shown_value": ""}},
            [
                "Question “regrant” depends on its own answer, through “regrant-to”: it would never be shown.",
                "Question “regrant-to” depends on its own answer, through “regrant”: it would never be shown.",
            ],
        ),
        (
            {"regrant-to": {"shown_value": "yes,perhaps"}},
            ["Question “regrant-to” waits for an answer that “regrant” does not offer."],
        ),
        (
            {"regrant-to": {"shown_if": "partner-name", "shown_value": ""}},
            ["Question “regrant-to” depends on “partner-name”, a column: its answers differ from line to line."],
        ),
        ({"regrant-to": {"shown_if": "gone"}}, ["Question “regrant-to” depends on one that does not exist."]),
    ],
)
def test_a_condition_that_would_never_show_its_question_keeps_the_form_from_being_opened(call, officer, changed, told):
    content = without_the_city_s_own(call)
    content["fields"] = [row | changed.get(row["code"], {}) for row in content["fields"]]

    assert [fault.sentence for fault in actions.faults_of(calls.amend(call, content, officer))] == told
