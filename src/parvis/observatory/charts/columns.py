"""Columns over years: from zero, a missing year left as a gap, what was planned as a tick across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parvis.observatory.charts.axes import Amounts, Years
from parvis.observatory.charts.measured import COUNT, About, Kind, NothingToDraw, one_kind
from parvis.observatory.paper.drawing import Drawing, Table, same_rows
from parvis.observatory.paper.phrases import say
from parvis.observatory.paper.svg import group, line, sheet, tag, words

_WIDE, _NARROW, _HEIGHT = 720.0, 340.0, 260.0
_TOP, _BOTTOM = 26.0, 226.0


@dataclass(frozen=True, slots=True)
class Year:
    """The amount of one year, and the target it was to reach if there was one."""

    year: int
    amount: float
    kind: Kind = COUNT
    target: float | None = None


def columns(years: Sequence[Year], about: About, *, narrow: bool = False) -> Drawing:
    """One column a year. Raises UnlikeAmounts when the years hold amounts of different kinds."""
    kind = one_kind(year.kind for year in years)
    if len({year.year for year in years}) < len(years):
        raise ValueError("a year stands twice")
    width = _NARROW if narrow else _WIDE
    time = Years(min(y.year for y in years), max(y.year for y in years), 4, width - 4)
    most = max(max(y.amount, y.target or 0) for y in years)
    scale = Amounts.up_to(most, _BOTTOM, _TOP)
    text = say(about.lang, "columns_text")
    inside = [
        group("grid", (line(0, scale(tick), width, scale(tick), "tick-line") for tick in scale.ticks()[1:])),
        group("bars", (_bar(year, time, scale) for year in years)),
        group("targets", (_target(year, time, scale) for year in years if year.target is not None)),
        line(0, _BOTTOM, width, _BOTTOM, "base"),
        group(
            "values",
            (_value(year, time, scale, kind.written(year.amount, about.lang, most)) for year in years),
            font_size="12",
        ),
        group(
            "ticks",
            (words(str(y), time.middle(y), _BOTTOM + 20, "middle") for y in time.ticks()),
            font_size="12",
        ),
    ]
    name = f"{about.name}-narrow" if narrow else about.name
    return Drawing(
        name=name,
        lang=about.lang,
        title=about.title,
        text=text,
        svg=sheet(f"{name}-{about.lang}", width, _HEIGHT, *inside, title=about.title, text=text, class_="chart"),
        table=_table(years, time, about.lang),
        unit=about.unit,
        scope=about.scope,
        source=about.source,
        day=about.day,
        more={"narrow": narrow, "width": width, "height": _HEIGHT},
    )


def _bar(year: Year, time: Years, scale: Amounts) -> str:
    width = min(time.step * 0.62, 56)
    top = scale(year.amount)
    return tag("rect", x=time.middle(year.year) - width / 2, y=top, width=width, height=_BOTTOM - top, class_="bar")


def _target(year: Year, time: Years, scale: Amounts) -> str:
    reach = min(time.step * 0.84, 72) / 2
    if year.target is None:
        raise NothingToDraw
    y = scale(year.target)
    return line(time.middle(year.year) - reach, y, time.middle(year.year) + reach, y, "target")


def _value(year: Year, time: Years, scale: Amounts, said: str) -> str:
    """The amount above its column, and above its target where that would strike it through."""
    highest = scale(year.amount)
    if year.target is not None and 0 <= highest - scale(year.target) < 22:
        highest = scale(year.target)
    return words(said, time.middle(year.year), highest - 6, "middle value")


def _table(years: Sequence[Year], time: Years, lang: str) -> Table:
    known = {year.year: year for year in years}
    with_target = any(year.target is not None for year in years)
    rows = []
    for number in range(time.first, time.last + 1):
        year = known.get(number)
        cells = [number, year.amount if year else None]
        rows.append([*cells, year.target if year else None] if with_target else cells)
    head = ["year", "value", *(["target"] if with_target else [])]
    return same_rows([say(lang, f"columns.{column}") for column in head], rows)
