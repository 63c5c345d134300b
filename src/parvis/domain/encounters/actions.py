"""What is done with events and missions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from parvis.domain.encounters.enums import EVENT_MOVES, EventState, MissionState
from parvis.domain.encounters.errors import (
    AlreadyHeld,
    DayMissing,
    EventMoveRefused,
    HeldInTheFuture,
    NobodyWent,
)
from parvis.domain.encounters.models import Event, Mission
from parvis.foundation.accounts.models import User
from parvis.register.actions import amend_record, enter_record
from parvis.register.actions.revising import revise_record
from parvis.register.entry import Entry, Facts
from parvis.register.ordering import known_date

_DONE = frozenset({EventState.HELD, EventState.HOSTED})


@transaction.atomic
def enter_event(*, entry: Entry, facts: Facts, by: User, at: datetime) -> Event:
    """Enter an event with who holds it and who takes part. Raises HeldInTheFuture."""
    return _sound_event(enter_record(Event, entry=entry, facts=facts, by=by, at=at), at)


@transaction.atomic
def amend_event(*, record: Event, entry: Entry, facts: Facts, seen_revision: int, by: User, at: datetime) -> Event:
    """Correct what is known of an event. Raises HeldInTheFuture."""
    return _sound_event(amend_record(record, entry=entry, facts=facts, seen_revision=seen_revision, by=by, at=at), at)


@transaction.atomic
def move_event(
    *, event: Event, state: str, as_of: str, by: User, at: datetime, seen_revision: int | None = None
) -> Event:
    """Record what became of an event: planned, won, held. Raises AlreadyHeld and EventMoveRefused."""
    if not as_of:
        raise DayMissing
    then = EventState(state)

    def move(content: dict[str, Any]) -> None:
        now = EventState(content.get("state") or EventState.UNKNOWN)
        if now in _DONE:
            raise AlreadyHeld
        if then not in EVENT_MOVES[now]:
            raise EventMoveRefused(now=now.label, then=then.label)
        content |= {"state": then.value, "state_as_of": as_of}

    return _sound_event(
        revise_record(event, change=move, verb=f"event {then}", by=by, at=at, seen_revision=seen_revision), at
    )


@transaction.atomic
def enter_mission(*, entry: Entry, facts: Facts, by: User, at: datetime) -> Mission:
    """Enter a mission with those who went. Raises HeldInTheFuture."""
    return _sound_mission(enter_record(Mission, entry=entry, facts=facts, by=by, at=at), at)


@transaction.atomic
def amend_mission(
    *, record: Mission, entry: Entry, facts: Facts, seen_revision: int, by: User, at: datetime
) -> Mission:
    """Correct what is known of a mission. Raises HeldInTheFuture."""
    return _sound_mission(amend_record(record, entry=entry, facts=facts, seen_revision=seen_revision, by=by, at=at), at)


@transaction.atomic
def hold_mission(
    *, mission: Mission, starts: str, by: User, at: datetime, ends: str = "", seen_revision: int | None = None
) -> Mission:
    """Record that a mission was made. Raises AlreadyHeld, NobodyWent and HeldInTheFuture."""
    if not starts:
        raise DayMissing

    def hold(content: dict[str, Any]) -> None:
        if content.get("state") == MissionState.HELD:
            raise AlreadyHeld
        if not content.get("members"):
            raise NobodyWent
        content |= {"state": MissionState.HELD.value, "starts": starts, "ends": ends}

    return _sound_mission(
        revise_record(mission, change=hold, verb="mission held", by=by, at=at, seen_revision=seen_revision),
        at,
    )


def _sound_event(event: Event, at: datetime) -> Event:
    if event.state in _DONE and not event.recurs:
        _has_come(event.starts, at.date())
    return event


def _sound_mission(mission: Mission, at: datetime) -> Mission:
    if mission.state == MissionState.HELD:
        _has_come(mission.starts, at.date())
    return mission


def _has_come(day: str, today: date) -> None:
    when = known_date(day)
    if when is not None and when.earliest is not None and today < when.earliest:
        raise HeldInTheFuture(day=day)


#: The noun of each kind of record of this room, its model, and how it is entered and amended.
ENTRANCES = {
    Event.noun: (Event, enter_event, amend_event),
    Mission.noun: (Mission, enter_mission, amend_mission),
}
