"""A question on a call is answered for all to read; its answer is corrected in the open, and undone in time."""

from datetime import timedelta

import pytest

from parvis.domain.funding import actions
from parvis.domain.funding.enums import EmailState
from parvis.domain.funding.errors import AnswerHalfWritten, StepHeldBack
from parvis.domain.funding.models import OutgoingEmail
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.journal.models import Line
from tests.support import calls

AT = calls.WHILE_OPEN
LATER, MUCH_LATER = AT + timedelta(minutes=5), AT + timedelta(minutes=15)
ASKED, ANSWER = {"fr": "Deux fois ?"}, {"fr": "Une fois."}
BETTER = {"fr": "Une fois par édition.", "en": "Once an edition."}


@pytest.fixture
def officer(db):
    return User.objects.create_user("officer@ville.example", role=Role.OFFICER)


@pytest.fixture
def ana(db):
    return calls.applicant()


@pytest.fixture
def question(officer, ana):
    calls.enter_workflow(officer)
    return actions.ask_about_call(
        call=calls.enter_call(officer), words="I am Ana: twice?", by=ana, at=AT, language="en"
    )


@pytest.fixture
def answered(question, officer):
    return actions.answer_about_call(question=question, words=ASKED, answer=ANSWER, by=officer, at=AT)


def correct(question, by, at=LATER, *, words=ASKED, answer=BETTER, seen=AT):
    return actions.correct_call_answer(question=question, words=words, answer=answer, seen=seen, by=by, at=at)


def emails():
    return [(one.to.email, one.subject, one.state) for one in OutgoingEmail.objects.order_by("pk")]


def test_who_asked_is_written_to_in_the_language_they_asked_in(answered, ana):
    [email] = OutgoingEmail.objects.all()

    assert (email.to, email.language, email.state) == (ana, "en", EmailState.WAITING)
    assert email.body.split("\n\n") == [
        "Your question is answered: Small harbours 2027",
        "Deux fois ?",
        "Une fois.",
        "The page of the call shows it to all, without your name.",
    ]


def test_a_correction_keeps_what_was_said_says_its_day_and_tells_who_asked(answered, officer, ana):
    correct(answered, officer)

    answered.refresh_from_db()
    [before] = answered.earlier.all()
    assert (answered.answer, answered.answered_at, answered.corrected_at) == (BETTER, AT, LATER)
    assert (before.question, before.answer, before.said_at, before.said_by) == (ASKED, ANSWER, AT, officer)
    assert emails()[1] == (ana.email, "The answer to your question is corrected: Small harbours 2027", "waiting")
    assert list(Line.objects.order_by("pk").values_list("verb", flat=True))[-2:] == [
        "call question answered", "call answer corrected",
    ]  # fmt: skip


def test_a_second_correction_keeps_both_wordings_before_it(answered, officer):
    correct(answered, officer)
    correct(answered, officer, MUCH_LATER, answer={"fr": "Non."}, seen=LATER)

    assert [before.answer for before in answered.earlier.all()] == [BETTER, ANSWER]


def test_the_same_words_correct_nothing(answered, officer):
    correct(answered, officer, answer=ANSWER)

    answered.refresh_from_db()
    assert (answered.corrected_at, answered.earlier.count(), len(emails())) == (None, 0, 1)


def test_a_correction_over_words_one_did_not_see_is_refused(answered, officer):
    correct(answered, officer)

    with pytest.raises(StepHeldBack, match="was changed meanwhile"):
        correct(answered, officer, MUCH_LATER, answer={"fr": "Non."}, seen=AT)


def test_what_has_no_answer_is_not_corrected_and_what_has_one_is_not_answered_again(question, officer):
    with pytest.raises(StepHeldBack, match="no answer yet"):
        correct(question, officer, seen=None)
    with pytest.raises(AnswerHalfWritten):
        correct(question, officer, answer={}, seen=None)
    actions.answer_about_call(question=question, words=ASKED, answer=ANSWER, by=officer, at=AT)
    with pytest.raises(StepHeldBack, match="answered meanwhile"):
        actions.answer_about_call(question=question, words=ASKED, answer=BETTER, by=officer, at=LATER)


def test_undone_in_time_the_words_before_stand_again_and_nobody_is_written_to(answered, officer):
    corrected = correct(answered, officer)

    as_answered = actions.undo_call_answer(question=corrected, by=officer, at=LATER)
    kept = (as_answered.answer, as_answered.corrected_at, as_answered.earlier.count(), len(emails()))
    as_asked = actions.undo_call_answer(question=as_answered, by=officer, at=LATER)

    assert kept == (ANSWER, None, 0, 1)
    assert (as_asked.answer, as_asked.answered_at, as_asked.answered_by, emails()) == ({}, None, None, [])


def test_undoing_a_second_correction_leaves_the_first(answered, officer):
    correct(answered, officer)
    correct(answered, officer, MUCH_LATER, answer={"fr": "Non."}, seen=LATER)

    undone = actions.undo_call_answer(question=answered, by=officer, at=MUCH_LATER)

    assert (undone.answer, undone.corrected_at, undone.corrected_by) == (BETTER, LATER, officer)
    assert [before.answer for before in undone.earlier.all()] == [ANSWER]


def test_it_is_too_late_to_undo_after_ten_minutes_for_another_or_once_the_email_left(answered, officer):
    other = User.objects.create_user("other@ville.example", role=Role.OFFICER)

    for by, at in ((officer, MUCH_LATER), (other, LATER)):
        with pytest.raises(StepHeldBack, match="too late to undo"):
            actions.undo_call_answer(question=answered, by=by, at=at)
    OutgoingEmail.objects.update(state=EmailState.SENT, sent_at=AT)
    with pytest.raises(StepHeldBack, match="written to already"):
        actions.undo_call_answer(question=answered, by=officer, at=LATER)
