"""The terms of a call on one page of its editor: what they touch, what they leave, what they refuse."""

import pytest
from django.test import Client
from django.urls import reverse

from parvis.domain.funding import actions
from parvis.foundation.accounts.models import Role, User
from tests.support import calls


@pytest.fixture
def call(people):
    return calls.opened_call(people[Role.OFFICER])


@pytest.fixture
def there(call):
    return reverse("desk:call_terms", args=[call.key])


def sheet_as_shown(page):
    """What a browser would send back of the sheet, nothing touched."""
    sheet = page.context["sheet"]
    return {
        bound.html_name: bound.value() if bound.value() is not None else "" for bound in sheet
    } | {"seen_revision": page.context["call"].subject.revision}  # fmt: skip


def test_the_terms_are_changed_together_and_all_the_rest_of_the_call_stays(call, there, at_desk):
    desk, before = at_desk(Role.OFFICER), calls.content_now(call)
    typed = {"closes_at": "30 avril 2027 à 18h", "amount": "45 000,00", "applicants": ["association", "school"]}

    answer = desk.post(there, sheet_as_shown(desk.get(there)) | typed)

    assert answer.status_code == 302, answer.context["sheet"].errors
    now = calls.content_now(call)
    changed = {"closes_at": "2027-04-30 18:00", "amount": "45000.00", "applicants": ["association", "school"]}
    assert (answer.status_code, now) == (302, before | changed)


def test_bands_stand_there_where_the_form_asks_for_means_and_nowhere_else(call, there, at_desk, people):
    desk = at_desk(Role.OFFICER)
    without = desk.get(there).context["sheet"].fields
    content = calls.content_now(call)
    means = {"code": "means", "section": "money", "type": "amount", "carries": "means", "words": {"en": "Income"}}
    asked = calls.amend(call, content | {"fields": [*content["fields"], means]}, people[Role.OFFICER])
    before = calls.content_now(asked)
    [fault] = [one for one in actions.cautions_of(asked, calls.OPENS) if one.at == "bands"]

    lacking = desk.get(reverse("desk:call", args=[call.key])).content.decode()
    page = desk.get(there)
    typed = {"bands.0.most": "20 000,00", "bands.0.share": "100", "bands.1.share": "50"}
    answer = desk.post(there, sheet_as_shown(page) | typed)
    wrong = desk.post(there, sheet_as_shown(desk.get(there)) | {"bands.0.share": "150"})

    assert [path for path in without if path.startswith("bands")] == []
    assert (fault.sentence, f'href="{there}#bands"' in lacking, 'id="bands"' in page.content.decode()) == (
        "“Income” is asked, and no band says what it changes.", True, True,
    )  # fmt: skip
    assert answer.status_code == 302, answer.context["sheet"].errors
    bands = [{"most": "20000.00", "share": "100.00"}, {"share": "50.00"}]
    assert calls.content_now(call) == before | {"bands": bands}
    assert (wrong.status_code, wrong.context["sheet"].errors["bands.0.share"]) == (
        422, ["A share is between 0 and 100."],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"opens_at": "2027-05-01 09:00"}, ("opens_at", "A call opens before it closes.")),
        ({"closes_at": "31/02/2027 17:00"}, ("closes_at", "There is no such day.")),
        ({"opens_at": "0001-01-01 00:00"}, ("opens_at", "There is no such day.")),
        ({"most_rate": "150"}, ("most_rate", "A share of the cost is between 0 and 100.")),
        ({"amount_rule": "range", "least_amount": ""}, ("amount_rule", "Say the amount, the two amounts or the share")),
    ],
)
def test_a_refusal_stands_beside_its_cell_and_nothing_is_changed(call, there, at_desk, typed, told):
    desk, before = at_desk(Role.OFFICER), calls.content_now(call)

    answer = desk.post(there, sheet_as_shown(desk.get(there)) | typed)

    errors = answer.context["sheet"].errors
    assert (answer.status_code, list(errors), calls.content_now(call)) == (422, [told[0]], before)
    assert told[1] in errors[told[0]][0]


def test_what_is_not_read_and_what_is_against_a_rule_are_told_in_one_go(call, there, at_desk):
    desk, before = at_desk(Role.OFFICER), calls.content_now(call)
    typed = {
        "least_amount": "about five", "opens_at": "2027-05-01 09:00", "most_rate": "150", "title.en": "x" * 3000,
        "workflow": "no-such-way",
    }  # fmt: skip

    answer = desk.post(there, sheet_as_shown(desk.get(there)) | typed)

    html, errors = answer.content.decode(), {name: said[0] for name, said in answer.context["sheet"].errors.items()}
    assert (answer.status_code, sorted(errors), calls.content_now(call)) == (422, sorted(typed), before)
    assert [errors[name] for name in ("opens_at", "most_rate", "title.en", "workflow")] == [
        "A call opens before it closes.",
        "A share of the cost is between 0 and 100.",
        "Too long: 2,700 too many, 300 characters at most, there are 3,000. Nothing was cut.",
        "“no-such-way” names no record: choose one of those offered as you type.",
    ]
    assert ("x" * 3000 in html, "about five" in html) == (True, True)


def test_no_rule_is_judged_by_a_cell_that_is_not_read(call, there, at_desk):
    desk = at_desk(Role.OFFICER)

    answer = desk.post(there, sheet_as_shown(desk.get(there)) | {"closes_at": "soon", "amount": "a lot"})

    assert sorted(answer.context["sheet"].errors) == ["amount", "closes_at"]


def test_two_rules_broken_and_a_title_too_long_are_told_together_where_everything_is_read(call, there, at_desk):
    desk = at_desk(Role.OFFICER)
    typed = {"opens_at": "2027-05-01 09:00", "most_rate": "150", "title.en": "x" * 301}

    answer = desk.post(there, sheet_as_shown(desk.get(there)) | typed)

    assert sorted(answer.context["sheet"].errors) == sorted(typed)


def test_a_title_in_one_word_is_known_as_any_other(call, there, at_desk):
    desk = at_desk(Role.OFFICER)
    call.workflow.texts.filter(field="title").update(body="calls")

    answer = desk.post(there, sheet_as_shown(desk.get(there)) | {"workflow": "calls", "amount": "39000"})

    assert (answer.status_code, calls.content_now(call)["workflow"]) == (302, "workflow-of-calls")


def test_two_officers_in_the_terms_the_second_compares_and_loses_nothing(own_desk):
    second, _content = own_desk
    call, first = calls.opened_call(User.objects.get(role=Role.OFFICER)), Client(headers={"accept-language": "en"})
    first.force_login(User.objects.get(role=Role.OFFICER))
    there = reverse("desk:call_terms", args=[call.key])
    seen = sheet_as_shown(first.get(there))
    first.post(there, seen | {"amount": "45000"})

    late = second.post(there, seen | {"amount": "50000"})

    assert (late.status_code, [(one.path, one.before, one.after) for one in late.context["meanwhile"]]) == (
        422, [("amount", "45,000.00", "50,000.00")],
    )  # fmt: skip
    assert 'value="50000"' in late.content.decode()
