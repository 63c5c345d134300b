"""One declaration beside another, line by line, and for each difference the records that make it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from .declaration import Heading, Line

#: Why a line differs: a record is new, gone, paid otherwise, paid at last known, or stands under another heading.
NEW, GONE, AMOUNT, NOW_KNOWN, CAME, LEFT = "new", "gone", "amount", "now_known", "came", "left"


class Reason(NamedTuple):
    """One record that makes a line differ: what it was told to be paid, what it is; where it stood or stands now."""

    kind: str
    key: str
    before: Decimal | None
    after: Decimal | None
    other: Heading | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A heading in two declarations, and why they differ."""

    heading: Heading
    before: Decimal | None
    after: Decimal | None
    reasons: tuple[Reason, ...]

    @property
    def gap(self) -> Decimal:
        return (self.after or Decimal()) - (self.before or Decimal())


def differences(before: Iterable[Line], after: Iterable[Line]) -> list[Difference]:
    """Headings that differ between two declarations: in amount, in records, or by being in one alone."""
    was, now = {line.heading: line for line in before}, {line.heading: line for line in after}
    stood, stands = _where(was.values()), _where(now.values())
    found = (
        Difference(
            heading,
            was[heading].paid if heading in was else None,
            now[heading].paid if heading in now else None,
            tuple(_reasons(heading, was.get(heading), now.get(heading), stood, stands)),
        )
        for heading in sorted(was.keys() | now.keys())
    )
    return [one for one in found if one.reasons]


def _where(lines: Iterable[Line]) -> dict[str, Line]:
    return {key: line for line in lines for key in line.each}


def _reasons(
    heading: Heading, was: Line | None, now: Line | None, stood: dict[str, Line], stands: dict[str, Line]
) -> Iterator[Reason]:
    before, after = (was.each if was else {}), (now.each if now else {})
    for key in sorted(before.keys() | after.keys()):
        paid_then, paid_now = before.get(key), after.get(key)
        if key in before and key in after:
            if paid_then != paid_now:
                yield Reason(NOW_KNOWN if paid_then is None else AMOUNT, key, paid_then, paid_now)
        elif key in after:
            other = stood[key].heading if key in stood and stood[key].heading != heading else None
            yield Reason(CAME if other else NEW, key, stood[key].each[key] if key in stood else None, paid_now, other)
        else:
            other = stands[key].heading if key in stands and stands[key].heading != heading else None
            yield Reason(LEFT if other else GONE, key, paid_then, stands[key].each[key] if other else None, other)
