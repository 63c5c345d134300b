"""Scales and their ticks: amounts from zero, time in years."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

#: Room a year's name takes at the size ticks are written, in units of the sheet.
_YEAR_ROOM = 40.0


@dataclass(frozen=True, slots=True)
class Amounts:
    """A scale of amounts. It starts at zero, so that a difference looks as large as it is."""

    top: float
    low: float
    high: float

    @classmethod
    def up_to(cls, most: float, low: float, high: float) -> Amounts:
        """A scale whose end is a round number at or above the largest amount."""
        step = _round_step(most)
        return cls(max(step, math.ceil(round(most / step, 9)) * step), low, high)

    def __call__(self, amount: float) -> float:
        return self.low + (self.high - self.low) * amount / self.top

    def ticks(self) -> list[float]:
        step = _round_step(self.top)
        return [number * step for number in range(round(self.top / step) + 1)]


@dataclass(frozen=True, slots=True)
class Years:
    """A scale of time: every year takes the same room, whether anything happened in it or not."""

    first: int
    last: int
    left: float
    right: float

    @property
    def step(self) -> float:
        return (self.right - self.left) / (self.last - self.first + 1)

    def start(self, year: int) -> float:
        return self.left + (year - self.first) * self.step

    def middle(self, year: int) -> float:
        return self.start(year) + self.step / 2

    def at(self, day: date) -> float:
        """Where a day falls inside its year."""
        length = date(day.year, 12, 31).timetuple().tm_yday
        return self.start(day.year) + (day.timetuple().tm_yday - 1) / length * self.step

    def between(self, first: date, last: date) -> float:
        """The middle of a date known in part."""
        return (self.at(first) + self.at(last)) / 2

    def ticks(self) -> list[int]:
        """Years that get a name: all of them, or every second, fifth, tenth… so that names never touch."""
        every = next(every for every in (1, 2, 5, 10, 20, 50, 100) if every * self.step >= _YEAR_ROOM or every == 100)
        if every == 1:
            return list(range(self.first, self.last + 1))
        return [year for year in range(self.first, self.last + 1) if year % every == 0]


def _round_step(most: float) -> float:
    """A step of 1, 2, 2.5 or 5 and their tens that cuts the scale in about four, whole where it can be."""
    if most <= 0:
        return 1.0
    rough = most / 4
    power = 10.0 ** math.floor(math.log10(rough))
    steps = [power * figure for figure in (1, 2, 2.5, 5, 10) if power * figure >= rough * 0.999]
    return next((step for step in steps if most < 4 or step == int(step)), steps[0])
