"""What is done with a relation: entered, moved along, graded."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from parvis.domain.partnerships.enums import RELATION_MOVES, RelationStage
from parvis.domain.partnerships.errors import DayMissing, ReasonMissing, RelationMoveRefused
from parvis.domain.partnerships.models import Relation
from parvis.domain.partnerships.rules import may_grade
from parvis.foundation.accounts.models import User
from parvis.foundation.accounts.rules import allow_act
from parvis.register.actions import amend_record, enter_record
from parvis.register.actions.revising import revise_record
from parvis.register.entry import Entry, Facts

_SPOKEN = {"from": "valid_from", "to": "valid_to"}


@transaction.atomic
def enter_relation(*, entry: Entry, facts: Facts, by: User, at: datetime) -> Relation:
    """Enter a relation with a partner. Raises BindsTheCity when it is graded by who may not."""
    relation = enter_record(Relation, entry=entry, facts=_as_written(facts), by=by, at=at)
    return _graded(relation, before="", by=by)


@transaction.atomic
def amend_relation(
    *, record: Relation, entry: Entry, facts: Facts, seen_revision: int, by: User, at: datetime
) -> Relation:
    """Correct what is known of a relation."""
    before = _level(record)
    facts = _as_written(facts)
    amended = amend_record(record, entry=entry, facts=facts, seen_revision=seen_revision, by=by, at=at)
    return _graded(amended, before=before, by=by)


@transaction.atomic
def move_relation(
    *,
    relation: Relation,
    stage: str,
    as_of: str,
    by: User,
    at: datetime,
    next_step: dict[str, str] | None = None,
    seen_revision: int | None = None,
) -> Relation:
    """Move a relation along, or let it fall asleep; say what comes next. Raises RelationMoveRefused."""
    if not as_of:
        raise DayMissing
    then = RelationStage(stage)

    def move(content: dict[str, Any]) -> None:
        now = RelationStage(content["stage"]) if content.get("stage") else None
        if now is not None and then not in RELATION_MOVES[now]:
            raise RelationMoveRefused(now=now.label, then=then.label)
        content |= {"stage": then.value, "as_of": as_of, "next_step": next_step or {}}

    return revise_record(relation, change=move, verb=f"moved to {then}", by=by, at=at, seen_revision=seen_revision)


@transaction.atomic
def grade_relation(
    *,
    relation: Relation,
    level: str,
    reason: dict[str, str],
    since: str,
    by: User,
    at: datetime,
    review_on: str = "",
    seen_revision: int | None = None,
) -> Relation:
    """Give a relation its level, with the reason, and the day to look at it again."""
    if not any(text.strip() for text in reason.values()):
        raise ReasonMissing
    if not since:
        raise DayMissing

    def grade(content: dict[str, Any]) -> None:
        content |= {"level": level, "reason": reason, "valid_from": since, "review_on": review_on}

    before = _level(relation)
    graded = revise_record(relation, change=grade, verb=f"graded {level}", by=by, at=at, seen_revision=seen_revision)
    return _graded(graded, before=before, by=by)


def _level(relation: Relation) -> str:
    return Relation.objects.values_list("level", flat=True).get(pk=relation.pk)


def _graded(relation: Relation, *, before: str, by: User) -> Relation:
    """A level says what a partner is worth to the city: it is given by whom the rule names."""
    if _level(relation) != before:
        allow_act(by, may_grade, _("Level of the relation"))
    return relation


def _as_written(facts: Facts) -> Facts:
    return {_SPOKEN.get(name, name): value for name, value in facts.items()}
