"""What is read of each value of a column: the year of a date, the length of a text, the step it falls in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import total_ordering
from typing import Any

from .tree import PARTS_OF_DATES, Field, NotUnderstood, _

DATES = frozenset({"pdate", "day"})
_TEXTS = frozenset({"key", "ref", "text", "words", "pdate", "lines", "list"})
_PATTERN = re.compile(r"YYYY|yyyy|MM|DD|dd|[-/. ]")
_WHICH = {"YYYY": "year", "yyyy": "year", "MM": "month", "DD": "day", "dd": "day"}
_WIDTHS = {"year": 4, "month": 2, "day": 2}
Read = Callable[[Any], Any]


@total_ordering
@dataclass(frozen=True, slots=True)
class Step:
    """Where a value falls among steps: from a bound, included, to the next, excluded. An open end is an asterisk."""

    place: Decimal
    words: str = field(compare=False)

    def __lt__(self, other: Step) -> bool:
        return self.place < other.place


def part_of_date(value: Any, part: str) -> int | None:
    """Year, month or day of a date, known in part or not; None where it does not say."""
    if isinstance(value, date):
        return int(getattr(value, part))
    words, place = str(value).partition("/")[0].split("-"), PARTS_OF_DATES.index(part)
    text = words[place] if len(words) > place else ""
    return int(text) if text.isascii() and text.isdigit() else None


def reading(asked: Field, kind: str) -> Read:
    """How a field is read from a value of its column. Raises NotUnderstood where that column has no such thing."""
    part = asked.part
    if part == "length":
        if kind not in _TEXTS:
            raise NotUnderstood(_("The column %(column)s holds no texts."), column=asked.name)
        return len
    if part == "range":
        return _steps(asked, kind)
    if kind not in DATES:
        raise NotUnderstood(_("The column %(column)s holds no dates."), column=asked.name)
    if part == "date_format":
        return _written(asked)
    return lambda value: part_of_date(value, part)


def check_pattern(pattern: str) -> None:
    """Whether dates can be written so. Raises NotUnderstood."""
    if not pattern or _PATTERN.sub("", pattern) or not any(sign in pattern for sign in _WHICH):
        raise NotUnderstood(
            _("“%(pattern)s” is no pattern of a date: YYYY, MM and DD, parted by -, / or a point."),
            pattern=pattern[:40],
        )


def _written(asked: Field) -> Read:
    pieces = _PATTERN.findall(asked.how[0])

    def write(value: Any) -> str | None:
        told = []
        for piece in pieces:
            part = _WHICH.get(piece, "")
            number = part_of_date(value, part) if part else None
            if part and number is None:
                return None
            told.append(piece if number is None else f"{number:0{_WIDTHS[part]}}")
        return "".join(told)

    return write


def _steps(asked: Field, kind: str) -> Read:
    """Steps of one width, or between bounds that are named; of numbers, or of dates by their years, months or days."""
    numbers = kind == "int" or kind.startswith("decimal")
    if not numbers and kind not in DATES:
        raise NotUnderstood(_("%(column)s holds neither numbers nor dates to set in steps."), column=asked.name)
    if len(asked.how) == 1:
        return _by_width(asked) if numbers else _by_dates(asked)
    return _between_numbers(asked) if numbers else _between_dates(asked)


def _by_width(asked: Field) -> Read:
    width = _number(asked, asked.how[0])
    if width <= 0:
        raise _no_steps(asked)

    def step(value: Any) -> Step:
        place = (Decimal(value) / width).to_integral_value("ROUND_FLOOR")
        return Step(place, f"[{_plain(place * width)}, {_plain((place + 1) * width)}[")

    return step


def _by_dates(asked: Field) -> Read:
    found = re.fullmatch(r"(\d{1,4}) (year|month|day)s?", asked.how[0])
    if not found or not int(found[1]):
        raise _no_steps(asked)
    width, unit = int(found[1]), found[2]

    def step(value: Any) -> Step | None:
        number = _since(value, unit)
        if number is None:
            return None
        first = number - number % width
        return Step(Decimal(first), f"[{_date(first, unit)}, {_date(first + width, unit)}[")

    return step


def _since(value: Any, unit: str) -> int | None:
    """Years, months or days since the first of the calendar; None where the date does not say."""
    year, month, day = (part_of_date(value, part) for part in PARTS_OF_DATES)
    if year is None or unit == "year":
        return year
    if month is None or unit == "month":
        return None if month is None else year * 12 + month - 1
    try:
        return None if day is None else date(year, month, day).toordinal()
    except ValueError:
        return None


def _date(number: int, unit: str) -> str:
    if unit == "year":
        return f"{number:04}"
    if unit == "month":
        return f"{number // 12:04}-{number % 12 + 1:02}"
    return date.fromordinal(min(max(number, 1), date.max.toordinal())).isoformat()


def _between_numbers(asked: Field) -> Read:
    bounds = [_number(asked, text) for text in asked.how if text != "*"]
    return _between(asked, bounds, [_plain(bound) for bound in bounds], Decimal)


def _between_dates(asked: Field) -> Read:
    bounds = [text for text in asked.how if text != "*"]
    if not all(re.fullmatch(r"\d{4}(-\d{2}){0,2}", text) for text in bounds):
        raise _no_steps(asked)
    return _between(asked, bounds, bounds, lambda value: str(value).partition("/")[0])


def _between(asked: Field, bounds: list[Any], words: list[str], meant: Read) -> Read:
    """Between bounds that rise; what lies before the first or beyond the last has a step where an asterisk opens it."""
    opened, endless = asked.how[0] == "*", asked.how[-1] == "*"
    inner = asked.how[1 if opened else 0 : -1 if endless else None]
    if "*" in inner or not bounds or sorted(set(bounds)) != bounds or (len(bounds) < 2 and not (opened or endless)):
        raise _no_steps(asked)

    def step(value: Any) -> Step | None:
        place = bisect_right(bounds, meant(value))
        if (place == 0 and not opened) or (place == len(bounds) and not endless):
            return None
        first = words[place - 1] if place else "*"
        return Step(Decimal(place), f"[{first}, {words[place] if place < len(bounds) else '*'}[")

    return step


def _number(asked: Field, text: str) -> Decimal:
    if len(text) > 40 or not re.fullmatch(r"-?\d+(\.\d+)?", text):
        raise _no_steps(asked)
    return Decimal(text)


def _plain(number: Decimal) -> str:
    return format(number.normalize() if number else Decimal(0), "f")


def _no_steps(asked: Field) -> NotUnderstood:
    said = _("range(%(column)s, …) takes one width, or bounds that rise: 1000, or *, 10, 50, *; for dates 5 years.")
    return NotUnderstood(said, column=asked.name)
