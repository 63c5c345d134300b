"""Since when: one line a network, from joining to leaving, an unknown end fading in dots.

Sizes told by sources stand at the end of the line with their years, and a ≠ between them when they
differ. What has no date of joining is listed after the others, never given one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from parvis.foundation.values.partial_date import PartialDate
from parvis.foundation.vocabulary.vocabulary import of_the_house
from parvis.observatory.charts.axes import Years
from parvis.observatory.charts.measured import About, NothingToDraw
from parvis.observatory.paper.drawing import Drawing, Table, same_rows
from parvis.observatory.paper.lettering import lines_of, width_of
from parvis.observatory.paper.phrases import DASH, day_words, say
from parvis.observatory.paper.svg import group, line, sheet, tag, words

_WIDE, _NARROW = 960.0, 340.0
_NAMES, _SIZES, _ROW, _HEAD = 232.0, 196.0, 36.0, 26.0
_LETTERS, _SMALL = 13.0, 11.5
_SHOWN_SIZES = 3


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time something held: an office in a network. Ends known in part, or not at all."""

    label: str
    start: str
    end: str = ""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a network is said to be, and when."""

    said: str
    as_of: str


@dataclass(frozen=True, slots=True)
class Line:
    """One network of the timeline. Dates are written as they are known; none is an empty text."""

    key: str
    name: str
    joined: str = ""
    left: str = ""
    status: str = ""
    sizes: tuple[Size, ...] = ()
    offices: tuple[Stretch, ...] = ()

    @property
    def turn(self) -> tuple[bool, str, str]:
        """The first joined first, the undated last."""
        days = _days(self.joined)
        return (not days, str(min(days, default="")), self.name)

    @property
    def planned(self) -> bool:
        return self.status in ("planned", "candidate")


def networks(lines: Sequence[Line], about: About, *, city: str, narrow: bool = False) -> Drawing:
    """All networks, the first joined first, the undated last."""
    if not lines:
        raise NothingToDraw
    ordered = sorted(lines, key=lambda one: one.turn)
    text = say(about.lang, "networks.text", city=city)
    drawn, width, height = _narrow(ordered, about.lang) if narrow else _wide(ordered, about)
    name = f"{about.name}-narrow" if narrow else about.name
    return Drawing(
        name=name,
        lang=about.lang,
        title=about.title,
        text=text,
        svg=sheet(f"{name}-{about.lang}", width, height, *drawn, title=about.title, text=text, class_="chart"),
        table=_table(ordered, about.lang),
        source=about.source,
        day=about.day,
        more={"narrow": narrow, "width": width, "height": height},
    )


def status_words(status: str, lang: str) -> str:
    """What a status is called, in small letters as inside a sentence."""
    said = of_the_house().state_label("membership", "status", status, lang)
    return said[:1].lower() + said[1:]


def _table(lines: Sequence[Line], lang: str) -> Table:
    head = [say(lang, f"columns.{column}") for column in ("network", "joined", "left", "status", "size", "office")]
    rows = [
        (
            one.name,
            day_words(one.joined, lang) if one.joined else say(lang, "words.unknown"),
            day_words(one.left, lang) if one.left else "",
            status_words(one.status, lang) if one.status else "",
            _sizes(one, lang),
            "; ".join(_told(office, lang) for office in one.offices),
        )
        for one in lines
    ]
    return same_rows(head, rows)


def _told(office: Stretch, lang: str) -> str:
    """An office with its dates, as the table says it."""
    ends = DASH.join(dict.fromkeys(_short(end, lang) for end in (office.start, office.end) if end))
    return f"{office.label} ({ends})" if ends else office.label


def _sizes(one: Line, lang: str) -> str:
    """Sizes with their dates, a ≠ between those that differ."""
    return " ≠ ".join(f"{size.said} ({_short(size.as_of, lang)})" for size in one.sizes)


def _short(known: str, lang: str) -> str:
    """A date by its years alone: enough on a line."""
    if not known:
        return say(lang, "words.undated")
    when = PartialDate.parse(known)
    years = sorted({day.year for day in (when.earliest, when.latest) if day})
    return DASH.join(str(year) for year in years)


def _days(known: str) -> list[date]:
    if not known:
        return []
    when = PartialDate.parse(known)
    return [day for day in (when.earliest, when.latest) if day]


def _all_days(one: Line) -> list[date]:
    texts = [one.joined, one.left, *(size.as_of for size in one.sizes)]
    texts += [text for office in one.offices for text in (office.start, office.end)]
    return [day for text in texts for day in _days(text)]


# ------------------------------------------------------------------ wide


def _wide(lines: Sequence[Line], about: About) -> tuple[list[str], float, float]:
    days = [day for one in lines for day in _all_days(one)] or _days(about.day)
    time = Years(min(days).year, max(days).year, _NAMES, _WIDE - _SIZES)
    height = _HEAD + len(lines) * _ROW + 8
    ticks = [words(str(year), time.middle(year), 14, "middle") for year in time.ticks()]
    grid = [line(time.middle(year), _HEAD, time.middle(year), height - 8, "tick-line") for year in time.ticks()]
    rows = [_row(one, time, _HEAD + (number + 0.5) * _ROW, about.lang) for number, one in enumerate(lines)]
    return (
        [
            group("grid", grid),
            group("ticks", ticks, font_size=f"{_SMALL + 0.5:g}"),
            group("rows", rows, font_size=f"{_LETTERS:g}"),
        ],
        _WIDE,
        height,
    )


def _row(one: Line, time: Years, y: float, lang: str) -> str:
    marks = "".join(_stay(one, time, y, lang)) if one.joined else _no_date(time, y, lang)
    return _row_name(one.name, y) + marks + _offices(one.offices, time, y) + _row_sizes(one, y, lang)


def _row_name(name: str, y: float) -> str:
    lines = lines_of(name, _LETTERS, _NAMES - 20)[:2]
    top = y + 4.5 - (len(lines) - 1) * _LETTERS * 0.6
    return "".join(words(text, 0, top + number * _LETTERS * 1.2, "name") for number, text in enumerate(lines))


def _stay(one: Line, time: Years, y: float, lang: str) -> Iterator[str]:
    """The line from joining: full as far as dates tell, dotted after."""
    joined = PartialDate.parse(one.joined)
    first, last = joined.earliest or joined.latest, joined.latest or joined.earliest
    if first is None or last is None:
        return
    start = time.between(first, last)
    if one.planned:
        yield tag("circle", cx=start, cy=y, r=5.0, class_="dot")
        yield words(status_words(one.status, lang), start + 11, y + 4, "scope", font_size=f"{_SMALL:g}")
        return
    known_to = max([start, *(time.at(day) for day in _all_days(one) if day > last)])
    end = time.at(max(_days(one.left))) if one.left else time.right
    yield line(start, y, end if one.left else known_to, y, "stay")
    if not one.left and known_to < end - 4:
        yield line(known_to, y, end, y, "stay open")
    if one.left:
        yield line(end, y - 6, end, y + 6, "stay end-mark")
    yield tag("circle", cx=start, cy=y, r=5.5, class_="dot first")


def _no_date(time: Years, y: float, lang: str) -> str:
    said = say(lang, "words.join_unknown")
    wide = width_of(said, _SMALL) + 10
    return words(said, time.left, y + 4, "scope", font_size=f"{_SMALL:g}") + line(
        time.left + wide, y, time.right, y, "stay open"
    )


def _offices(offices: Sequence[Stretch], time: Years, y: float) -> str:
    """Offices held, as thicker stretches: as long as their dates, a single date a block.

    Names that would meet are left to the table.
    """
    drawn, written_to = "", time.left
    for office in sorted((one for one in offices if one.start), key=lambda one: min(_days(one.start))):
        days = [day for text in (office.start, office.end) for day in _days(text)]
        start, end = time.at(min(days)), time.at(max(days))
        middle, reach = (start + end) / 2, max((end - start) / 2, 7)
        left = min(max(middle - reach, time.left), time.right - 2 * reach)
        drawn += tag("rect", x=left, y=y - 6, width=2 * reach, height=12.0, class_="office")
        half_wide = width_of(office.label, _SMALL) / 2
        if left + reach - half_wide > written_to and left + reach + half_wide < _WIDE:
            drawn += words(office.label, left + reach, y - 10, "scope middle", font_size=f"{_SMALL:g}")
            written_to = left + reach + half_wide + 8
    return drawn


def _row_sizes(one: Line, y: float, lang: str) -> str:
    if not one.sizes:
        return ""
    shown = Line(one.key, one.name, sizes=one.sizes[:_SHOWN_SIZES])
    lines = lines_of(_sizes(shown, lang), _SMALL, _SIZES - 18)[:2]
    top = y + 4 - (len(lines) - 1) * _SMALL * 0.6
    return "".join(
        words(text, _WIDE - _SIZES + 16, top + number * _SMALL * 1.2, "scope", font_size=f"{_SMALL:g}")
        for number, text in enumerate(lines)
    )


# ---------------------------------------------------------------- narrow


def _narrow(lines: Sequence[Line], lang: str) -> tuple[list[str], float, float]:
    """The same from top to bottom: year, dot, name, and what is said of its size."""
    spine, left, y = 74.0, 92.0, 20.0
    drawn: list[str] = []
    dots: list[str] = []
    last_year = ""
    for one in lines:
        year = _short(one.joined, lang) if one.joined else "?"
        if year != last_year:
            drawn.append(words(year, spine - 16, y, "end value"))
        last_year = year
        dots.append(
            tag(
                "circle",
                cx=spine,
                cy=y - 4.5,
                r=5.0,
                class_="dot" if one.planned or not one.joined else "dot first",
            )
        )
        for text in lines_of(one.name, 14, _NARROW - left):
            drawn.append(words(text, left, y, "name"))
            y += 17
        for text in lines_of(_sizes(one, lang), 12, _NARROW - left):
            drawn.append(words(text, left, y, "scope", font_size="12"))
            y += 15
        y += 12
    return (
        [
            line(spine, 10, spine, y - 20, "spine"),
            group("rows", drawn, font_size="14"),
            group("dots", dots),
        ],
        _NARROW,
        y - 8,
    )
