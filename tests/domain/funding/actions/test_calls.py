"""A call begins as a draft, from the last edition of another or from a kind, and says all that it still lacks."""

from datetime import UTC, datetime

import pytest

from parvis.domain.funding import actions
from parvis.domain.funding.errors import FormNotReady
from parvis.domain.funding.models import Call, Workflow
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.vocabulary.call_kinds import call_kinds
from parvis.register.entry import take_apart
from parvis.register.errors import InvalidContent
from tests.support import calls

OPENS, CLOSES = datetime(2027, 9, 1, 7, tzinfo=UTC), datetime(2028, 3, 31, 15, tzinfo=UTC)


@pytest.fixture
def officer(db):
    return User.objects.create_user("officer@ville.example", role=Role.OFFICER)


@pytest.fixture
def harbours(officer):
    """The call of 2027 of the invented city, of kind “project”."""
    calls.enter_workflow(officer)
    return calls.enter_call(officer)


@pytest.fixture
def begin(officer):
    def begun(follows=None, kind="", title=None, opens_at=OPENS, closes_at=CLOSES):
        call = actions.begin_call(
            follows=follows, kind=kind, title=title or {}, opens_at=opens_at, closes_at=closes_at, by=officer, at=OPENS
        )
        return calls.content_now(call)

    return begun


def told(content, *names):
    return {name: content.get(name) for name in names}


def test_a_next_edition_takes_over_all_but_its_year(harbours, begin):
    before = calls.content_now(harbours)

    content = begin(harbours)

    assert told(content, "key", "edition", "title", "follows", "visibility", "opens_at", "closes_at") == {
        "key": "call-small-harbours-2028", "edition": "2028", "follows": harbours.key, "visibility": "draft",
        "title": {"en": "Small harbours 2028", "pt": "Pequenos portos 2028"},
        "opens_at": "2027-09-01 09:00", "closes_at": "2028-03-31 17:00",
    }  # fmt: skip
    same = ("kind", "code", "amount", "applicants", "workflow", "criteria", "documents", "sections", "fields")
    assert told(content, *same) == told(before, *same)


def test_a_first_call_of_a_kind_begins_on_the_terms_of_the_last_one_under_a_title_of_its_own(harbours, begin):
    content = begin(kind="project", title={"en": "Lighthouses"}, opens_at=None, closes_at=None)

    assert told(content, "key", "edition", "title", "follows", "summary", "code", "opens_at") == {
        "key": "call-lighthouses-2027", "edition": "2027", "title": {"en": "Lighthouses"}, "follows": None,
        "summary": None, "code": "LIG", "opens_at": None,
    }  # fmt: skip
    assert (content["kind"], content["amount"], len(content["fields"])) == (
        "project", "40000.00", len(calls.content_now(harbours)["fields"]),
    )  # fmt: skip


def test_where_no_call_of_the_kind_has_a_form_the_model_of_the_kind_kept_inside_gives_its_own(officer, begin):
    calls.enter_workflow(officer)
    model = calls.content_now(calls.enter_call(officer, visibility="internal", kind="water"))

    content = begin(kind="water", title={"en": "Wells"})

    taken = ("sections", "fields", "documents", "criteria", "workflow")
    assert told(content, *taken) == told(model, *taken)
    assert told(content, "kind", "amount", "code") == {"kind": "water", "amount": "200000.00", "code": "WEL"}


def test_a_kind_with_a_last_call_without_a_form_keeps_its_terms_and_takes_the_form_of_the_kind(officer, begin):
    calls.enter_workflow(officer)
    bare = {"kind": "health", "sections": [], "fields": [], "criteria": [], "documents": [], "applicants": ["ngo"]}
    calls.enter_call(officer, **bare)

    content = begin(kind="health", title={"en": "Care"})

    assert told(content, "applicants", "amount", "amount_rule") == {
        "applicants": ["ngo"], "amount": "40000.00", "amount_rule": "range",
    }  # fmt: skip
    assert content["criteria"][0]["groups"] == ["women", "children", "most_exposed"]


@pytest.mark.parametrize("kind", sorted(call_kinds()))
def test_a_city_with_no_call_yet_begins_each_kind_whole_and_may_open_it(officer, begin, kind):
    first = Call.objects.get(subject__key=begin(kind=kind, title={"en": "First", "fr": "Premier"})["key"])

    wrong, form = actions.faults_of(first), actions.open_form(call=first, by=officer, at=OPENS).definition
    second = begin(kind=kind, title={"en": "Second"})

    rows = [row for name in ("sections", "fields", "documents", "criteria") for row in form[name]]
    assert wrong == []
    assert [len(form[name]) > 1 for name in ("sections", "fields", "documents", "criteria")] == [True] * 4
    assert [row["code"] for row in rows if set(row["words"]) != {"fr", "en", "es", "pt"}] == []
    assert Workflow.objects.get().key == second["workflow"] == "workflow-of-calls"


def test_what_a_kind_took_from_a_text_of_another_city_and_leaves_to_be_said_is_told_before_it_opens(begin):
    said = {}
    for kind in ("water", "label", "student_mobility", "project"):
        call = Call.objects.get(subject__key=begin(kind=kind, title={"en": f"First {kind}"})["key"])
        said[kind] = [(one.at, one.sentence) for one in actions.cautions_of(call, OPENS)]

    usual = [
        ("visibility", "It is not public: nobody finds it at the counter before it is."),
        ("envelope", "No envelope is named: no file can be held against the money there is."),
    ]
    free = ("amount_rule", "No amount is stated: applicants may ask for any.")
    weights = ("", "No weight is written: each criterion counts as much as another.")
    assert said == {
        "water": [
            *usual,
            (
                "amount",
                ("Its amount and whom it is for are what is said by the page of the City of Paris of 2022, for SOLIDAE "
                "water and sanitation: keep them only if they are yours."),
            ),
            weights,
        ],
        "label": [
            usual[0], free, usual[1],
            (
                "applicants",
                ("Whom it is for is what is said by the communication of the Council of Paris of 2015, for the Paris "
                "Europe label: keep it only if it is yours."),
            ),
            ("label_months", "Nothing says how many months its label holds: no label would be given."),
            weights,
        ],
        "student_mobility": [
            usual[0], free, usual[1],
            (
                "applicants",
                ("Whom it is for is what is said by the communication of the Council of Paris of 2015, for Paris "
                "Erasmus: keep it only if it is yours."),
            ),
            (
                "bands",
                ("“Reference income of the household, by the last tax notice” is asked, and no band says what it "
                "changes."),
            ),
            weights,
        ],
        "project": [usual[0], free, usual[1], weights],
    }  # fmt: skip


def test_two_calls_of_one_edition_have_codes_of_their_own_or_the_second_takes_no_file(officer, harbours, begin):
    first, second = (begin(kind="water", title={"fr": "Étés", "en": "Summers"})["code"] for _turn in range(2))
    actions.open_form(call=harbours, by=officer, at=OPENS)
    twin = calls.enter_call(officer, key="call-twin", edition="", opens_at="2027-01-01 09:00")

    why = "Give it a code that no other call of its edition has: the numbers of their files would be the same."
    assert (first, second) == ("ETE", "ETE2")
    assert [tuple(map(str, fault)) for fault in actions.faults_of(twin)] == [("terms", "code", why)]
    with pytest.raises(FormNotReady, match="the numbers of their files"):
        actions.open_form(call=twin, by=officer, at=OPENS)


def test_a_key_that_is_taken_is_numbered(harbours, begin):
    first, second = (begin(kind="project", title={"en": "Wells"}) for _turn in range(2))

    assert (first["key"], second["key"]) == ("call-wells-2028", "call-wells-2028-2")


def test_a_second_call_of_the_same_edition_and_code_is_refused(harbours, begin):
    with pytest.raises(InvalidContent, match="numbers of files would mix"):
        begin(harbours, opens_at=None, closes_at=OPENS)


def test_all_that_keeps_a_call_from_being_opened_is_said_at_once_each_with_its_page(officer, harbours):
    content = calls.content_now(harbours)
    lacking = {name: value for name, value in content.items() if name not in ("workflow", "closes_at")}
    lacking["fields"] = [row for row in content["fields"] if row["code"] != "budget"]
    lacking["sections"] = [*content["sections"], {"code": "empty", "words": {"en": "Empty page"}}]

    call = calls.amend(harbours, lacking, officer)

    assert [tuple(map(str, fault)) for fault in actions.faults_of(call)] == [
        ("terms", "closes_at", "Say when the call opens and when it closes."),
        ("terms", "workflow", "Choose the workflow that files of this call follow."),
        ("form", "empty", "Section “Empty page” has no question."),
        ("form", "", "The form has no budget table: nobody could say how much they ask."),
    ]


def test_a_call_that_may_be_opened_has_no_fault(harbours):
    assert actions.faults_of(harbours) == []


@pytest.mark.parametrize("code", ["XYZ", "eur", "€", "12"])
def test_a_call_in_what_is_no_currency_is_refused_where_it_is_written_and_where_it_is_loaded(officer, harbours, code):
    content = calls.content_now(harbours) | {"currency": code}
    taken = take_apart(Call, content)

    with pytest.raises(InvalidContent) as amended:
        actions.amend_call(record=harbours, entry=taken.entry, facts=taken.facts, seen_revision=1, by=officer, at=OPENS)
    with pytest.raises(InvalidContent) as entered:
        calls.enter_call(officer, key="call-other", currency=code)

    told = [(problem.path, str(problem)) for refused in (amended, entered) for problem in refused.value.problems]
    assert told == [("currency", f"currency: “{code}” is not a currency: write EUR, USD or XOF.")] * 2


def test_a_call_keeps_a_currency_that_is_one_and_the_citys_where_it_says_none(officer, harbours):
    other = calls.enter_call(officer, key="call-other", edition="2031", currency="XOF")
    silent = calls.enter_call(officer, key="call-silent", edition="2032", currency="")

    assert [Call.objects.get(pk=each.pk).currency for each in (harbours, other, silent)] == ["EUR", "XOF", ""]
