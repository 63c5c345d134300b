"""What is done with networks and the standing of their members."""

from __future__ import annotations

from datetime import datetime
from itertools import combinations
from typing import Any

from django.db import transaction

from parvis.domain.partnerships.enums import MembershipStatus
from parvis.domain.partnerships.errors import (
    AlreadyLeft,
    DayMissing,
    MemberOfItself,
    NoStatus,
    StatusesOverlap,
)
from parvis.domain.partnerships.models import Membership, MembershipPeriod, Network
from parvis.foundation.accounts.models import User
from parvis.register.actions import amend_record, enter_record
from parvis.register.actions.revising import revise_record
from parvis.register.entry import Entry, Facts
from parvis.register.ordering import known_date

_SPOKEN = {"from": "valid_from", "to": "valid_to"}


@transaction.atomic
def enter_network(*, entry: Entry, facts: Facts, by: User, at: datetime) -> Network:
    """Enter a network."""
    return enter_record(Network, entry=entry, facts=facts, by=by, at=at)


@transaction.atomic
def amend_network(
    *, record: Network, entry: Entry, facts: Facts, seen_revision: int, by: User, at: datetime
) -> Network:
    """Correct what is known of a network."""
    return amend_record(record, entry=entry, facts=facts, seen_revision=seen_revision, by=by, at=at)


@transaction.atomic
def enter_membership(*, entry: Entry, facts: Facts, by: User, at: datetime) -> Membership:
    """Enter the standing of a member in a network.

    Raises NoStatus, StatusesOverlap, AlreadyLeft and MemberOfItself, besides what the register refuses.
    """
    return _sound(enter_record(Membership, entry=entry, facts=as_written(facts), by=by, at=at))


@transaction.atomic
def amend_membership(
    *, record: Membership, entry: Entry, facts: Facts, seen_revision: int, by: User, at: datetime
) -> Membership:
    """Correct what is known of a membership. Raises as entering it does."""
    return _sound(amend_record(record, entry=entry, facts=as_written(facts), seen_revision=seen_revision, by=by, at=at))


@transaction.atomic
def change_status(
    *,
    membership: Membership,
    status: str,
    since: str,
    by: User,
    at: datetime,
    seen_revision: int | None = None,
    **more: Any,
) -> Membership:
    """Give a member a new status from a day; the one it had ends that day."""
    if not since:
        raise DayMissing

    def change(content: dict[str, Any]) -> None:
        statuses = content.setdefault("statuses", [])
        if statuses and statuses[-1]["status"] == MembershipStatus.LEFT and status == MembershipStatus.LEFT:
            raise AlreadyLeft
        if statuses and statuses[-1]["status"] != MembershipStatus.LEFT:
            statuses[-1].setdefault("valid_to", since)
        statuses.append({"status": status, "valid_from": since, **more})

    return _sound(
        revise_record(membership, change=change, verb=f"status {status}", by=by, at=at, seen_revision=seen_revision)
    )


def leave_network(*, membership: Membership, day: str, by: User, at: datetime, **more: Any) -> Membership:
    """Record that a member left."""
    return change_status(membership=membership, status=MembershipStatus.LEFT.value, since=day, by=by, at=at, **more)


def as_written(facts: Facts) -> Facts:
    """Facts with ``from`` and ``to``, as people write them, under the names of their columns."""
    statuses = facts.get("statuses")
    if not isinstance(statuses, list):
        return facts
    lines = [
        {_SPOKEN.get(name, name): value for name, value in line.items()} if isinstance(line, dict) else line
        for line in statuses
    ]
    return {**facts, "statuses": lines}


def _sound(membership: Membership) -> Membership:
    """What must hold of a membership beyond what a table can say."""
    if membership.network_id == membership.member_id:
        raise MemberOfItself
    periods = list(membership.statuses.all())
    if not periods:
        raise NoStatus
    for first, second in combinations(periods, 2):
        if _surely_overlap(first, second) or _surely_overlap(second, first):
            raise StatusesOverlap(first=first.get_status_display(), second=second.get_status_display())
    return membership


def _surely_overlap(first: MembershipPeriod, second: MembershipPeriod) -> bool:
    """Whether the second surely begins while the first surely holds. An open end yields to what follows."""
    start, end, other = (
        known_date(first.valid_from),
        known_date(first.valid_to),
        known_date(second.valid_from),
    )
    if start is None or end is None or other is None:
        return False
    if start.latest is None or end.earliest is None or other.earliest is None or other.latest is None:
        return False
    return start.latest <= other.earliest and other.latest < end.earliest
