"""Reads of the encounters' room, each named for what it returns."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, QuerySet

from parvis.domain.encounters.enums import TO_COME, MissionState, Recurrence
from parvis.domain.encounters.models import Event, EventOrganiser, EventParticipant, Mission, MissionMember
from parvis.domain.projects.enums import ProjectStage
from parvis.domain.projects.models import Project
from parvis.foundation.values.partial_date import PartialDate
from parvis.register.models import Subject
from parvis.register.ordering import known_date


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An event on the calendar: once, or one of the times it comes back."""

    event: Event
    when: PartialDate


def all_events() -> QuerySet[Event]:
    """Events with who holds them and who takes part."""
    return (
        Event.objects.select_related("subject", "place")
        .prefetch_related(
            Prefetch("organisers", EventOrganiser.objects.select_related("body")),
            Prefetch("participants", EventParticipant.objects.select_related("body")),
        )
        .order_by("starts", "subject__key")
    )


def all_missions() -> QuerySet[Mission]:
    """Missions with those who went."""
    return (
        Mission.objects.select_related("subject", "destination", "payer")
        .prefetch_related(Prefetch("members", MissionMember.objects.select_related("who")))
        .order_by("starts", "subject__key")
    )


def calendar_between(first: date, last: date) -> list[Occurrence]:
    """What is on from one day to another, both included, those that come back every year with the rest."""
    found: list[Occurrence] = []
    for event in all_events():
        found.extend(Occurrence(event, when) for when in times_of(event, first, last))
    return sorted(found, key=lambda occurrence: (occurrence.when.sort_key, occurrence.event.key))


def times_of(event: Event, first: date, last: date) -> list[PartialDate]:
    """The times of an event that may fall in a stretch of days, both ends included."""
    starts = known_date(event.starts)
    if event.recurs == Recurrence.YEARLY and event.recurs_on:
        times = [_yearly(event.recurs_on, year) for year in range(first.year, last.year + 1)]
        begun = [when for when in times if starts is None or not _before(when, starts)]
        return [when for when in begun if _meets(when, when, first, last)]
    if starts is None:
        return []
    return [starts] if _meets(starts, known_date(event.ends) or starts, first, last) else []


def events_past_their_day(on: date) -> list[Event]:
    """Events still spoken of as to come whose last day has gone by."""
    return [
        event
        for event in all_events().to_come()  # type: ignore[attr-defined]  # our own queryset
        if _gone_by(event.ends or event.starts, on)
    ]


def missions_past_their_day(on: date) -> list[Mission]:
    """Missions still said to be planned whose last day has gone by."""
    return [
        mission
        for mission in all_missions().filter(state=MissionState.PLANNED)
        if _gone_by(mission.ends or mission.starts, on)
    ]


def missions_by_origin() -> dict[str, list[Mission]]:
    """Missions sorted by where the idea came from."""
    sorted_out: dict[str, list[Mission]] = {}
    for mission in all_missions():
        sorted_out.setdefault(mission.origin, []).append(mission)
    return sorted_out


def events_with(body: Subject) -> list[Event]:
    """Events a body holds or takes part in."""
    return [
        event
        for event in all_events()
        if body.pk in {line.body_id for line in event.organisers.all()}
        or body.pk in {line.body_id for line in event.participants.all()}
    ]


def partners_of_late(on: date, within: timedelta = timedelta(days=3 * 366)) -> set[int]:
    """Places and bodies with which something was done in that time: a running project, an event, a mission."""
    since = on - within
    running = Project.objects.filter(stage=ProjectStage.RUNNING)
    found: set[int | None] = set()
    for project in (one for one in running if _in_time(one.stage_as_of, since, on)):
        found |= set(project.places.values_list("place", flat=True))
        found |= set(project.partners.values_list("body", flat=True))
    for event in all_events():
        if _in_time(event.starts, since, on) and event.state not in TO_COME:
            found.add(event.place_id)
            found |= {one.body_id for one in event.organisers.all()} | {one.body_id for one in event.participants.all()}
    for mission in all_missions():
        if _in_time(mission.starts, since, on) and mission.state != MissionState.PLANNED:
            found |= {mission.destination_id, *(one.who_id for one in mission.members.all())}
    return {key for key in found if key is not None}


def _in_time(day: str, since: date, on: date) -> bool:
    known = known_date(day)
    return bool(known and known.earliest and known.latest and known.latest >= since and known.earliest <= on)


def _yearly(recurs_on: str, year: int) -> PartialDate:
    month, _dash, day = recurs_on[2:].partition("-")
    if not day:
        return PartialDate.parse(f"{year:04}-{month}")
    last = calendar.monthrange(year, int(month))[1]
    return PartialDate.parse(f"{year:04}-{month}-{min(int(day), last):02}")


def _before(when: PartialDate, start: PartialDate) -> bool:
    return when.latest is not None and start.earliest is not None and when.latest < start.earliest


def _meets(starts: PartialDate, ends: PartialDate, first: date, last: date) -> bool:
    begins, finishes = starts.earliest, ends.latest
    return (begins is None or begins <= last) and (finishes is None or first <= finishes)


def _gone_by(day: str, on: date) -> bool:
    when = known_date(day)
    return when is not None and when.latest is not None and when.latest < on
