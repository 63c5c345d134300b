"""Memberships read as of a day, and the networks a member joined, year by year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, QuerySet

from parvis.domain.partnerships.enums import JOINED, OUT, MembershipStatus
from parvis.domain.partnerships.models import Membership, MembershipFiling, MembershipPeriod
from parvis.foundation.values.certainty import Certainty, begun_by, holds_on
from parvis.foundation.values.partial_date import PartialDate
from parvis.register.models import Subject
from parvis.register.ordering import known_date


@dataclass(frozen=True, slots=True)
class Held:
    """A status a membership has on a day, and how sure that is."""

    membership: Membership
    status: MembershipStatus
    answer: Certainty


@dataclass(frozen=True, slots=True)
class YearOfJoining:
    """The networks joined in a year; the year is None where no source gives it."""

    year: int | None
    memberships: tuple[Membership, ...]


def all_memberships() -> QuerySet[Membership]:
    """Memberships with all that is needed to say what they are on a day."""
    statuses = MembershipPeriod.objects.select_related("source__source")
    return (
        Membership.objects.select_related("subject", "network", "member")
        .prefetch_related(Prefetch("statuses", statuses))
        .order_by("subject__key")
    )


def memberships_on(day: date, *, member: Subject | None = None, network: Subject | None = None) -> list[Held]:
    """Who stands how in which network on that day; those who left, or had not come, are not there."""
    found = all_memberships()
    if member is not None:
        found = found.of_member(member)  # type: ignore[attr-defined]  # our own queryset
    if network is not None:
        found = found.in_network(network)  # type: ignore[attr-defined]  # our own queryset
    held = (status_on(membership, day) for membership in found)
    return [row for row in held if row is not None and row.status not in OUT]


def status_on(membership: Membership, day: date) -> Held | None:
    """The status on that day: the one that surely holds, or the last that may; None before any."""
    answers = [(period, _holds(period, start, end, day)) for period, start, end in periods_of(membership)]
    for wanted in (Certainty.YES, Certainty.NOT_KNOWN):
        for period, answer in reversed(answers):
            if answer == wanted:
                return Held(membership, MembershipStatus(period.status), answer)
    return None


def periods_of(
    membership: Membership,
) -> list[tuple[MembershipPeriod, PartialDate | None, PartialDate | None]]:
    """Each status with its beginning and its end. An open end lasts until the next status begins."""
    periods = list(membership.statuses.all())
    starts = [start_of(period) for period in periods]
    return [
        (period, start, known_date(period.valid_to) or following)
        for period, start, following in zip(periods, starts, [*starts[1:], None], strict=True)
    ]


def start_of(period: MembershipPeriod) -> PartialDate | None:
    """When a status began: its day, or by the day of its source, or not known."""
    if period.valid_from:
        return PartialDate.parse(period.valid_from)
    source = getattr(period.source, "source", None)
    written = known_date(source.date) if source else None
    return PartialDate.parse(f"../{written.latest}") if written and written.latest else None


def joined(membership: Membership) -> PartialDate | None:
    """When the member joined: the beginning of its first status from within. None if it never did."""
    entered = [period for period in membership.statuses.all() if period.status in JOINED]
    return known_date(entered[0].valid_from) if entered else None


def networks_by_year(member: Subject) -> list[YearOfJoining]:
    """Networks a member joined, by year; those whose year is not known come last."""
    by_year: dict[int | None, list[Membership]] = {}
    for membership in all_memberships().of_member(member):  # type: ignore[attr-defined]  # our own queryset
        if any(period.status in JOINED for period in membership.statuses.all()):
            when = joined(membership)
            by_year.setdefault(when.year if when else None, []).append(membership)
    ordered = sorted(by_year.items(), key=lambda found: (found[0] is None, found[0] or 0))
    return [
        YearOfJoining(year, tuple(sorted(rows, key=lambda row: (joined_key(row), row.key)))) for year, rows in ordered
    ]


def networks_joined(
    member: Subject, since: date | None, until: date | None, *, themes: frozenset[str] = frozenset()
) -> list[Membership]:
    """Networks surely joined from one day to another, the last excluded; of these themes, if any."""
    found = []
    for membership in all_memberships().of_member(member).select_related("network"):  # type: ignore[attr-defined]
        when = joined(membership)
        if when is None or (themes and not themes & set(membership.network.themes)):
            continue
        begun = since is None or (when.earliest is not None and when.earliest >= since)
        in_time = until is None or (when.latest is not None and when.latest < until)
        if begun and in_time:
            found.append(membership)
    return sorted(found, key=lambda row: (joined_key(row), row.key))


def members_of(network: Subject, on: date) -> list[Membership]:
    """Those who are surely in a network on that day."""
    return [
        row.membership
        for row in memberships_on(on, network=network)
        if row.status in JOINED and row.answer == Certainty.YES
    ]


def filings_to_compare(on: date, after: timedelta) -> list[MembershipFiling]:
    """What is filed in a register of others and was surely not compared with our records for so long; or ever."""
    found = []
    for filing in MembershipFiling.objects.select_related("owner__subject", "initiative").order_by("owner", "position"):
        known = known_date(filing.compared or filing.filed)
        if known is None or (known.latest is not None and known.latest < on - after):
            found.append(filing)
    return found


def joined_key(membership: Membership) -> str:
    """Sorts memberships by when they began."""
    when = joined(membership)
    return when.sort_key if when else ""


def _holds(period: MembershipPeriod, start: PartialDate | None, end: PartialDate | None, day: date) -> Certainty:
    answer = holds_on(start, end, day)
    unknown_start = not period.valid_from and start is None
    over = end is not None and begun_by(end, day) == Certainty.YES
    return Certainty.NOT_KNOWN if unknown_start and not over else answer
