"""The editor of a call: every part changed by buttons that need no script, each change undone at will."""

import re

import pytest
from django.urls import reverse

from parvis.domain.funding import actions, queries
from parvis.domain.funding.queries import composing
from parvis.foundation.accounts.models import Role, User
from tests.support import calls


@pytest.fixture
def call(people):
    return calls.opened_call(people[Role.OFFICER], at=calls.timezone_now())


@pytest.fixture
def desk(at_desk):
    return at_desk(Role.OFFICER)


def seen(call):
    call.subject.refresh_from_db()
    return call.subject.revision


def change(desk, call, do, page="form"):
    there = reverse("desk:compose_change", args=[call.key, page])
    return desk.post(there, {"seen_revision": seen(call), "do": do}, follow=True)


def write(desk, call, part, posted, page="form"):
    there = reverse("desk:compose_part", args=[call.key, page, *part])
    return desk.post(there, {"seen_revision": seen(call), **posted}, follow=True)


def codes(call, name="fields", report=""):
    return [row["code"] for row in composing.rows_of(calls.content_now(call), name, report)]


def test_a_question_moves_and_the_last_change_is_undone(own_desk):
    client, _content = own_desk
    call = calls.opened_call(User.objects.get(role=Role.PUBLISHER), at=calls.timezone_now())

    moved = change(client, call, "down fields title")
    after = codes(call)
    undone = change(client, call, "undo")

    assert (after[:3], codes(call)[:3]) == (["summary", "title", "need"], ["title", "summary", "need"])
    assert "“Title of the project” is moved." in moved.content.decode()
    assert "Undone: the form is what it was" in undone.content.decode()


def test_the_editor_tells_each_question_in_words(desk, call):
    page = " ".join(desk.get(reverse("desk:compose", args=[call.key, "form"])).content.decode().split())

    assert "Shown when “Will part of the grant go to another body?” is “Yes”." in page
    assert "Short text · required · 150 characters at most" in page
    assert 'aria-label="Move up: Title of the project"' in page
    assert "Columns of “Partners”" in page


def test_a_question_is_added_with_its_answers_and_what_it_waits_for(desk, call):
    posted = {
        "words.en": "Which sector?", "words.fr": "Quel secteur ?", "type": "choice", "section": "duties",
        "option.0.code": "", "option.0.en": "Water", "option.1.code": "", "option.1.en": "Health",
        "shown": "regrant=yes", "required": "on",
    }  # fmt: skip

    write(desk, call, ("fields", "new"), posted)

    row = composing.row_of(calls.content_now(call), "fields", "", "which-sector")
    assert row == {
        "code": "which-sector", "section": "duties", "type": "choice", "required": True, "shown_if": "regrant",
        "words": {"en": "Which sector?", "fr": "Quel secteur ?"}, "shown_value": "yes",
        "options": {"water": {"en": "Water"}, "health": {"en": "Health"}},
    }  # fmt: skip


def test_answers_keep_the_order_they_were_written_in_and_a_question_may_wait_for_them_all(desk, call, people):
    answers = [
        "Ten people or fewer, volunteers included",
        "More than ten and fifty at most",
        "More than fifty, whatever they do",
    ]
    posted = {f"option.{place}.en": words for place, words in enumerate(answers)}
    posted |= {f"option.{place}.code": "" for place in range(3)}
    write(desk, call, ("fields", "new"), {"words.en": "How many?", "type": "choice", "section": "duties", **posted})
    codes = list(composing.row_of(calls.content_now(call), "fields", "", "how-many")["options"])
    waits = {"words.en": "Who?", "type": "text", "section": "duties", "shown": [f"how-many={code}" for code in codes]}
    write(desk, call, ("fields", "new"), waits)

    opened = actions.open_form(call=call, by=people[Role.OFFICER], at=calls.timezone_now())

    form = queries.form_read(opened.pk)
    assert [dict(words)["en"] for _code, words in form.question("how-many").options] == answers
    assert form.question("who").shown_value.split(",") == codes


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"type": "choice"}, {"options": "Write two answers at least to choose from."}),
        ({"words.en": " ", "words.fr": ""}, {"words": "Write the words in one language at least."}),
        ({"most": "many"}, {"bounds": "Write a whole number in digits, or nothing."}),
        ({"least": "9", "most": "3"}, {"bounds": "The least is more than the most."}),
        ({"type": "budget"}, {"type": "The form has its budget table already."}),
        ({"type": "essay"}, {"type": "Choose how the question is answered."}),
        ({"section": "nine"}, {"section": "Choose the page the question stands on."}),
        (
            {"shown": ["regrant=yes", "other=x"]},
            {"shown": "Choose answers of one question only: a question waits for one other."},
        ),
        (
            {"help.fr": "x" * 2001},
            {"h-fr": "Too long: 1 too many, 2,000 characters at most, there are 2,001. Nothing was cut."},
        ),
        (
            {"least": "a", "type": "several"},
            {
                "options": "Write two answers at least to choose from.",
                "bounds": "Write a whole number in digits, or nothing.",
            },
        ),
    ],
    ids=str,
)
def test_what_cannot_be_saved_is_told_beside_its_field_with_what_was_typed(desk, call, changed, told):
    before = codes(call)
    posted = {"words.en": "Typed", "words.fr": "Tapé", "help.en": "Help typed", "type": "text", "section": "duties"}

    answer = write(desk, call, ("fields", "new"), posted | changed)

    page = answer.content.decode()
    beside = dict(re.findall(r'<p class="cell-error" id="wrong-([\w-]+)">([^<]*)</p>', page))
    assert (answer.status_code, codes(call)) == (422, before)
    assert beside == told
    assert all(f'aria-describedby="wrong-{at}"' in page for at in told)
    assert "Help typed" in page
    for name in ("least", "most"):
        assert re.search(rf'name="{name}"[^>]* value="([^"]*)"', page)[1] == changed.get(name, "")


def test_a_weight_that_is_no_number_stands_as_it_was_typed(desk, call):
    answer = write(desk, call, ("criteria", "new"), {"words.en": "Need", "weight": "60,5"}, page="criteria")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(r'name="weight"[^>]* value="60,5"[^>]* aria-describedby="wrong-weight"', page)
    assert '<a href="#weight">Weight</a>: Write a whole number in digits, or nothing.' in page


def test_a_change_over_an_older_revision_is_refused_and_nothing_is_lost(desk, call):
    there, before = reverse("desk:compose_change", args=[call.key, "form"]), seen(call)
    change(desk, call, "down fields title")

    late = desk.post(there, {"seen_revision": before, "do": "remove fields need"}, follow=True)

    assert "need" in codes(call)
    assert "changed this record on" in late.content.decode()


def test_two_officers_in_one_question_the_second_is_told_compares_and_loses_nothing(at_desk, call):
    there = reverse("desk:compose_part", args=[call.key, "form", "fields", "need"])
    first, second, before = at_desk(Role.OFFICER), at_desk(Role.PUBLISHER), seen(call)
    row = composing.row_of(calls.content_now(call), "fields", "", "need")
    posted = {"type": "area", "section": row["section"], "required": "on"}
    first.post(there, posted | {"seen_revision": before, "words.en": "Whom does it help?"})

    late = second.post(there, posted | {"seen_revision": before, "words.en": "Who needs it?"})
    body = late.content.decode()
    again = second.post(there, posted | {"seen_revision": seen(call), "words.en": "Who needs it?"})

    assert (late.status_code, again.status_code) == (409, 302)
    assert "changed this record on" in body
    assert "Whom does it help?" in body
    assert "Who needs it?</textarea>" in body
    assert f'name="seen_revision" value="{seen(call) - 1}"' in body
    assert composing.row_of(calls.content_now(call), "fields", "", "need")["words"]["en"] == "Who needs it?"


def test_a_question_taken_out_while_it_is_written_keeps_its_words_and_is_added_anew(desk, call):
    there, before = reverse("desk:compose_part", args=[call.key, "form", "fields", "need"]), seen(call)
    row = composing.row_of(calls.content_now(call), "fields", "", "need")
    change(desk, call, "remove fields need")

    posted = {"type": "area", "section": row["section"], "words.en": "Who needs it?", "seen_revision": before}
    late = desk.post(there, posted)

    assert late.status_code == 409
    assert "Who needs it?</textarea>" in late.content.decode()
    assert f'action="{there.replace("/need/", "/new/")}"' in late.content.decode()


def test_a_criterion_says_whom_it_puts_first_and_keeps_it(desk, call):
    posted = {"words.en": "Women first", "weight": "5", "groups": ["women", "nobody"]}
    write(desk, call, ("criteria", "new"), posted, "criteria")

    row = composing.row_of(calls.content_now(call), "criteria", "", "women-first")
    there = reverse("desk:compose_part", args=[call.key, "criteria", "criteria", "women-first"])
    form = desk.get(there).content.decode()
    listed = desk.get(reverse("desk:compose", args=[call.key, "criteria"])).content.decode()

    assert row["groups"] == ["women"]
    assert 'name="groups" value="women" checked' in form
    assert "puts first: Women" in listed


def test_weights_are_added_up_and_documents_keep_what_they_are(desk, call):
    write(desk, call, ("criteria", "new"), {"words.en": "Green", "weight": "15"}, "criteria")
    write(desk, call, ("documents", "new"), {"words.en": "Plan", "nameless": "on"}, "documents")

    criteria = desk.get(reverse("desk:compose", args=[call.key, "criteria"])).content.decode()
    document = composing.row_of(calls.content_now(call), "documents", "", "plan")

    total = sum(row.get("weight") or 0 for row in calls.content_now(call)["criteria"])
    assert f"Weights add up to {total}." in criteria
    assert document == {"code": "plan", "words": {"en": "Plan"}, "required": False, "nameless": True}


def test_a_report_is_made_the_call_s_own_then_frozen_with_the_next_version(desk, call, people):
    change(desk, call, "own", "narrative")
    write(
        desk, call, ("fields", "new"), {"words.en": "Schools reached", "type": "count", "section": "done"}, "narrative"
    )  # fmt: skip

    opened = actions.open_form(call=call, by=people[Role.OFFICER], at=calls.timezone_now())

    frozen = [row["code"] for row in opened.definition["reports"]["narrative"]["fields"]]
    assert "schools-reached" in frozen
    assert [row["code"] for row in opened.definition["fields"]] == codes(call)
    assert change(desk, call, "house", "narrative").status_code == 200
    assert codes(call, "fields", "narrative") == []


def test_a_form_is_seen_as_it_is_filled_before_it_is_opened(desk, call):
    write(desk, call, ("fields", "new"), {"words.en": "Not open yet", "type": "text", "section": "duties"})

    page = desk.get(reverse("counter:preview", args=[call.key, "form"]) + "?page=duties&regrant=yes").content.decode()

    assert "Not open yet" in page
    assert '<div data-parvis-when="regrant" data-parvis-is="yes">' in page
    assert "Preview: nothing is saved." in page


def test_only_officers_edit_and_applicants_see_no_preview(at_desk, call, client):
    client.force_login(calls.applicant())

    edited = at_desk(Role.READER).get(reverse("desk:compose", args=[call.key, "form"])).status_code
    preview = client.get(reverse("counter:preview", args=[call.key, "form"])).status_code

    assert (edited, preview) == (403, 404)
