"""What is done with questions on a call: asked, answered for all to read, the answer corrected, that undone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from parvis.domain.funding.actions.post import leaves_after
from parvis.domain.funding.enums import EmailState
from parvis.domain.funding.errors import AnswerHalfWritten, NothingWritten, StepHeldBack, WordsTooMany
from parvis.domain.funding.models import Call, CallQuestion, EarlierAnswer, OutgoingEmail
from parvis.domain.funding.queries.files import texts_of_call
from parvis.domain.funding.queries.forms import signs_over
from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal
from parvis.foundation.values.words import in_language

#: The longest question on a call.
MOST_ASKED = 2000
#: How long what was just answered or corrected may be taken back by who wrote it.
TO_UNDO = timedelta(minutes=10)


@transaction.atomic
def ask_about_call(*, call: Call, words: str, by: User | None, at: datetime, language: str = "fr") -> CallQuestion:
    """Put a question on a call. Nothing of it is public before an officer answers in words of their own."""
    words = words.replace("\r\n", "\n").strip()
    if not words:
        raise NothingWritten
    if len(words) > MOST_ASKED:
        raise WordsTooMany(**signs_over(len(words), MOST_ASKED))
    question = CallQuestion.objects.create(call=call, asked=words, asked_by=by, asked_at=at, language=language)
    if by is not None:
        journal.write("call question asked", about=call.key, by=by, at=at, question=question.pk)
    return question


@transaction.atomic
def answer_about_call(
    *, question: CallQuestion, words: Mapping[str, str], answer: Mapping[str, str], by: User, at: datetime
) -> CallQuestion:
    """Answer a question for all to read, put in words that name nobody. Who asked is written to.

    Raises AnswerHalfWritten, and StepHeldBack where somebody answered meanwhile: an answer is corrected.
    """
    _whole(words, answer)
    held = _held(question)
    if held.answered_at is not None:
        raise StepHeldBack(why=_("It was answered meanwhile. Read that answer, then correct it."))
    held.question, held.answer = dict(words), dict(answer)
    held.answered_at, held.answered_by = at, by
    held.save(update_fields=["question", "answer", "answered_at", "answered_by"])
    _note("call question answered", held, by, at)
    _tell_asker(held, at)
    return held


@transaction.atomic
def correct_call_answer(
    *,
    question: CallQuestion,
    words: Mapping[str, str],
    answer: Mapping[str, str],
    seen: datetime | None,
    by: User,
    at: datetime,
) -> CallQuestion:
    """Put an answer in other words, from a day that is told to all; what it said is kept, who asked is written to.

    ``seen`` is the moment of the words that were before the officer's eyes. Words that say the same change nothing.
    Raises AnswerHalfWritten, and StepHeldBack where there is no answer yet or another correction came first.
    """
    _whole(words, answer)
    held = _held(question)
    said_at, said_by = held.said_at, held.corrected_by or held.answered_by
    if said_at is None or said_by is None:
        raise StepHeldBack(why=_("It has no answer yet."))
    if said_at != seen:
        raise StepHeldBack(why=_("The answer was changed meanwhile. Read it as it stands now, then correct it."))
    if (held.question, held.answer) == (dict(words), dict(answer)):
        return held
    EarlierAnswer.objects.create(of=held, question=held.question, answer=held.answer, said_at=said_at, said_by=said_by)
    held.question, held.answer = dict(words), dict(answer)
    held.corrected_at, held.corrected_by = at, by
    held.save(update_fields=["question", "answer", "corrected_at", "corrected_by"])
    _note("call answer corrected", held, by, at)
    _tell_asker(held, at)
    return held


@transaction.atomic
def undo_call_answer(*, question: CallQuestion, by: User, at: datetime) -> CallQuestion:
    """Take back what one just answered, or corrected: the words before stand again, and nobody is written to.

    Raises StepHeldBack where it is too late, somebody else wrote since, or the email has left.
    """
    held = _held(question)
    if not may_undo_answer(held, by, at):
        raise StepHeldBack(why=_("It is too late to undo here: correct the answer instead."))
    waiting = OutgoingEmail.objects.select_for_update(of=("self",)).filter(once=_once(held)).first()
    if waiting is not None and waiting.state == EmailState.SENT:
        raise StepHeldBack(why=_("Who asked was written to already: correct the answer instead."))
    if waiting is not None:
        waiting.delete()
    before = held.earlier.first()
    if before is None:
        held.question, held.answer, held.answered_at, held.answered_by = {}, {}, None, None
    else:
        held.question, held.answer = before.question, before.answer
        before.delete()
    corrected = before is not None and held.earlier.exists()
    held.corrected_at = before.said_at if before and corrected else None
    held.corrected_by = before.said_by if before and corrected else None
    held.save()
    _note("call answer undone", held, by, at)
    return held


def may_undo_answer(question: CallQuestion, by: User, at: datetime) -> bool:
    """Whether the words of an answer are this person's own, of a few minutes ago."""
    last = question.corrected_by_id or question.answered_by_id
    return question.said_at is not None and last == by.pk and at - question.said_at < TO_UNDO


def _whole(words: Mapping[str, str], answer: Mapping[str, str]) -> None:
    if not any(words.get(language) and answer.get(language) for language in answer):
        raise AnswerHalfWritten


def _held(question: CallQuestion) -> CallQuestion:
    rows = CallQuestion.objects.select_for_update(of=("self",))
    return rows.select_related("call__subject", "asked_by", "answered_by", "corrected_by").get(pk=question.pk)


def _note(verb: str, question: CallQuestion, by: User, at: datetime) -> None:
    content = journal.digest_of([question.question, question.answer])
    journal.write(verb, about=question.call.key, by=by, at=at, question=question.pk, content=content)


def _once(question: CallQuestion) -> str:
    return f"call answer:{question.pk}:{question.said_at.isoformat() if question.said_at else ''}"


def _tell_asker(question: CallQuestion, at: datetime) -> None:
    """Write to who asked, in the language they asked in: the answer as all read it. An officer may read it before."""
    if question.asked_by is None:
        return
    language = question.language
    with override(language):
        title = {"title": in_language(texts_of_call(question.call, "title").get("title", {}), language)[0]}
        subject = (
            _("The answer to your question is corrected: %(title)s")
            if question.corrected_at
            else _("Your question is answered: %(title)s")
        ) % title
        said = [in_language(words, language)[0] for words in (question.question, question.answer)]
        body = "\n\n".join([subject, *said, _("The page of the call shows it to all, without your name.")])
    OutgoingEmail.objects.create(
        to=question.asked_by, subject=subject[:200], body=body, language=language, written_at=at,
        leaves_at=leaves_after(at), once=_once(question),
    )  # fmt: skip
