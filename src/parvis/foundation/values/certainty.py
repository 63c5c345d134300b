"""What may be said of a day when dates are known in part: yes, no, or not known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from .partial_date import PartialDate


class Certainty(StrEnum):
    """The three honest answers."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


def begun_by(start: PartialDate | None, day: date) -> Certainty:
    """Whether what starts on ``start`` has begun by that day. A start nobody knows is not known."""
    if start is None:
        return Certainty.NOT_KNOWN
    if start.latest is not None and start.latest <= day:
        return Certainty.YES
    if start.earliest is not None and day < start.earliest:
        return Certainty.NO
    return Certainty.NOT_KNOWN


def holds_on(start: PartialDate | None, end: PartialDate | None, day: date) -> Certainty:
    """Whether a period holds on a day. The day it ends is no longer in it; no end means it goes on."""
    begun = begun_by(start, day)
    over = Certainty.NO if end is None else begun_by(end, day)
    if begun == Certainty.NO or over == Certainty.YES:
        return Certainty.NO
    return Certainty.YES if (begun, over) == (Certainty.YES, Certainty.NO) else Certainty.NOT_KNOWN


def agreed(answers: Iterable[Certainty]) -> Certainty:
    """The answer that all give; not known when they differ, or when nobody answers."""
    given = set(answers)
    return given.pop() if len(given) == 1 else Certainty.NOT_KNOWN
