"""Parts of one whole, and rows on one scale: a bar cut in at most six, or a dot a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parvis.observatory.charts.axes import Amounts
from parvis.observatory.charts.measured import COUNT, About, Kind, one_kind
from parvis.observatory.paper.drawing import Drawing, Table, same_rows
from parvis.observatory.paper.lettering import lines_of
from parvis.observatory.paper.phrases import say
from parvis.observatory.paper.svg import group, line, sheet, tag, words

_WIDE, _NARROW = 720.0, 340.0
_MOST_PARTS = 6
_LETTERS = 13.0


@dataclass(frozen=True, slots=True)
class Part:
    """A part with its name and amount. ``lit`` is the one the page is about."""

    name: str
    amount: float
    kind: Kind = COUNT
    lit: bool = False


def bar(parts: Sequence[Part], about: About, *, narrow: bool = False) -> Drawing:
    """One stacked bar, sorted; beyond six parts the smallest become “others”. Raises UnlikeAmounts."""
    kind = one_kind(part.kind for part in parts)
    width = _NARROW if narrow else _WIDE
    shown = _six(parts, kind, about.lang)
    whole = sum(part.amount for part in shown)
    x, rects = 0.0, []
    for step, part in enumerate(shown):
        wide = part.amount / whole * width
        rects.append(tag("rect", x=x, y=4.0, width=max(wide - 1.5, 1.0), height=34.0, class_=f"part part-{step + 1}"))
        x += wide
    rows = [_part_row(part, step, kind, about.lang, width) for step, part in enumerate(shown)]
    height = 58 + len(shown) * 24.0
    text = say(about.lang, "bar_text")
    inside = [group("parts", rects), group("rows", rows, font_size=f"{_LETTERS:g}")]
    return _drawing(about, (width, height), inside, text, _table(parts, about.lang), narrow=narrow)


def rows_of_dots(rows: Sequence[Part], about: About, *, narrow: bool = False) -> Drawing:
    """A dot a row from zero, the largest first. Raises UnlikeAmounts."""
    one_kind(row.kind for row in rows)
    width = _NARROW if narrow else _WIDE
    left = width * (0.4 if narrow else 0.32)
    scale = Amounts.up_to(max(row.amount for row in rows), left, width - 70)
    ordered = sorted(rows, key=lambda row: (-row.amount, row.name))
    drawn, y = [], 14.0
    for row in ordered:
        drawn.append(_dot_row(row, y, width - 60, scale, about.lang))
        y += 18 * max(1, len(lines_of(row.name, _LETTERS, left - 14))) + 10
    text = say(about.lang, "dotplot_text")
    inside = [line(left, 2, left, y - 8, "base"), group("rows", drawn, font_size=f"{_LETTERS:g}")]
    return _drawing(about, (width, y), inside, text, _table(ordered, about.lang), narrow=narrow)


def _six(parts: Sequence[Part], kind: Kind, lang: str) -> list[Part]:
    ordered = sorted(parts, key=lambda part: (-part.amount, part.name))
    if len(ordered) <= _MOST_PARTS:
        return ordered
    kept, rest = ordered[: _MOST_PARTS - 1], ordered[_MOST_PARTS - 1 :]
    return [*kept, Part(say(lang, "words.others"), sum(part.amount for part in rest), kind)]


def _part_row(part: Part, step: int, kind: Kind, lang: str, width: float) -> str:
    y = 64 + step * 24.0
    swatch = tag("rect", x=0.0, y=y - 11, width=13.0, height=13.0, class_=f"part part-{step + 1}")
    return swatch + words(part.name, 22, y, "name") + words(kind.written(part.amount, lang), width, y, "end value")


def _dot_row(row: Part, y: float, right: float, scale: Amounts, lang: str) -> str:
    left = scale.low
    names = lines_of(row.name, _LETTERS, left - 14)
    written = "".join(words(text, 0, y + 4 + number * 17, "name") for number, text in enumerate(names))
    x, said = scale(row.amount), row.kind.written(row.amount, lang)
    track = line(left, y, right, y, "tick-line")
    dot = tag("circle", cx=x, cy=y, r=6.0, class_="dot first" if row.lit else "dot plain")
    return written + track + dot + words(said, x + 12, y + 4.5, "value")


def _table(parts: Sequence[Part], lang: str) -> Table:
    return same_rows(
        [say(lang, "columns.part"), say(lang, "columns.value")], [(part.name, part.amount) for part in parts]
    )


def _drawing(
    about: About, size: tuple[float, float], inside: Sequence[str], text: str, table: Table, *, narrow: bool
) -> Drawing:
    name = f"{about.name}-narrow" if narrow else about.name
    return Drawing(
        name=name,
        lang=about.lang,
        title=about.title,
        text=text,
        svg=sheet(f"{name}-{about.lang}", *size, *inside, title=about.title, text=text, class_="chart"),
        table=table,
        unit=about.unit,
        scope=about.scope,
        source=about.source,
        day=about.day,
        more={"narrow": narrow, "width": size[0], "height": size[1]},
    )
