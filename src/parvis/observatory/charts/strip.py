"""A strip of time with names above it: entries by year, or the anniversaries of the months to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from parvis.observatory.charts.axes import Years
from parvis.observatory.charts.measured import About, NothingToDraw
from parvis.observatory.paper.drawing import Drawing, Table
from parvis.observatory.paper.lettering import lines_of, width_of
from parvis.observatory.paper.phrases import month_words
from parvis.observatory.paper.svg import group, line, sheet, tag, words

_WIDTH = 1120.0
_LETTERS, _LEADING, _GAP = 13.0, 16.0, 14.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A name and its year."""

    name: str
    year: int


@dataclass(frozen=True, slots=True)
class Coming:
    """A name and the day it comes round."""

    name: str
    day: date


@dataclass(frozen=True, slots=True)
class _Stack:
    x: float
    names: tuple[str, ...]


def by_year(entries: Sequence[Entry], about: About, *, text: str, table: Table) -> Drawing:
    """Years on a line; a dot where something began, its names above; empty years stay, in grey."""
    if not entries:
        raise NothingToDraw
    years = sorted({entry.year for entry in entries})
    time = Years(years[0], years[-1], 0, _WIDTH)
    stacks = [
        _Stack(time.start(year) + 5, tuple(sorted(entry.name for entry in entries if entry.year == year)))
        for year in years
    ]
    ticks = [
        words(str(year), time.start(year), 0, "value" if year in years else "faint")
        for year in range(years[0], years[-1] + 1)
    ]
    return _strip(stacks, ticks, about, text=text, table=table)


def by_month(coming: Sequence[Coming], start: date, about: About, *, text: str, table: Table) -> Drawing:
    """Twelve months from a day; a dot for each thing that comes round, its name above."""
    if not coming:
        raise NothingToDraw
    stacks = [
        _Stack((day - start).days / 366 * _WIDTH + 5, tuple(one.name for one in coming if one.day == day))
        for day in sorted({one.day for one in coming})
    ]
    months = [date(start.year + (start.month + n - 1) // 12, (start.month + n - 1) % 12 + 1, 1) for n in range(1, 13)]
    ticks = [
        words(month_words(month, about.lang), (month - start).days / 366 * _WIDTH, 0, "faint")
        for month in months
        if (month - start).days / 366 * _WIDTH < _WIDTH - 30
    ]
    return _strip(stacks, ticks, about, text=text, table=table)


def _strip(stacks: Sequence[_Stack], ticks: Sequence[str], about: About, *, text: str, table: Table) -> Drawing:
    written = _levels(stacks)
    deepest = max(bottom + len(lines) for _, lines, bottom in written)
    base = 8 + deepest * _LEADING + 10
    names = [
        words(name, stack.x - 5, base - 14 - (bottom + len(lines) - 1 - number) * _LEADING, "name")
        for stack, lines, bottom in written
        for number, name in enumerate(lines)
    ]
    stems = [
        line(stack.x, base - 8, stack.x, base - 10 - bottom * _LEADING, "leader")
        for stack, _, bottom in written
        if bottom
    ]
    inside = [
        line(0, base, _WIDTH, base, "spine"),
        group("stems", stems),
        group("names", names, font_size=f"{_LETTERS:g}"),
        group("dots", (tag("circle", cx=stack.x, cy=base, r=5.0, class_="dot first") for stack in stacks)),
        tag("g", *ticks, class_="ticks", transform=f"translate(0 {base + 24:g})", font_size="13"),
    ]
    return Drawing(
        name=about.name,
        lang=about.lang,
        title=about.title,
        text=text,
        svg=sheet(
            f"{about.name}-{about.lang}",
            _WIDTH,
            base + 32,
            *inside,
            title=about.title,
            text=text,
            class_="chart",
        ),
        table=table,
        source=about.source,
        day=about.day,
        more={"narrow": False, "width": _WIDTH, "height": base + 32},
    )


def _levels(stacks: Sequence[_Stack]) -> list[tuple[_Stack, list[str], int]]:
    """Names wrapped in the room up to the next stack, or raised above it where that room is too small."""
    written: list[tuple[_Stack, list[str], int]] = []
    taken: list[tuple[float, float, int, int]] = []
    for place, stack in enumerate(stacks):
        following = stacks[place + 1].x if place + 1 < len(stacks) else _WIDTH
        room = max(following - stack.x - _GAP, 84)
        lines = [text for name in stack.names for text in lines_of(name, _LETTERS, room)]
        wide = max(width_of(text, _LETTERS) for text in lines)
        bottom = 0
        while any(_meet((stack.x, stack.x + wide, bottom, bottom + len(lines)), box) for box in taken):
            bottom += 1
        taken.append((stack.x, stack.x + wide, bottom, bottom + len(lines)))
        written.append((stack, lines, bottom))
    return written


def _meet(one: tuple[float, float, int, int], other: tuple[float, float, int, int]) -> bool:
    return one[0] < other[1] + 8 and other[0] < one[1] + 8 and one[2] < other[3] and other[2] < one[3]
