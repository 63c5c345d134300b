"""Questions on a call at the desk: what is refused stands beside its words; an answer is corrected and undone."""

import re

import pytest
from django.urls import reverse

from parvis.domain.funding import actions
from parvis.foundation.accounts.models import Role
from tests.support import calls


@pytest.fixture
def asked(people):
    call = calls.opened_call(people[Role.OFFICER])
    return actions.ask_about_call(call=call, words="Ana asks: may two go?", by=None, at=calls.WHILE_OPEN)


def words_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.mark.parametrize("typed", [{}, {"question.fr": "À deux ?"}, {"question.fr": "À deux ?", "answer.en": "Yes."}])
def test_an_answer_goes_out_with_its_question_in_the_same_language(asked, at_desk, typed):
    officer, there = at_desk(Role.OFFICER), reverse("desk:answer_call_question", args=[asked.pk])

    refused = officer.post(there, typed)
    officer.post(there, {"question.fr": "À deux ?", "answer.fr": "Oui."})

    asked.refresh_from_db()
    page = refused.content.decode()
    lacking = re.findall(r'<textarea name="([a-z.]+)"[^>]*aria-invalid="true"', page)
    assert refused.status_code == 422
    assert "Write the question and its answer in the same language, in one at least." in page
    assert lacking == [
        name for name in ("answer.fr", "question.en") if {"answer.fr": "question.fr"}.get(name, "answer.en") in typed
    ]
    assert [text in page for text in typed.values()] == [True] * len(typed)
    assert (asked.question, asked.answer) == ({"fr": "À deux ?"}, {"fr": "Oui."})


def test_an_answer_is_corrected_and_the_correction_undone(asked, at_desk):
    officer = at_desk(Role.OFFICER)
    officer.post(reverse("desk:answer_call_question", args=[asked.pk]), {"question.en": "Two?", "answer.en": "Yes."})
    board = reverse("desk:call", args=[asked.call.key])
    seen = re.search(r'name="seen" value="([^"]+)"', officer.get(board).content.decode())[1]
    there = reverse("desk:correct_call_answer", args=[asked.pk])
    better = {"question.en": "Two?", "answer.en": "One alone.", "seen": seen}

    late = officer.post(there, better | {"seen": "2027-99-99T10:00"})
    said = words_of(officer.post(there, better, follow=True))
    undone = words_of(officer.post(reverse("desk:undo_call_answer", args=[asked.pk]), follow=True))

    assert (late.status_code, "was changed meanwhile" in words_of(late), "One alone." in late.content.decode()) == (
        422, True, True,
    )  # fmt: skip
    assert re.search(
        r"Two\? One alone\. Answered by .+? · corrected by .+?, .+ What it said before .+ Two\? Yes\.", said
    )
    assert "Undone: the answer is what it was before" in undone
    assert ("One alone." in undone, "corrected by" in undone) == (False, False)


def test_a_question_is_marked_with_the_language_it_was_asked_in(asked, at_desk):
    type(asked).objects.update(language="pt")

    page = at_desk(Role.OFFICER).get(reverse("desk:call", args=[asked.call.key])).content.decode()

    assert '<summary lang="pt">Ana asks: may two go?</summary>' in page
