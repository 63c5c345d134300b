"""What is done with legal bases and decisions."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from django.db import transaction

from parvis.domain.council.enums import LEGAL_MOVES, STANDING, LegalState
from parvis.domain.council.errors import (
    AlreadyRepealed,
    DayMissing,
    DecisionConcernsItself,
    LegalMoveRefused,
    MatterUnknown,
)
from parvis.domain.council.models import Decision, LegalBasis
from parvis.domain.council.rules import BINDING
from parvis.foundation.accounts.models import User
from parvis.foundation.accounts.rules import allow_acts
from parvis.foundation.vocabulary import load
from parvis.register.actions import amend_record, enter_record
from parvis.register.actions.revising import revise_record
from parvis.register.entry import Entry, Facts


@transaction.atomic
def enter_legal_basis(*, entry: Entry, facts: Facts, by: User, at: datetime) -> LegalBasis:
    """Enter a legal basis with its milestones. Raises BindsTheCity."""
    return _allowed(enter_record(LegalBasis, entry=entry, facts=facts, by=by, at=at), before=Counter(), by=by)


@transaction.atomic
def amend_legal_basis(
    *, record: LegalBasis, entry: Entry, facts: Facts, seen_revision: int, by: User, at: datetime
) -> LegalBasis:
    """Correct what is known of a legal basis. Any state may be corrected; its history shows it."""
    before = _acts(record)
    amended = amend_record(record, entry=entry, facts=facts, seen_revision=seen_revision, by=by, at=at)
    return _allowed(amended, before=before, by=by)


@transaction.atomic
def adopt_legal_basis(
    *,
    basis: LegalBasis,
    adopted: str,
    by: User,
    at: datetime,
    in_force_from: str = "",
    seen_revision: int | None = None,
) -> LegalBasis:
    """Turn a text on its way into a legal basis that action may rest on."""
    if not adopted:
        raise DayMissing
    state = LegalState.IN_FORCE if in_force_from else LegalState.ADOPTED

    def adopt(content: dict[str, Any]) -> None:
        _may_move(content["state"], state)
        content |= {"state": state.value, "adopted": adopted, "in_force_from": in_force_from}

    return _revised(basis, change=adopt, verb="adopted", by=by, at=at, seen_revision=seen_revision)


@transaction.atomic
def bring_into_force(
    *, basis: LegalBasis, day: str, by: User, at: datetime, seen_revision: int | None = None
) -> LegalBasis:
    """Record that an adopted text is in force from a day."""
    if not day:
        raise DayMissing

    def start(content: dict[str, Any]) -> None:
        _may_move(content["state"], LegalState.IN_FORCE)
        content |= {"state": LegalState.IN_FORCE.value, "in_force_from": day}

    return _revised(basis, change=start, verb="brought into force", by=by, at=at, seen_revision=seen_revision)


@transaction.atomic
def repeal_legal_basis(
    *, basis: LegalBasis, day: str, by: User, at: datetime, seen_revision: int | None = None
) -> LegalBasis:
    """Record that a text is repealed."""
    if not day:
        raise DayMissing

    def repeal(content: dict[str, Any]) -> None:
        _may_move(content["state"], LegalState.REPEALED)
        content |= {"state": LegalState.REPEALED.value, "repealed": day}

    return _revised(basis, change=repeal, verb="repealed", by=by, at=at, seen_revision=seen_revision)


@transaction.atomic
def record_milestone(
    *, basis: LegalBasis, milestone: Facts, by: User, at: datetime, seen_revision: int | None = None
) -> LegalBasis:
    """Add a milestone to a text's way; one with the same words is met or moved rather than added."""

    def add(content: dict[str, Any]) -> None:
        milestones = content.setdefault("milestones", [])
        same = next((line for line in milestones if line.get("words") == milestone.get("words")), None)
        if same is None:
            milestones.append(dict(milestone))
        else:
            same.update(milestone)

    return revise_record(basis, change=add, verb="milestone recorded", by=by, at=at, seen_revision=seen_revision)


@transaction.atomic
def enter_decision(*, entry: Entry, facts: Facts, by: User, at: datetime) -> Decision:
    """Enter a decision with what it concerns."""
    return _sound(enter_record(Decision, entry=entry, facts=facts, by=by, at=at))


@transaction.atomic
def amend_decision(
    *, record: Decision, entry: Entry, facts: Facts, seen_revision: int, by: User, at: datetime
) -> Decision:
    """Correct what is known of a decision."""
    return _sound(amend_record(record, entry=entry, facts=facts, seen_revision=seen_revision, by=by, at=at))


def _revised(basis: LegalBasis, *, by: User, **revision: Any) -> LegalBasis:
    before = _acts(basis)
    return _allowed(revise_record(basis, by=by, **revision), before=before, by=by)


def _acts(basis: LegalBasis) -> Counter[LegalState]:
    """What a text tells of in the city's name: what stands was adopted, what is repealed was adopted first."""
    state = LegalBasis.objects.values_list("state", flat=True).get(pk=basis.pk)
    stood = {LegalState.ADOPTED} if state in {*STANDING, LegalState.REPEALED} else set()
    return Counter(stood | ({LegalState.REPEALED} if state == LegalState.REPEALED else set()))


def _allowed(basis: LegalBasis, *, before: Counter[LegalState], by: User) -> LegalBasis:
    allow_acts(by, before, _acts(basis), BINDING)
    return basis


def _sound(decision: Decision) -> Decision:
    if decision.concerns.filter(about=decision.subject).exists():
        raise DecisionConcernsItself
    if decision.matter and decision.matter not in load().matters:
        raise MatterUnknown(matter=decision.matter)
    return decision


def _may_move(now: str, then: LegalState) -> None:
    state = LegalState(now)
    if state == LegalState.REPEALED:
        raise AlreadyRepealed
    if then not in LEGAL_MOVES[state]:
        raise LegalMoveRefused(now=state.label, then=then.label)


#: The noun of each kind of record of this room, its model, and how it is entered and amended.
ENTRANCES = {
    LegalBasis.noun: (LegalBasis, enter_legal_basis, amend_legal_basis),
    Decision.noun: (Decision, enter_decision, amend_decision),
}
