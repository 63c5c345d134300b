"""What the council decides otherwise than was proposed: less or more, refused, put off. Each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from parvis.domain.funding.actions.whole import not_too_long
from parvis.domain.funding.enums import Answered, ApplicationState, Proposed
from parvis.domain.funding.errors.choosing import AnswerUnexplained, AnswerWithoutSum
from parvis.domain.funding.models import CouncilAnswer, Selection, SelectionLine
from parvis.foundation.accounts.models import User

from .moving import move_on
from .ties import step_of_the_house

_S = ApplicationState


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What the council decides for one line of a selection, how much, and why."""

    answer: Answered
    amount: Decimal = Decimal(0)
    reason: str = ""


def note_otherwise(
    selection: Selection, otherwise: Mapping[int, Otherwise], *, by: User, at: datetime
) -> list[CouncilAnswer]:
    """Note what is decided otherwise; what says what was proposed is nothing new.

    Raises AnswerWithoutSum and AnswerUnexplained.
    """
    lines = selection.lines.filter(pk__in=otherwise).select_related("application")
    noted = [_noted(line, otherwise[line.pk], by, at) for line in lines if not _as_proposed(line, otherwise[line.pk])]
    return CouncilAnswer.objects.bulk_create(noted)


def _as_proposed(line: SelectionLine, told: Otherwise) -> bool:
    same = told.answer.value == line.proposed
    return same and (told.answer != Answered.AWARD or told.amount == line.amount)


def _noted(line: SelectionLine, told: Otherwise, by: User, at: datetime) -> CouncilAnswer:
    number, reason = str(line.application.number), not_too_long(told.reason)
    if told.answer == Answered.AWARD and told.amount <= 0:
        raise AnswerWithoutSum(file=number)
    if not reason:
        raise AnswerUnexplained(file=number)
    amount = told.amount if told.answer == Answered.AWARD else Decimal(0)
    return CouncilAnswer(line=line, answer=told.answer, amount=amount, reason=reason, stated_at=at, stated_by=by)


def move_as_answered(line: SelectionLine, *, by: User, at: datetime) -> None:
    """Take a file where the council's answer leads it, from wherever the proposal had put it."""
    file, answered = line.application, line.answered
    if answered == Answered.AWARD:
        if file.state != _S.PROPOSED:
            file = move_on(file, _S.PROPOSED, by=by, at=at, tell=False)
        move_on(file, _S.AWARDED, by=by, at=at, tell=False)
    elif answered == Answered.REFUSE:
        move_on(file, _S.REFUSED, by=by, at=at, reason=line.why, tell=False)
    elif line.proposed != Proposed.WAIT or answered == Answered.ADJOURN:
        state = _S.WAITING if answered == Answered.WAIT else _S.RANKED
        if file.state != state:
            step_of_the_house(file, state, line.why, by=by, at=at)
