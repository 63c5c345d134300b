"""A date known in part: a year, a month, a day, or somewhere between two of them.

Written as ISO 8601 and the intervals of EDTF: ``2015``, ``2015-05``, ``2015-05-09``,
``2019/2020`` (somewhere between), ``../2016-07`` (by then), ``2014/..`` (from then on).
A missing month is never turned into January.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

_POINT = re.compile(r"^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$")
_OPEN = ".."


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    INTERVAL = "interval"


def _first_day(text: str) -> date:
    year, month, day = _POINT.match(text).groups()  # type: ignore[union-attr]  # checked by parse
    return date(int(year), int(month or 1), int(day or 1))


def _last_day(text: str) -> date:
    year, month, day = _POINT.match(text).groups()  # type: ignore[union-attr]  # checked by parse
    last_month = int(month or 12)
    return date(int(year), last_month, int(day or calendar.monthrange(int(year), last_month)[1]))


def _is_point(text: str) -> bool:
    if not _POINT.match(text):
        return False
    try:
        _first_day(text)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as precise as its source, and no more."""

    text: str

    @classmethod
    def parse(cls, raw: object) -> Self:
        """Read ISO 8601 or an interval.

        Raises ValueError when the text is no date, or an interval ends before it starts.
        """
        text = str(raw).strip()
        start, slash, end = text.partition("/")
        if not slash:
            if not _is_point(text):
                raise ValueError(f"{text!r} is not a date (write 2015, 2015-05 or 2015-05-09)")
            return cls(text)
        if start == end == _OPEN or not all(_is_point(p) or p == _OPEN for p in (start, end)):
            raise ValueError(f"{text!r} is not an interval of dates (write 2013/2016 or ../2016-07)")
        if _OPEN not in (start, end) and _last_day(end) < _first_day(start):
            raise ValueError(f"{text!r} ends before it starts")
        return cls(text)

    @property
    def earliest(self) -> date | None:
        """First day it may be; None when the beginning is not known."""
        start = self.text.partition("/")[0]
        return None if start == _OPEN else _first_day(start)

    @property
    def latest(self) -> date | None:
        """Last day it may be, included; None when the end is not known."""
        start, slash, end = self.text.partition("/")
        point = end if slash else start
        return None if point == _OPEN else _last_day(point)

    @property
    def precision(self) -> Precision:
        if "/" in self.text:
            return Precision.INTERVAL
        return (Precision.YEAR, Precision.MONTH, Precision.DAY)[self.text.count("-")]

    @property
    def year(self) -> int | None:
        """The year, where it is the same from its first to its last day."""
        first, last = self.earliest, self.latest
        return first.year if first and last and first.year == last.year else None

    def __str__(self) -> str:
        return self.text

    def __lt__(self, other: PartialDate) -> bool:
        return self.sort_key < other.sort_key

    @property
    def sort_key(self) -> str:
        """Text that sorts dates by their first possible day; an unknown beginning comes first."""
        return self.text.replace(_OPEN, "")
