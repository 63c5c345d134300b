"""What is done with a promise: followed, disputed, settled with evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby, pairwise
from typing import Any

from django.db import transaction

from parvis.domain.accountability.enums import PROMISE_MOVES, TARGET, PromiseState
from parvis.domain.accountability.errors import (
    DeadlineNotPassed,
    DisputedByNobody,
    EvidenceIsItself,
    KeptWithoutEvidence,
    NoDeadline,
    PromiseMoveRefused,
    StepsOutOfOrder,
    TargetUnmeasured,
)
from parvis.domain.accountability.models import Promise, PromiseStep
from parvis.domain.accountability.rules import BINDING
from parvis.foundation.accounts.models import User
from parvis.foundation.accounts.rules import allow_acts
from parvis.register.actions import amend_record, enter_record
from parvis.register.actions.revising import revise_record
from parvis.register.entry import Entry, Facts
from parvis.register.ordering import known_date


@transaction.atomic
def enter_promise(*, entry: Entry, facts: Facts, by: User, at: datetime) -> Promise:
    """Enter a promise with what was said or found of it since.

    Raises TargetUnmeasured, KeptWithoutEvidence, DisputedByNobody, PromiseMoveRefused, StepsOutOfOrder, NoDeadline,
    DeadlineNotPassed, EvidenceIsItself and BindsTheCity, besides what the register refuses.
    """
    return _sound(enter_record(Promise, entry=entry, facts=facts, by=by, at=at), before=Counter(), by=by)


@transaction.atomic
def amend_promise(
    *, record: Promise, entry: Entry, facts: Facts, seen_revision: int, by: User, at: datetime
) -> Promise:
    """Correct what is known of a promise; what it was stays in its history. Raises as entering it does."""
    before = _acts(record)
    amended = amend_record(record, entry=entry, facts=facts, seen_revision=seen_revision, by=by, at=at)
    return _sound(amended, before=before, by=by)


@transaction.atomic
def record_step(*, promise: Promise, step: Facts, by: User, at: datetime, seen_revision: int | None = None) -> Promise:
    """Record what was said or found of a promise on a day. Raises as entering it does."""
    state = PromiseState(step["state"])

    def add(content: dict[str, Any]) -> None:
        content.setdefault("steps", []).append(dict(step))

    before = _acts(promise)
    revised = revise_record(promise, change=add, verb=f"promise {state}", by=by, at=at, seen_revision=seen_revision)
    return _sound(revised, before=before, by=by)


def keep_promise(
    *, promise: Promise, day: str, evidence: Iterable[str], by: User, at: datetime, **more: Any
) -> Promise:
    """Settle that a promise was kept, with the records that show it. Raises KeptWithoutEvidence."""
    return _step(promise, PromiseState.KEPT, day, by, at, evidence=list(evidence), **more)


def dispute_promise(
    *, promise: Promise, day: str, words: Mapping[str, str], by: User, at: datetime, **more: Any
) -> Promise:
    """Record that someone, or a source, disputes what is said of a promise. Raises DisputedByNobody."""
    return _step(promise, PromiseState.DISPUTED, day, by, at, words=dict(words), **more)


def pass_deadline(*, promise: Promise, by: User, at: datetime, **more: Any) -> Promise:
    """Record that the deadline went by. Raises NoDeadline and DeadlineNotPassed."""
    return _step(promise, PromiseState.DEADLINE_PASSED, at.date().isoformat(), by, at, **more)


def _step(promise: Promise, state: PromiseState, day: str, by: User, at: datetime, **more: Any) -> Promise:
    seen_revision = more.pop("seen_revision", None)
    said_by = more.pop("said_by", None)
    step = {"state": state.value, "day": day, **more} | ({"by": said_by} if said_by else {})
    return record_step(promise=promise, step=step, by=by, at=at, seen_revision=seen_revision)


def _acts(promise: Promise) -> Counter[PromiseState]:
    """What a promise tells of in the city's name. Two sources on one step tell of one act."""
    return Counter(PromiseState(state) for state, _told in groupby(promise.steps.values_list("state", flat=True)))


def _sound(promise: Promise, *, before: Counter[PromiseState], by: User) -> Promise:
    """What must hold of a promise beyond what a table can say, and who may say it."""
    allow_acts(by, before, _acts(promise), BINDING)
    if promise.subject.kind == TARGET and not (promise.measure_id and promise.deadline):
        raise TargetUnmeasured
    steps = list(promise.steps.prefetch_related("evidence"))
    for step in steps:
        _bears_out(promise, step)
    for now, then in pairwise(steps):
        _in_turn(now, then)
    return promise


def _bears_out(promise: Promise, step: PromiseStep) -> None:
    evidence = [line.record_id for line in step.evidence.all()]
    if promise.subject_id in evidence:
        raise EvidenceIsItself
    if step.state == PromiseState.KEPT and not evidence:
        raise KeptWithoutEvidence
    if step.state == PromiseState.DISPUTED and step.by_id is None and step.source_id is None:
        raise DisputedByNobody
    if step.state == PromiseState.DEADLINE_PASSED:
        _deadline_passed(promise, step)


def _deadline_passed(promise: Promise, step: PromiseStep) -> None:
    deadline, day = known_date(promise.deadline), known_date(step.day)
    if deadline is None:
        raise NoDeadline
    if day and day.latest and deadline.latest and day.latest <= deadline.latest:
        raise DeadlineNotPassed(deadline=promise.deadline, day=step.day)


def _in_turn(now: PromiseStep, then: PromiseStep) -> None:
    before, after = known_date(now.day), known_date(then.day)
    if before and after and before.earliest and after.latest and after.latest < before.earliest:
        raise StepsOutOfOrder(
            now=now.get_state_display(), now_day=now.day, then=then.get_state_display(), then_day=then.day
        )
    if now.state == then.state and now.source_id != then.source_id:
        return  # two sources say the same of it
    if then.state not in PROMISE_MOVES[PromiseState(now.state)]:
        raise PromiseMoveRefused(now=now.get_state_display(), then=then.get_state_display())
