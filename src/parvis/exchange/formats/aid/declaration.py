"""What a year's declaration says: amounts paid by country, sector, channel and levy; what changed since the last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

#: What the law asks to be told apart. What no record speaks of stays empty, which is not zero.
PARTS = ("projects", "refugees", "scholarships", "awareness", "staff")


@dataclass(frozen=True, slots=True, order=True)
class Heading:
    """What amounts are gathered by."""

    part: str
    country: str
    sector: str
    channel: str
    levy: str
    currency: str


@dataclass(frozen=True, slots=True)
class Payment:
    """What was paid for one grant in a year. ``paid`` is None where no record says; ``voted`` is beside it."""

    year: int
    heading: Heading
    paid: Decimal | None
    voted: Decimal | None
    key: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a declaration."""

    heading: Heading
    paid: Decimal | None
    voted: Decimal | None
    unknown: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A heading in two declarations."""

    heading: Heading
    before: Decimal | None
    after: Decimal | None


def declaration(payments: Iterable[Payment], year: int) -> list[Line]:
    """The lines of a year. What was paid is added; a grant whose payment nobody recorded is counted, never guessed."""
    held: dict[Heading, list[Payment]] = {}
    for payment in payments:
        if payment.year == year:
            held.setdefault(payment.heading, []).append(payment)
    return [_line(heading, held[heading]) for heading in sorted(held)]


def _line(heading: Heading, payments: list[Payment]) -> Line:
    paid = [one.paid for one in payments if one.paid is not None]
    voted = [one.voted for one in payments if one.voted is not None]
    keys = tuple(sorted(one.key for one in payments))
    return Line(
        heading,
        sum(paid, Decimal()) if paid else None,
        sum(voted, Decimal()) if voted else None,
        len(payments) - len(paid),
        keys,
    )


def differences(before: Iterable[Line], after: Iterable[Line]) -> list[Difference]:
    """Headings whose paid amount differs between two declarations, those that appear and those that are gone."""
    was = {line.heading: line.paid for line in before}
    now = {line.heading: line.paid for line in after}
    return [
        Difference(heading, was.get(heading), now.get(heading))
        for heading in sorted(was.keys() | now.keys())
        if heading not in was or heading not in now or was[heading] != now[heading]
    ]
