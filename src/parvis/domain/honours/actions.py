"""What is done with honours, memorials and commemorations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db import transaction

from parvis.domain.honours.enums import STEP_ORDER, ActState, HonourStepKind
from parvis.domain.honours.errors import (
    ActBeforeEvent,
    AlreadyAwarded,
    CauseWithoutProof,
    DayMissing,
    DaysOutOfOrder,
    StepsOutOfOrder,
)
from parvis.domain.honours.models import Commemoration, Honour, HonourStep, Memorial
from parvis.domain.honours.rules import BINDING
from parvis.foundation.accounts.models import User
from parvis.foundation.accounts.rules import allow_acts
from parvis.register.actions import amend_record, enter_record
from parvis.register.actions.revising import revise_record
from parvis.register.entry import Entry, Facts
from parvis.register.ordering import known_date

#: Words that tell a cause. What follows a title is told *after* it.
_CAUSE = re.compile(
    r"\b(?:because|thanks to|due to|owing to|as a result|led to|parce qu|grâce à|à cause d|en raison d"
    r"|du fait d|gracias a|debido a|porque|por causa d|graças a)",
    re.IGNORECASE,
)


@transaction.atomic
def enter_honour(*, entry: Entry, facts: Facts, by: User, at: datetime) -> Honour:
    """Enter a title or a prize with its steps and what came after.

    Raises StepsOutOfOrder, DaysOutOfOrder, CauseWithoutProof and BindsTheCity.
    """
    return _sound(enter_record(Honour, entry=entry, facts=facts, by=by, at=at), before=Counter(), by=by)


@transaction.atomic
def amend_honour(*, record: Honour, entry: Entry, facts: Facts, seen_revision: int, by: User, at: datetime) -> Honour:
    """Correct what is known of an honour. Raises as entering it does."""
    before = _acts(record)
    amended = amend_record(record, entry=entry, facts=facts, seen_revision=seen_revision, by=by, at=at)
    return _sound(amended, before=before, by=by)


@transaction.atomic
def record_honour_step(
    *,
    honour: Honour,
    step: str,
    day: str,
    by: User,
    at: datetime,
    seen_revision: int | None = None,
    **place: Any,
) -> Honour:
    """Take a nomination one step further: opinion, vote, award, ceremony."""
    if not day:
        raise DayMissing
    kind = HonourStepKind(step)

    def add(content: dict[str, Any]) -> None:
        steps = content.setdefault("steps", [])
        if kind == HonourStepKind.AWARDED and any(line["step"] == kind for line in steps):
            raise AlreadyAwarded
        steps.append({"step": kind.value, "day": day, **place})

    return _revised(honour, change=add, verb=f"honour {kind}", by=by, at=at, seen_revision=seen_revision)


@transaction.atomic
def record_outcome(
    *, honour: Honour, outcome: Facts, by: User, at: datetime, seen_revision: int | None = None
) -> Honour:
    """Record what became of the honoured person, with the source that says so. Raises CauseWithoutProof."""

    def add(content: dict[str, Any]) -> None:
        content.setdefault("outcomes", []).append(dict(outcome))

    return _revised(honour, change=add, verb="outcome recorded", by=by, at=at, seen_revision=seen_revision)


@transaction.atomic
def enter_memorial(*, entry: Entry, facts: Facts, by: User, at: datetime) -> Memorial:
    """Enter a memorial."""
    return enter_record(Memorial, entry=entry, facts=facts, by=by, at=at)


@transaction.atomic
def amend_memorial(
    *, record: Memorial, entry: Entry, facts: Facts, seen_revision: int, by: User, at: datetime
) -> Memorial:
    """Correct what is known of a memorial."""
    return amend_record(record, entry=entry, facts=facts, seen_revision=seen_revision, by=by, at=at)


@transaction.atomic
def enter_commemoration(*, entry: Entry, facts: Facts, by: User, at: datetime) -> Commemoration:
    """Enter what is remembered, with what was done for it. Raises ActBeforeEvent."""
    return _remembered_after(enter_record(Commemoration, entry=entry, facts=facts, by=by, at=at))


@transaction.atomic
def amend_commemoration(
    *, record: Commemoration, entry: Entry, facts: Facts, seen_revision: int, by: User, at: datetime
) -> Commemoration:
    """Correct what is known of a commemoration. Raises ActBeforeEvent."""
    return _remembered_after(amend_record(record, entry=entry, facts=facts, seen_revision=seen_revision, by=by, at=at))


@transaction.atomic
def record_act(
    *,
    commemoration: Commemoration,
    day: str,
    words: Mapping[str, str],
    by: User,
    at: datetime,
    state: str = ActState.HELD,
    seen_revision: int | None = None,
    **place: Any,
) -> Commemoration:
    """Log what was done this year to remember, or what is planned. Raises ActBeforeEvent."""
    if not day:
        raise DayMissing

    def add(content: dict[str, Any]) -> None:
        content.setdefault("acts", []).append({"day": day, "words": dict(words), "state": str(state), **place})

    return _remembered_after(
        revise_record(commemoration, change=add, verb="act recorded", by=by, at=at, seen_revision=seen_revision)
    )


def _revised(honour: Honour, *, by: User, **revision: Any) -> Honour:
    before = _acts(honour)
    return _sound(revise_record(honour, by=by, **revision), before=before, by=by)


def _acts(honour: Honour) -> Counter[HonourStepKind]:
    """What an honour tells of in the city's name. Two sources on one step tell of one act."""
    return Counter({HonourStepKind(step) for step in honour.steps.values_list("step", flat=True)})


def _sound(honour: Honour, *, before: Counter[HonourStepKind], by: User) -> Honour:
    """What must hold of an honour beyond what a table can say, and who may say it."""
    allow_acts(by, before, _acts(honour), BINDING)
    steps = list(honour.steps.all())
    for now, then in pairwise(steps):
        _in_turn(now, then)
    for outcome in honour.outcomes.all():
        for words in outcome.words.values():
            if _CAUSE.search(words):
                raise CauseWithoutProof(words=words)
    return honour


def _in_turn(now: HonourStep, then: HonourStep) -> None:
    if now.step == then.step:
        return  # two sources give the step two days: both stand
    if STEP_ORDER.index(HonourStepKind(then.step)) < STEP_ORDER.index(HonourStepKind(now.step)):
        raise StepsOutOfOrder(now=now.get_step_display(), then=then.get_step_display())
    before, after = known_date(now.day), known_date(then.day)
    if before and after and before.earliest and after.latest and after.latest < before.earliest:
        raise DaysOutOfOrder(
            now=now.get_step_display(), now_day=now.day, then=then.get_step_display(), then_day=then.day
        )


def _remembered_after(commemoration: Commemoration) -> Commemoration:
    event = known_date(commemoration.event_day)
    for act in commemoration.acts.all():
        day = known_date(act.day)
        if event and day and event.earliest and day.latest and day.latest < event.earliest:
            raise ActBeforeEvent(event_day=commemoration.event_day, day=act.day)
    return commemoration


#: The noun of each kind of record of this room, its model, and how it is entered and amended.
ENTRANCES = {
    Honour.noun: (Honour, enter_honour, amend_honour),
    Memorial.noun: (Memorial, enter_memorial, amend_memorial),
    Commemoration.noun: (Commemoration, enter_commemoration, amend_commemoration),
}
