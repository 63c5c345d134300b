"""Anniversaries, computed from the day remembered and the day of the release; nothing is typed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from parvis.foundation.values import PartialDate, Precision

SOON = timedelta(days=366)
Row = dict[str, Any]


def in_time(when: str) -> str:
    """Orders dates as they are read: “by July 2016” stands at July 2016, not before everything."""
    known = PartialDate.parse(when)
    return (known.earliest or known.latest or date.max).isoformat()


def begun_by(day: date | None, rows: list[Row], column: str) -> list[Row]:
    """Rows that had begun, or been said, by a day: those without a date are not among them. All when no day is read."""
    if day is None:
        return rows
    return [row for row in rows if row.get(column) and in_time(row[column]) <= day.isoformat()]


def _on(year: int, month: int, day: int) -> date:
    """That day of a year; 29 February falls on the 28th when there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, 28)


def next_anniversary(remembered: str, today: date) -> tuple[date, int, Precision] | None:
    """When it comes next, how many years it will be, and how exactly that is known. Years alone give none."""
    if not remembered:
        return None
    known = PartialDate.parse(remembered)
    first = known.earliest
    if first is None or known.precision not in (Precision.DAY, Precision.MONTH):
        return None
    year = today.year
    comes = _on(year, first.month, first.day)
    if known.precision is Precision.MONTH and (today.year, today.month) == (comes.year, comes.month):
        return comes, year - first.year, known.precision
    if comes < today:
        comes = _on(year + 1, first.month, first.day)
    return comes, comes.year - first.year, known.precision


def next_time(recurs_on: str, today: date) -> date | None:
    """Next time of what comes back each year, from ``--05`` or ``--09-26``."""
    if not recurs_on.startswith("--"):
        return None
    month, _dash, day = recurs_on[2:].partition("-")
    if not day and int(month) == today.month:
        return today
    comes = _on(today.year, int(month), int(day or 1))
    return comes if comes >= today else _on(today.year + 1, int(month), int(day or 1))


def partial(when: date, precision: Precision) -> str:
    """A computed day, as precise as what it was computed from."""
    return f"{when:%Y-%m}" if precision is Precision.MONTH else when.isoformat()
