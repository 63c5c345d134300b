"""Reads of the honours' room, each named for what it returns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, QuerySet

from parvis.domain.honours.enums import HonourStepKind
from parvis.domain.honours.models import (
    Commemoration,
    CommemorationAct,
    Honour,
    HonourOutcome,
    HonourStep,
    Memorial,
)
from parvis.foundation.values.partial_date import PartialDate, Precision
from parvis.register.models import Subject
from parvis.register.ordering import known_date

#: Anniversaries a city marks more than the others.
_QUARTER = 25
_DECADE = 10


@dataclass(frozen=True, slots=True)
class Anniversary:
    """An anniversary: of what, how many years, when. ``round`` ones are proposed."""

    commemoration: Commemoration
    years: int
    when: PartialDate
    round: bool


@dataclass(frozen=True, slots=True)
class Title:
    """A title with the days sources give its award, and what came after."""

    honour: Honour
    awarded: tuple[PartialDate, ...]
    outcomes: tuple[HonourOutcome, ...]

    @property
    def sources_disagree(self) -> bool:
        """Whether no single day fits what all sources say."""
        firsts = [when.earliest for when in self.awarded if when.earliest]
        lasts = [when.latest for when in self.awarded if when.latest]
        return bool(firsts and lasts) and max(firsts) > min(lasts)


def all_honours() -> QuerySet[Honour]:
    """Honours with their steps and what came after."""
    return (
        Honour.objects.select_related("subject", "honoree", "awarded_by")
        .prefetch_related(
            Prefetch("steps", HonourStep.objects.select_related("source")),
            Prefetch("outcomes", HonourOutcome.objects.select_related("source")),
        )
        .order_by("subject__key")
    )


def titles_with_outcomes() -> list[Title]:
    """Every title given, the latest first, with what became of the person."""
    titles = []
    for honour in all_honours():
        awarded = [step for step in honour.steps.all() if step.step == HonourStepKind.AWARDED]
        if awarded:
            days = tuple(sorted(PartialDate.parse(step.day) for step in awarded if step.day))
            titles.append(Title(honour, days, tuple(honour.outcomes.all())))
    titles.sort(key=lambda title: title.honour.key)
    titles.sort(key=lambda title: title.awarded[0].sort_key if title.awarded else "", reverse=True)
    return titles


def honours_in_preparation() -> list[Honour]:
    """Nominations that have not become a title."""
    done = {HonourStepKind.AWARDED, HonourStepKind.CEREMONY}
    return [honour for honour in all_honours() if not any(step.step in done for step in honour.steps.all())]


def all_commemorations() -> QuerySet[Commemoration]:
    """Commemorations with what was done for them."""
    acts = CommemorationAct.objects.select_related("source")
    return (
        Commemoration.objects.select_related("subject")
        .prefetch_related(Prefetch("acts", acts))
        .order_by("subject__key")
    )


def coming_anniversaries(on: date, within: timedelta) -> list[Anniversary]:
    """Anniversaries that fall, or may fall, from that day on and within that time, the soonest first."""
    last = on + within
    found = []
    for commemoration in all_commemorations():
        for year in range(on.year, last.year + 1):
            anniversary = anniversary_in(commemoration, year)
            if anniversary and _may_fall(anniversary.when, on, last):
                found.append(anniversary)
    return sorted(found, key=lambda coming: (coming.when.sort_key, coming.commemoration.key))


def anniversary_in(commemoration: Commemoration, year: int) -> Anniversary | None:
    """The anniversary in a year, as precise as the day remembered; None before there is one."""
    event = known_date(commemoration.event_day)
    if event is None or event.earliest is None or year <= event.earliest.year:
        return None
    return Anniversary(
        commemoration,
        years=year - event.earliest.year,
        when=_in_year(event, year),
        round=is_round(year - event.earliest.year),
    )


def is_round(years: int) -> bool:
    """Whether a city would mark so many years more than others: tens, quarters of a century, the fifth."""
    return years == _DECADE // 2 or years % _DECADE == 0 or years % _QUARTER == 0


def memorials_by_event() -> dict[Subject | None, list[Memorial]]:
    """Memorials sorted by what they remember; those tied to no commemoration come under None."""
    sorted_out: dict[Subject | None, list[Memorial]] = {}
    for memorial in Memorial.objects.select_related("subject", "place", "remembers").order_by(
        "remembers__key", "subject__key"
    ):
        sorted_out.setdefault(memorial.remembers, []).append(memorial)
    return sorted_out


def _in_year(event: PartialDate, year: int) -> PartialDate:
    if event.precision == Precision.YEAR or event.earliest is None:
        return PartialDate.parse(f"{year:04}")
    month, day = event.earliest.month, event.earliest.day
    if event.precision == Precision.MONTH:
        return PartialDate.parse(f"{year:04}-{month:02}")
    if event.precision == Precision.INTERVAL:
        return _interval_in_year(event, year)
    return PartialDate.parse(
        f"{year:04}-02-28" if (month, day) == (2, 29) and not _leap(year) else f"{year:04}-{month:02}-{day:02}"
    )


def _interval_in_year(event: PartialDate, year: int) -> PartialDate:
    """An event that lasted is remembered from the month it began in; one of several years, in the year."""
    start, _slash, _end = event.text.partition("/")
    return _in_year(PartialDate.parse(start), year)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _may_fall(when: PartialDate, first: date, last: date) -> bool:
    return when.earliest is not None and when.latest is not None and when.earliest <= last and first <= when.latest
