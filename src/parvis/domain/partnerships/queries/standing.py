"""Whether an agreement binds on a day, read from its dated steps: yes, no, or not known.

A city's own papers often say that something was signed and not for how long. Past the last day a
source attests, such an agreement is neither in force nor ended: it is not known, and shown so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from parvis.domain.partnerships.enums import PIPELINE, RUNNING, AgreementState, Renewal
from parvis.domain.partnerships.models import Agreement, AgreementStep
from parvis.foundation.values.certainty import Certainty, agreed, begun_by
from parvis.foundation.values.partial_date import PartialDate
from parvis.register.ordering import known_date

_ONE_DAY = timedelta(days=1)
_GOES_ON = frozenset({Renewal.TACIT, Renewal.EVERGREEN})


@dataclass(frozen=True, slots=True)
class Step:
    """A step and when it happened; None where nobody knows."""

    state: AgreementState
    when: PartialDate | None


@dataclass(frozen=True, slots=True)
class Life:
    """All that decides whether an agreement binds on a day."""

    steps: tuple[Step, ...]
    in_force_from: PartialDate | None = None
    until: PartialDate | None = None
    term_years: int | None = None
    renewal: Renewal = Renewal.UNKNOWN

    @property
    def moves(self) -> tuple[Step, ...]:
        """The steps that change what the agreement is; a listing only attests."""
        return tuple(step for step in self.steps if step.state != AgreementState.LISTED)

    @property
    def attested_until(self) -> date | None:
        """The last day a source speaks of it as running, or lists it."""
        days = [
            step.when.latest
            for step in self.steps
            if step.when and step.when.latest and step.state in RUNNING | {AgreementState.LISTED}
        ]
        return max(days, default=None)


@dataclass(frozen=True, slots=True)
class Span:
    """From one day to another, the last excluded, the answer is the same. Open where None."""

    start: date | None
    end: date | None
    standing: Certainty


def life_of(agreement: Agreement) -> Life:
    """An agreement's life, from its steps. A day of signature without its step counts as one."""
    steps = [Step(AgreementState(step.state), moment_of(step)) for step in agreement.steps.all()]
    signed = known_date(agreement.signed)
    if signed and not any(step.state == AgreementState.SIGNED for step in steps):
        steps = _with_signature(steps, signed)
    return Life(
        steps=tuple(steps),
        in_force_from=known_date(agreement.in_force_from),
        until=known_date(agreement.until),
        term_years=agreement.term_years,
        renewal=Renewal(agreement.renewal),
    )


def standing_on(life: Life, day: date) -> Certainty:
    """Whether the agreement binds on that day."""
    if any(_listed_on(step, day) for step in life.steps) and not _settled_against(life, day):
        return Certainty.YES
    return agreed(_answer(life, place, day) for place in _possible(life.moves, day))


def spans_of(life: Life) -> list[Span]:
    """The whole of time cut where the answer changes."""
    cuts = sorted(_cuts(life))
    starts: list[date | None] = [None, *cuts]
    spans: list[Span] = []
    for start, end in zip(starts, [*cuts, None], strict=True):
        probe = start or (end - _ONE_DAY if end else date.max)
        standing = standing_on(life, probe)
        if spans and spans[-1].standing == standing:
            spans[-1] = Span(spans[-1].start, end, standing)
        else:
            spans.append(Span(start, end, standing))
    return spans


def end_of(life: Life) -> PartialDate | None:
    """The first day it no longer binds by its own terms: written, or counted from its term."""
    if life.until or life.term_years is None:
        return life.until
    start = next((step.when for step in reversed(life.moves) if step.state == AgreementState.RENEWED), None)
    start = start or life.in_force_from
    start = start or next((step.when for step in life.moves if step.state in RUNNING), None)
    return years_after(start, life.term_years) if start else None


def years_after(start: PartialDate, years: int) -> PartialDate:
    """The same date so many years later, no more precise than it was."""
    later = re.sub(r"\d{4}", lambda found: f"{int(found.group()) + years:04}", start.text)
    try:
        return PartialDate.parse(later)
    except ValueError:  # a 29 February that the later year does not have
        return PartialDate.parse(later.replace("-02-29", "-03-01"))


def moment_of(step: AgreementStep) -> PartialDate | None:
    """When a step happened: its day, or by the day of its source, or not known."""
    if step.day:
        return PartialDate.parse(step.day)
    source = getattr(step.source, "source", None)
    written = known_date(source.date) if source else None
    return PartialDate.parse(f"../{written.latest}") if written and written.latest else None


def _with_signature(steps: list[Step], signed: PartialDate) -> list[Step]:
    """Put the signature after the steps that lead to it."""
    place = next((n for n, step in enumerate(steps) if step.state not in PIPELINE), len(steps))
    return [*steps[:place], Step(AgreementState.SIGNED, signed), *steps[place:]]


def _listed_on(step: Step, day: date) -> bool:
    """A list that names the agreement holds on its own day."""
    when = step.when
    listed = step.state == AgreementState.LISTED and when is not None
    return listed and when.earliest is not None and when.latest is not None and when.earliest <= day <= when.latest  # type: ignore[union-attr]  # listed


def _settled_against(life: Life, day: date) -> bool:
    """Whether the agreement had surely been suspended or ended by then."""
    return any(
        life.moves[place].state in {AgreementState.ENDED, AgreementState.SUSPENDED}
        for place in _possible(life.moves, day)
        if place >= 0
    )


def _possible(moves: tuple[Step, ...], day: date) -> Iterable[int]:
    """Places of the steps that may be the latest one on that day; -1 is none of them yet."""
    happened = [begun_by(step.when, day) for step in moves]
    last = max((place for place, answer in enumerate(happened) if answer == Certainty.YES), default=-1)
    return [last, *(place for place in range(last + 1, len(moves)) if happened[place] == Certainty.NOT_KNOWN)]


def _answer(life: Life, place: int, day: date) -> Certainty:
    """The answer, were this step the latest."""
    if place < 0:
        first = life.moves[0].state if life.moves else None
        return (
            Certainty.NO
            if first in PIPELINE | {AgreementState.SIGNED, AgreementState.IN_FORCE}
            else Certainty.NOT_KNOWN
        )
    step = life.moves[place]
    more_to_come = place + 1 < len(life.moves)
    if step.state == AgreementState.VOTED and not more_to_come:
        return Certainty.NOT_KNOWN  # voted, and no source says whether it was signed
    if step.state not in RUNNING:
        return Certainty.NO
    return _running(life, step, day, more_to_come=more_to_come)


def _running(life: Life, step: Step, day: date, *, more_to_come: bool) -> Certainty:
    if step.state == AgreementState.SIGNED and life.in_force_from:
        started = begun_by(life.in_force_from, day)
        if started != Certainty.YES:
            return started
    end = end_of(life)
    over = begun_by(end, day) if end else Certainty.NO
    if life.renewal in _GOES_ON or (end and over == Certainty.NO) or (more_to_come and over == Certainty.NO):
        return Certainty.YES
    if end:
        return Certainty.NO if over == Certainty.YES and life.renewal == Renewal.FIXED else Certainty.NOT_KNOWN
    attested = life.attested_until
    return Certainty.YES if attested is not None and day <= attested else Certainty.NOT_KNOWN


def _cuts(life: Life) -> set[date]:
    """Every day on which the answer may change."""
    dates = [step.when for step in life.steps] + [life.in_force_from, end_of(life)]
    days = {day for when in dates if when for day in (when.earliest, when.latest) if day}
    after = {step.when.latest + _ONE_DAY for step in life.steps if step.when and step.when.latest}
    return days | after
