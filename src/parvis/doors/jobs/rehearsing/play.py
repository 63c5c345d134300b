"""The whole rehearsal: a call played from filing to recovery, left on its way in places, and another still open."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import IntEnum

from django.db import transaction
from django.utils import timezone

from parvis.domain.funding import actions
from parvis.domain.funding.models import Application, Grant

from . import accounting, aiding, filing, giving, judging, people, publishing
from .calendar import Calendar
from .requests import Request, drawn, requests, voted_in_all
from .stage import Stage, set_up

Tell = Callable[[str], None]
#: What the council votes beyond what it gives: something is left to try with.
_BEYOND = Decimal(500_000)
_ROUND = 25
#: Requests in the open call; the first of them are drafts, the next are sent, sent back, and then under review.
_PRACTICE, _WRITTEN, _SENT, _SENT_BACK, _READ = 24, 3, 6, 9, 12


@dataclass(frozen=True, slots=True)
class Played:
    """What there is when the play is over."""

    files: int
    grants: int
    voted: Decimal
    conventions: int
    recovered: Decimal
    practice: int


@transaction.atomic
def play(at: datetime, tell: Tell = lambda _said: None) -> Played:
    """Play it all, or nothing of it."""
    calendar = Calendar(timezone.localtime(at, timezone.get_default_timezone()).date())
    cast = people.cast(calendar.filed)
    stage = set_up(cast, calendar, envelope=voted_in_all(drawn()) + _BEYOND)
    aiding.aided(cast, at)  # before any order of the call waits: finance is handed all that waits
    counter = filing.Counter(cast)
    by_file, by_number = _filed(stage, counter)
    tell(f"{len(by_file)} requests are filed.")
    grants = _decided(stage, by_file, tell)
    bound = _bound(stage, grants)
    _paid(stage, grants, bound)
    tell(f"{len(bound)} conventions are signed, and the council's grants paid but for those left on their way.")
    back = _accounted(stage, grants)
    publishing.made_public(grants, by_number, by=cast.publisher, at=calendar.settled)
    practice = _practised(stage, counter, at)
    return Played(len(by_file), len(grants), voted_in_all(by_file.values()), len(bound), back, practice)


def _filed(stage: Stage, counter: filing.Counter) -> tuple[dict[str, Request], dict[str, Request]]:
    files = counter.file(stage.call, drawn(), stage.calendar.filed)
    return (
        {str(files[one.line].pk): one for one in drawn()},
        {str(files[one.line].number): one for one in drawn()},
    )


def _decided(stage: Stage, by_file: dict[str, Request], tell: Tell) -> list[Grant]:
    cast, days = stage.cast, stage.calendar
    judging.made_eligible(stage.call.applications.all(), cast, days.read)
    judging.shared(stage.call, cast, days.read)
    judging.read(stage.call, by_file, days.read)
    actions.rank_files(call=stage.call, by=cast.officer, at=days.read)
    tell("Every file is read by two people and ranked.")
    scenario = judging.scenario_of(stage.call, by_file, cast, days.proposed)
    giving.answered(judging.selected(scenario, by_file, cast, days.proposed), stage)
    tell("The council has answered.")
    return list(
        Grant.objects.filter(file__in=_numbers(stage)).select_related("subject", "beneficiary").order_by("file")
    )


def _numbers(stage: Stage) -> list[str]:
    return [str(number) for number in stage.call.applications.values_list("number", flat=True)]


class Left(IntEnum):
    """What a grant is left for somebody to do; nothing where it is played to its end."""

    PLAN = 1
    SIGN = 2
    HAND_OVER = 3
    ANSWER = 4
    TELL = 5
    READ_STORY = 6
    READ_ACCOUNTS = 7
    SETTLE = 8
    CLOSE = 9
    NOTHING = 10


def left_for(grant: Grant) -> Left:
    """Of grants that follow one another, nine in twenty-five are left on their way, each at another step.

    One that whoever plays awarded without a file is not of these.
    """
    number = grant.file.rpartition("-")[2]
    place = int(number) % _ROUND if number.isdigit() else 0
    return Left(place) if Left.PLAN <= place <= Left.CLOSE else Left.NOTHING


def _at(step: Left, grants: Iterable[Grant]) -> list[Grant]:
    return [grant for grant in grants if left_for(grant) == step]


def _past(step: Left, grants: Iterable[Grant]) -> list[Grant]:
    """The grants for which this step is played."""
    return [grant for grant in grants if left_for(grant) > step]


def _bound(stage: Stage, grants: list[Grant]) -> list[Grant]:
    giving.drawn_up(_at(Left.SIGN, grants), stage)
    return giving.under_convention(_past(Left.SIGN, grants), stage)


def _paid(stage: Stage, grants: list[Grant], bound: list[Grant]) -> None:
    days, left = stage.calendar, {grant.pk: left_for(grant) for grant in grants}
    instalments = giving.planned(_past(Left.PLAN, grants), bound, stage)
    first = [one for one in instalments if one.position == 1]
    second = [one for one in instalments if one.position > 1 and left[one.grant_id] > Left.READ_STORY]
    orders = giving.ordered([one for one in first if left[one.grant_id] > Left.ANSWER], stage, days.paid)
    giving.paid(orders, days.paid, by=stage.cast.finance)
    accounting.told(_past(Left.READ_STORY, grants), stage)
    for grant in _at(Left.READ_STORY, grants):
        accounting.narrative(grant, stage)
    orders = giving.ordered(second, stage, days.paid_again)
    giving.paid(orders, days.paid_again, by=stage.cast.finance)
    giving.handed_over([one for one in first if left[one.grant_id] == Left.ANSWER], stage, days.paid_again)
    giving.ordered([one for one in first if left[one.grant_id] == Left.HAND_OVER], stage, days.paid_again)


def _accounted(stage: Stage, grants: list[Grant]) -> Decimal:
    accounting.accounted(_past(Left.READ_ACCOUNTS, grants), stage)
    for grant in _at(Left.READ_ACCOUNTS, grants):
        accounting.financial(grant, stage)
    back = accounting.recovered(_past(Left.SETTLE, grants), stage)
    accounting.claimed(_at(Left.SETTLE, grants), stage)
    accounting.closed(_past(Left.CLOSE, grants), stage)
    return back


def _practised(stage: Stage, counter: filing.Counter, at: datetime) -> int:
    """The open call, with requests of 2013 that were not drawn: drafts, files sent, sent back, and under review."""
    begun = at - timedelta(days=10)
    some = [one for one in requests() if not one.drawn][:_PRACTICE]
    files: list[Application] = [
        counter.begun(stage.open_call, one, begun, whole=place >= _WRITTEN) for place, one in enumerate(some)
    ]
    for file in files[_SENT:]:
        counter.sent(file, begun + timedelta(days=1))
    for file in files[_SENT_BACK:_READ]:
        actions.take_step(
            application=file.pk, code="ask", by=stage.cast.officer, at=begun + timedelta(days=2),
            reason="Répétition : un résumé de trois lignes manque.",
        )  # fmt: skip
    judging.made_eligible(files[_READ:], stage.cast, begun + timedelta(days=2))
    judging.shared(stage.open_call, stage.cast, begun + timedelta(days=3))
    return len(files)
