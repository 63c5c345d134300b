"""A next edition, field by field: each field of a call is carried or left, and one added tomorrow is decided on."""

import pytest

from parvis.domain.funding import actions
from parvis.domain.funding.models import (
    Call,
    CallBand,
    CallCriterion,
    CallDocument,
    FormField,
    FormSection,
)
from parvis.foundation.accounts.models import Role, User
from parvis.register.entry import Entry
from parvis.register.enums import Visibility
from tests.support import calls

#: What the next edition says as the last one did. Money (levy, fund) hangs on the programme.
CARRIED = {
    "kind", "themes", "priorities", "original", "summary", "conditions",
    "programme", "code", "applicants", "seat", "least_years", "amount_rule", "amount", "least_amount", "most_rate",
    "currency", "workflow", "label_months", "criteria", "bands", "documents", "sections", "fields",
}  # fmt: skip
#: What it says anew.
ANEW = {"key", "title", "visibility", "edition", "follows"}
#: What it does not say: moments, the money of that year, what was said and known of that edition.
LEFT = {"opens_at", "closes_at", "envelope", "cites", "names", "future_until", "statements", "led_to"}
#: Lines, each with what it holds; they are carried whole.
LINES = {
    CallCriterion: {"code", "words", "weight", "groups"},
    CallBand: {"most", "share"},
    CallDocument: {"code", "words", "required", "nameless"},
    FormSection: {"report", "code", "words", "help"},
    FormField: {
        "report", "code", "section", "type", "words", "help", "required", "least", "most", "options", "within",
        "shown_if", "shown_value", "carries", "names_asker",
    },
}  # fmt: skip
#: What hangs on a call and stays with its edition.
#: Readers are asked anew each year.
STAYS = {
    "forms", "questions", "applications", "file_number", "reviewers", "selections", "scenarios", "looks", "events",
}  # fmt: skip
_OURS = {"id", "subject", "owner", "position"}


def own_fields(model):
    return {one.name for one in model._meta.get_fields() if one.concrete} - _OURS


@pytest.fixture
def officer(db):
    return User.objects.create_user("officer@ville.example", role=Role.OFFICER)


@pytest.fixture
def full(officer):
    """A call that says something in every field a next edition carries."""
    calls.enter_workflow(officer)
    call = calls.enter_call(officer, visibility="public")
    said = calls.content_now(call)
    said |= {
        "conditions": {"en": "One file a body."}, "priorities": [], "most_rate": "80.00", "label_months": 24,
        "bands": [{"most": "20000.00", "share": "100.00"}, {"share": "50.00"}], "least_years": 3,
        "names": [{"text": "Petits ports", "language": "fr"}],
    }  # fmt: skip
    said["criteria"][0] |= {"groups": ["women"]}
    said["documents"][0] |= {"nameless": True}
    said["sections"] += [{"code": "done", "report": "narrative", "words": {"en": "Done"}, "help": {"en": "Say all."}}]
    said["fields"] += [
        {"code": "done", "report": "narrative", "section": "done", "type": "area", "words": {"en": "What was done"}},
        {"code": "art", "section": "project", "type": "choice", "carries": "discipline", "words": {"en": "Art"},
         "options": {"dance": {"en": "Dance"}, "music": {"en": "Music"}}, "help": {"en": "One."}},
    ]  # fmt: skip
    return calls.amend(call, said, officer)


def test_every_field_of_a_call_is_carried_written_anew_or_left_and_none_is_forgotten():
    head = {one for one in Entry.__dataclass_fields__ if one != "texts"} | {"title", "summary", *Call.texts}
    everything = head | own_fields(Call) | set(Call.parts) | {"statements", "led_to"}

    assert everything == CARRIED | ANEW | LEFT
    assert {model: own_fields(model) for model in LINES} == LINES
    assert {model._meta.get_field("owner").remote_field.related_name for model in LINES} == set(Call.parts)


def test_what_hangs_on_a_call_and_is_no_part_of_it_stays_with_its_edition():
    hanging = {one.related_name or one.name for one in Call._meta.related_objects}

    assert hanging == STAYS | set(Call.parts)


def test_what_is_carried_is_the_same_to_the_letter_and_what_is_left_is_not_there(full, officer):
    before = calls.content_now(full)
    actions.open_form(call=full, by=officer, at=calls.OPENS)
    ana = calls.applicant()
    actions.ask_about_call(call=full, words="Twice?", by=ana, at=calls.WHILE_OPEN)

    following = actions.begin_call(
        follows=full, kind="", title={}, opens_at=None, closes_at=calls.CLOSES.replace(year=2028), by=officer,
        at=calls.WHILE_OPEN,
    )  # fmt: skip

    after = calls.content_now(following)
    assert {name: after.get(name) for name in CARRIED} == {name: before.get(name) for name in CARRIED}
    assert {name for name in LEFT if after.get(name)} == {"closes_at"}
    assert {name: after[name] for name in ANEW} == {
        "key": "call-small-harbours-2028", "edition": "2028", "follows": full.key, "visibility": Visibility.DRAFT,
        "title": {"en": "Small harbours 2028", "pt": "Pequenos portos 2028"},
    }  # fmt: skip
    assert [getattr(following, name).count() for name in ("forms", "questions", "applications")] == [0, 0, 0]
