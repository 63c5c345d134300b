"""What several sources say of one number: a dot each, at the date it speaks of, from zero.

A line joins only exact values of the same scope: values that count different things were never one
series. What carries no date stands in a lane of its own, to the right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from parvis.foundation.values.partial_date import PartialDate
from parvis.foundation.vocabulary.vocabulary import of_the_house
from parvis.observatory.charts.axes import Amounts, Years
from parvis.observatory.charts.measured import About, Kind, one_kind
from parvis.observatory.paper.drawing import Drawing, Table, same_rows
from parvis.observatory.paper.labels import Box, Wish, place
from parvis.observatory.paper.lettering import lines_of
from parvis.observatory.paper.phrases import DASH, day_words, say
from parvis.observatory.paper.svg import group, half, line, sheet, tag, words

_WIDE, _NARROW = 720.0, 340.0
_TOP, _DEPTH, _FOOT = 34.0, 190.0, 34.0
_LETTERS, _SMALL = 13.0, 11.5
_LANE = 110.0


@dataclass(frozen=True, slots=True)
class Value:
    """What one source says: a number or a range, what it covers, when, and whether it is shown first."""

    number: float
    as_of: str
    kind: Kind
    scope: str = ""
    number_to: float | None = None
    qualifier: str = ""
    source: str = ""
    first: bool = False

    @property
    def most(self) -> float:
        return max(self.number, self.number_to or self.number)

    @property
    def open_above(self) -> bool:
        return self.qualifier in ("more_than", "at_least")

    def said(self, lang: str) -> str:
        """The number as the source says it, its qualifier never dropped."""
        written = self.kind.written(self.number, lang)
        if self.number_to is not None:
            written = f"{written}{DASH}{self.kind.written(self.number_to, lang)}"
        if self.qualifier in ("", "exact"):
            return written
        return f"{of_the_house().qualifiers.label(self.qualifier, lang)} {written}"


@dataclass(frozen=True, slots=True)
class _Dot:
    value: Value
    x: float
    y: float


def dots(values: Sequence[Value], about: About, *, narrow: bool = False) -> Drawing:
    """One dot a value. Raises UnlikeAmounts when the values are of different kinds."""
    one_kind(value.kind for value in values)
    width = _NARROW if narrow else _WIDE
    bottom = _TOP + _DEPTH
    scale = Amounts.up_to(max(value.most for value in values), bottom, _TOP)
    time, lane = _time(values, width)
    placed = [_Dot(value, _x(value, time, lane), scale(value.number)) for value in _in_order(values)]
    text = say(about.lang, "figure.text")
    inside = [
        group("grid", (line(0, scale(tick), width, scale(tick), "tick-line") for tick in scale.ticks()[1:])),
        group("ticks", _amount_ticks(scale, values[0].kind, about.lang), font_size=f"{_SMALL:g}"),
        line(0, bottom, width, bottom, "base"),
        group("ticks", _time_ticks(time, lane, bottom, about.lang), font_size=f"{_SMALL:g}"),
        group("joins", _joins(placed)),
        group("ranges", (_range(dot, scale) for dot in placed if dot.value.number_to is not None)),
        *_labelled(placed, width, about.lang, narrow=narrow),
        group("dots", (_mark(dot) for dot in sorted(placed, key=lambda dot: dot.value.first))),
    ]
    name = f"{about.name}-narrow" if narrow else about.name
    height = bottom + _FOOT
    return Drawing(
        name=name,
        lang=about.lang,
        title=about.title,
        text=text,
        svg=sheet(f"{name}-{about.lang}", width, height, *inside, title=about.title, text=text, class_="chart"),
        table=_table(values, about.lang),
        unit=about.unit,
        scope=about.scope,
        source=about.source,
        day=about.day,
        more={"narrow": narrow, "width": width, "height": height},
    )


def _in_order(values: Sequence[Value]) -> list[Value]:
    return sorted(
        values, key=lambda value: (not value.as_of, value.as_of.replace("..", ""), value.number, value.source)
    )


def _span(value: Value) -> PartialDate | None:
    return PartialDate.parse(value.as_of) if value.as_of else None


def _time(values: Sequence[Value], width: float) -> tuple[Years | None, float]:
    """The years from first to last value, and the middle of the lane of what has no date (0: none)."""
    ends = [day for value in values if (when := _span(value)) for day in (when.earliest, when.latest) if day]
    undated = any(not value.as_of for value in values)
    left, right = 44.0, width - 12.0
    if not ends:
        return None, (left + right) / 2
    lane = right - _LANE / 2 if undated else 0.0
    return Years(min(day.year for day in ends), max(day.year for day in ends), left, right - _LANE * undated), lane


def _x(value: Value, time: Years | None, lane: float) -> float:
    when = _span(value)
    if when is None or time is None:
        return lane
    first = when.earliest or when.latest
    last = when.latest or when.earliest
    return time.between(first, last) if first and last else lane


def _amount_ticks(scale: Amounts, kind: Kind, lang: str) -> Iterator[str]:
    ticks = list(scale.ticks())
    for tick in ticks:
        yield words(kind.written(tick, lang, max(ticks)), 0, scale(tick) - 4, "")


def _time_ticks(time: Years | None, lane: float, bottom: float, lang: str) -> Iterator[str]:
    if time is not None:
        for year in time.ticks():
            yield words(str(year), time.middle(year), bottom + 18, "middle")
    if lane:
        yield words(say(lang, "words.undated"), lane, bottom + 18, "middle")
    if lane and time is not None:
        yield line(time.right, _TOP, time.right, bottom, "tick-line")


def _joined(placed: Sequence[_Dot]) -> Iterator[tuple[_Dot, _Dot]]:
    """Neighbours in time among exact, dated values of one scope."""
    series: dict[str, list[_Dot]] = defaultdict(list)
    for dot in placed:
        if dot.value.as_of and dot.value.qualifier in ("", "exact") and dot.value.number_to is None:
            series[dot.value.scope].append(dot)
    for same in series.values():
        yield from pairwise(sorted(same, key=lambda dot: dot.x))


def _joins(placed: Sequence[_Dot]) -> Iterator[str]:
    for one, other in _joined(placed):
        yield line(one.x, one.y, other.x, other.y, "join")


def _range(dot: _Dot, scale: Amounts) -> str:
    return line(dot.x, dot.y, dot.x, scale(dot.value.number_to or dot.value.number), "range")


def _mark(dot: _Dot) -> str:
    """Full for the value shown first, hollow for the others; an arrow above for more than, at least."""
    class_ = "dot first" if dot.value.first else "dot"
    mark = tag("circle", cx=dot.x, cy=dot.y, r=6.0 if dot.value.first else 5.0, class_=class_)
    if not dot.value.open_above:
        return mark
    x, y = half(dot.x), half(dot.y)
    return f'<path d="M{x} {y}v-17m-3.5 4l3.5-4 3.5 4" class="arrow"/>{mark}'


def _labelled(placed: Sequence[_Dot], width: float, lang: str, *, narrow: bool) -> Iterator[str]:
    """Each value beside its dot, its scope under it where scopes differ, none over another or over a line.

    Where there is no room for all the scopes, numbers come first: the table says what each covers.
    """
    several = len({dot.value.scope for dot in placed}) > 1
    room = width * (0.4 if narrow else 0.3)
    frame = Box(0, 2, width, _TOP + _DEPTH - 2)
    taken = [*_along_joins(placed), *_arrows(placed)]
    placing = place(_wishes(placed, lang, room if several else 0), frame, taken)
    if placing.left_out:
        placing = place(_wishes(placed, lang, 0), frame, taken)
    yield group("leaders", (label.leader() for label in placing.labels))
    yield group("labels", (label.drawn() for label in placing.labels), font_size=f"{_LETTERS:g}")


def _wishes(placed: Sequence[_Dot], lang: str, room: float) -> list[Wish]:
    """What wants to be written beside each dot; scopes too where they have room."""
    return [
        Wish(
            key=f"{number:03}",
            x=dot.x,
            y=dot.y,
            reach=7,
            lines=(dot.value.said(lang), *(lines_of(dot.value.scope, _SMALL, room)[:2] if room else ())),
            size=_LETTERS,
            small=_SMALL,
            class_="value first" if dot.value.first else "value",
        )
        for number, dot in enumerate(placed)
    ]


def _along_joins(placed: Sequence[_Dot]) -> list[Box]:
    """Small boxes along the lines that join dots, for words to keep off them."""
    return [
        Box(x - 2, y - 2, x + 2, y + 2)
        for one, other in _joined(placed)
        for n in range(1, 30)
        for x, y in [(one.x + (other.x - one.x) * n / 30, one.y + (other.y - one.y) * n / 30)]
    ]


def _arrows(placed: Sequence[_Dot]) -> list[Box]:
    return [Box(dot.x - 4, dot.y - 18, dot.x + 4, dot.y) for dot in placed if dot.value.open_above]


def _table(values: Sequence[Value], lang: str) -> Table:
    head = [say(lang, f"columns.{column}") for column in ("value", "scope", "day", "source", "shown_first")]
    rows = [
        (
            value.said(lang),
            value.scope,
            day_words(value.as_of, lang),
            value.source,
            say(lang, "words.yes") if value.first else "",
        )
        for value in _in_order(values)
    ]
    return same_rows(head, rows)
