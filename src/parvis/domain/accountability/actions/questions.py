"""What is done with a question: asked, answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from secrets import token_hex
from typing import Any

from django.db import transaction

from parvis.domain.accountability import queries
from parvis.domain.accountability.enums import QuestionState
from parvis.domain.accountability.errors import (
    AlreadyAnswered,
    AnsweredWithoutAnswer,
    EvidenceIsItself,
    QuestionOfOddLength,
    RoleMissing,
    TooManyQuestions,
)
from parvis.domain.accountability.models import Question
from parvis.foundation.accounts.models import User
from parvis.register.actions import amend_record, enter_record, propose
from parvis.register.actions.revising import revise_record
from parvis.register.entry import Entry, Facts
from parvis.register.models import Proposal

#: A question fits in a title; a role in a few words.
SHORTEST, LONGEST, LONGEST_ROLE = 10, 300, 80
#: Nobody fills the office's table alone.
MOST_WAITING = 10


@transaction.atomic
def enter_question(*, entry: Entry, facts: Facts, by: User, at: datetime) -> Question:
    """Enter a question or a criticism, with its answer where there is one. Raises AnsweredWithoutAnswer."""
    return _sound(enter_record(Question, entry=entry, facts=facts, by=by, at=at))


@transaction.atomic
def amend_question(
    *, record: Question, entry: Entry, facts: Facts, seen_revision: int, by: User, at: datetime
) -> Question:
    """Correct a question or its answer; what it was stays in its history."""
    return _sound(amend_record(record, entry=entry, facts=facts, seen_revision=seen_revision, by=by, at=at))


@transaction.atomic
def answer_question(
    *,
    question: Question,
    answer: Mapping[str, str],
    answered: str,
    by: User,
    at: datetime,
    evidence: Iterable[str] = (),
    seen_revision: int | None = None,
) -> Question:
    """Answer a question, with the records the answer rests on. Raises AlreadyAnswered."""

    def reply(content: dict[str, Any]) -> None:
        if content.get("state") == QuestionState.ANSWERED:
            raise AlreadyAnswered
        content |= {
            "state": QuestionState.ANSWERED.value,
            "answer": dict(answer),
            "answered": answered,
            "evidence": [*content.get("evidence", []), *evidence],
        }

    return _sound(
        revise_record(question, change=reply, verb="question answered", by=by, at=at, seen_revision=seen_revision)
    )


@transaction.atomic
def ask_question(*, words: str, role: str, language: str, by: User, at: datetime) -> Proposal:
    """Put a question to the city. An officer reads it before it is public; who asks is kept by role alone.

    Raises QuestionOfOddLength, RoleMissing, TooManyQuestions.
    """
    asked, who = " ".join(words.split()), " ".join(role.split())
    if not SHORTEST <= len(asked) <= LONGEST:
        raise QuestionOfOddLength(shortest=SHORTEST, longest=LONGEST)
    if not who:
        raise RoleMissing
    if queries.questions_waiting(by) >= MOST_WAITING:
        raise TooManyQuestions(most=MOST_WAITING)
    key = f"question-{at:%Y}-{token_hex(4)}"
    content = {
        "key": key,
        "kind": "question",
        "title": {language: asked},
        "asked_by": {language: who[:LONGEST_ROLE]},
        "asked": at.date().isoformat(),
        "state": QuestionState.OPEN.value,
    }
    return propose(noun=Question.noun, key=key, content=content, seen_revision=None, origin="counter", by=by, at=at)


def _sound(question: Question) -> Question:
    """What must hold of a question beyond what a table can say."""
    if question.state == QuestionState.ANSWERED and not question.subject.texts.filter(field="answer").exists():
        raise AnsweredWithoutAnswer
    if question.evidence.filter(record=question.subject).exists():
        raise EvidenceIsItself
    return question
