"""A stretch of time, from one day to the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from .partial_date import PartialDate

_ONE_DAY = timedelta(days=1)


def _day_after(day: date | None) -> date | None:
    """The next day; nothing follows the last day a calendar knows."""
    return None if day is None or day == date.max else day + _ONE_DAY


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, the last day excluded; open where None."""

    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise ValueError(f"a period that starts on {self.start} cannot end on {self.end}")

    @classmethod
    def spoken(cls, first: PartialDate | None, last: PartialDate | None) -> Self:
        """The widest period meant by "from 2014 to 2020": the whole of 2020 is in it.

        Raises ValueError when the last day comes before the first.
        """
        return cls(first.earliest if first else None, _day_after(last.latest) if last else None)

    @classmethod
    def on(cls, day: date) -> Self:
        """A single day."""
        return cls(day, _day_after(day))

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def overlaps(self, other: Period) -> bool:
        """Whether some day is in both."""
        return self._starts_before_end_of(other) and other._starts_before_end_of(self)

    def _starts_before_end_of(self, other: Period) -> bool:
        return self.start is None or other.end is None or self.start < other.end

    @property
    def last_day(self) -> date | None:
        """The last day in it; None when it has no end."""
        return None if self.end is None else self.end - _ONE_DAY
