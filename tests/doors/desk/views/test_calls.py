"""A new call begins on a short page; a call's own page says what it lacks and lists its files page by page."""

import re

import pytest
from django.urls import reverse

from parvis.domain.funding.models import Call
from parvis.doors.desk import paging
from parvis.foundation.accounts.models import Role
from tests.support import calls, reviews

BEGIN = reverse("desk:begin_call")


@pytest.fixture
def call(people):
    return calls.opened_call(people[Role.OFFICER])


def words_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_list_of_calls_leads_to_the_short_page_which_offers_editions_and_kinds(call, at_desk):
    officer = at_desk(Role.OFFICER)

    listing = officer.get(reverse("desk:listing", args=["calls"])).content.decode()
    form = officer.get(BEGIN).context["form"]

    offered = {heading: [code for code, _label in choices] for heading, choices in form.fields["base"].choices[1:]}
    assert f'href="{BEGIN}">New call</a>' in listing
    assert list(form.fields) == ["base", "title.fr", "title.en", "title.es", "title.pt", "opens_at", "closes_at"]
    assert offered["The next edition of"] == [f"after:{call.key}"]
    assert [f"kind:{code}" for code in ("water", "waste", "health", "label", "cultural_tour")] == (
        offered["A first call of this kind"][:5]
    )


def test_the_next_edition_is_a_draft_and_its_editor_opens(call, at_desk):
    posted = {"base": f"after:{call.key}", "opens_at": "1er septembre 2027 9h", "closes_at": "31/03/2028 17:00"}

    answer = at_desk(Role.OFFICER).post(BEGIN, posted, follow=True)

    begun = Call.objects.select_related("subject").get(subject__key="call-small-harbours-2028")
    assert answer.redirect_chain == [(reverse("desk:compose", args=[begun.key, "form"]), 302)]
    assert (begun.subject.visibility, begun.follows.key, begun.subject.amended_by.role) == (
        "draft", call.key, Role.OFFICER,
    )  # fmt: skip
    assert "The call is a draft. Compose its form." in words_of(answer)


def test_a_call_changed_since_its_form_was_opened_says_that_new_files_do_not_see_it_yet(call, at_desk, people):
    officer, there = at_desk(Role.OFFICER), reverse("desk:call", args=[call.key])
    told = "Changed since version 1 was opened: new files begin on version 1 until the form is opened again."

    as_opened = words_of(officer.get(there))
    calls.amend(call, calls.content_now(call) | {"least_years": 3}, people[Role.OFFICER])
    changed = words_of(officer.get(there))
    again = words_of(officer.post(reverse("desk:open_form", args=[call.key]), follow=True))

    assert [told in page for page in (as_opened, changed, again)] == [False, True, False]


def test_the_page_of_a_call_begins_its_next_edition_and_leads_to_it_once_it_is_begun(call, at_desk):
    officer, there = at_desk(Role.OFFICER), reverse("desk:call", args=[call.key])

    before = officer.get(there).content.decode()
    form = officer.get(f"{BEGIN}?after={call.key}").context["form"]
    officer.post(BEGIN, {"base": form["base"].value()})
    after = officer.get(there).content.decode()

    following = Call.objects.get(follows=call.subject)
    assert (form["base"].value(), f'href="{BEGIN}?after={call.key}"' in before) == (f"after:{call.key}", True)
    assert f'<a href="{reverse("desk:call", args=[following.key])}">' in after
    assert f"?after={call.key}" not in after


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"base": "kind:water"}, "Write a title in one language at least."),
        ({"base": "kind:water", "title.en": "Wells", "closes_at": "31/03/2028"}, "Write the day and the hour"),
        (
            {"base": "kind:water", "title.en": "Wells", "opens_at": "1/4/2028 9:00", "closes_at": "31/3/2028 9:00"},
            "A call opens before it closes.",
        ),
        ({"base": "after:nothing", "title.en": "Wells"}, "Select a valid choice."),
    ],
)
def test_what_cannot_begin_is_said_and_what_was_typed_stands(at_desk, typed, told):
    answer = at_desk(Role.OFFICER).post(BEGIN, {"title.fr": "", **typed})

    page = answer.content.decode()
    assert (answer.status_code, Call.objects.count()) == (422, 0)
    assert told in page
    assert all(f'value="{value}"' in page for value in typed.values() if value != "after:nothing")


def test_a_call_says_all_it_lacks_with_a_link_to_each_place(call, at_desk, people):
    content = calls.content_now(call)
    lacking = {name: value for name, value in content.items() if name not in ("workflow", "opens_at")}
    lacking["sections"] = [*content["sections"], {"code": "empty", "words": {"en": "Empty page"}}]
    calls.amend(call, lacking, people[Role.OFFICER])
    desk, compose = at_desk(Role.OFFICER), reverse("desk:compose", args=[call.key, "form"])

    faults = [desk.get(page).context["wrong"] for page in (reverse("desk:call", args=[call.key]), compose)]

    terms = reverse("desk:call_terms", args=[call.key])
    assert [(one["sentence"], one["address"]) for one in faults[0]] == [
        ("Say when the call opens and when it closes.", f"{terms}#id_opens_at"),
        ("Choose the workflow that files of this call follow.", f"{terms}#id_workflow"),
        ("Section “Empty page” has no question.", f"{compose}?at=empty#part-empty"),
    ]
    assert faults[1] == faults[0]


def test_the_files_of_a_call_come_page_by_page_and_keep_the_state_asked_for(call, at_desk, monkeypatch):
    monkeypatch.setattr(paging, "A_PAGE", 1)
    for place in range(2):
        person = calls.applicant(f"person{place}@assoc{place}.example")
        calls.sent(call, calls.body_of(person, reviews.SIRETS[place]), person)
    there, officer = reverse("desk:call", args=[call.key]), at_desk(Role.OFFICER)

    first, other = (officer.get(f"{there}?state={state}") for state in ("submitted", "eligible"))
    second = officer.get(first.context["listing"]["after"])

    numbers = [[file.number for file in answer.context["files"]] for answer in (first, second, other)]
    assert numbers == [["2027-MAR-0001"], ["2027-MAR-0002"], []]
    assert first.context["listing"]["after"] == f"{there}?state=submitted&page=2#files"
    assert second.context["listing"] == {
        "page": 2, "pages": 2, "before": f"{there}?state=submitted&page=1#files", "after": "",
    }  # fmt: skip
