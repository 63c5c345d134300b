"""Where memorials stand: a plan of the city with its distances, and a world map of those put up elsewhere.

The plan has no streets: it says how far from the middle of the city, and which way, each memorial is. One whose
address is not known stands in a row of its own below, hollow: none is left out, and none is put where it is not.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parvis.observatory.maps.marks import Spot, clear_of, mark
from parvis.observatory.maps.plates import WORLD
from parvis.observatory.maps.towns import Subject, Town
from parvis.observatory.paper.drawing import Drawing, Table, same_rows
from parvis.observatory.paper.labels import Box, Wish, place
from parvis.observatory.paper.lettering import lines_of
from parvis.observatory.paper.phrases import day_words, figure, say
from parvis.observatory.paper.svg import group, sheet, tag, words

#: Kilometres around the city that are still its plan.
NEAR = 50.0
_STEPS = (0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 50.0)
_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Memorial:
    """A memorial as a plan shows it. Without ``lon`` and ``lat`` its address is not known."""

    key: str
    name: str
    day: str
    remembers: str
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True)
class _Paper:
    width: float
    radius: float
    letters: float
    room: float
    narrow: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        return self.width / 2, self.radius + 14


_WIDE = _Paper(760, 190, 12.5, 190)
_NARROW = _Paper(360, 150, 11.5, 120, narrow=True)


def memorial_plans(subject: Subject, memorials: Sequence[Memorial]) -> Iterator[Drawing]:
    """The plan of the city, wide and narrow, and the world for what stands far from it."""
    far = [one for one in memorials if one.lon is not None and _away(subject.city, one) > NEAR]
    near = [one for one in memorials if one not in far]
    if near:
        yield from (_plan(subject, near, paper) for paper in (_WIDE, _NARROW))
    if far:
        yield _abroad(subject, far)


def _away(city: Town, one: Memorial) -> float:
    """Kilometres from the middle of the city, on a plane that touches it there."""
    return math.hypot(*_offset(city, one))


def _offset(city: Town, one: Memorial) -> tuple[float, float]:
    lon, lat = one.lon or 0.0, one.lat or 0.0
    across = (lon - city.lon + 180) % 360 - 180
    return across * _DEGREE * math.cos(math.radians(city.lat)), (lat - city.lat) * _DEGREE


def _plan(subject: Subject, memorials: Sequence[Memorial], paper: _Paper) -> Drawing:
    placed = [one for one in memorials if one.lon is not None]
    unplaced = [one for one in memorials if one.lon is None]
    reach = max((_away(subject.city, one) for one in placed), default=1.0)
    edge = max(reach * 1.15, _STEPS[0])
    rows, below = _row_of_unplaced(subject, unplaced, paper)
    height = paper.middle[1] + paper.radius + 14 + below
    drawn = [*_rings(subject, edge, paper), *_placed(subject, placed, edge, paper), *rows]
    return _drawn(subject, memorials, "memorials", drawn, (paper.width, height), paper)


def _rings(subject: Subject, edge: float, paper: _Paper) -> Iterator[str]:
    """Circles of equal distance, as wide as the farthest memorial asks for; each says how far it is."""
    x, y = paper.middle
    shown = [step for step in _STEPS if edge / 6 <= step <= edge]
    for step in reversed(shown):
        yield tag("circle", cx=x, cy=y, r=step / edge * paper.radius, class_="ring")
    for step in shown:
        far = f"{figure(step if step % 1 else int(step), subject.lang)}\u00a0km"
        yield words(far, x, y + step / edge * paper.radius - 4, "ring-name middle", font_size="10.5")


def _placed(subject: Subject, memorials: Sequence[Memorial], edge: float, paper: _Paper) -> Iterator[str]:
    home = Spot(subject.city.key, subject.city.name, "city", *paper.middle, 5)
    spots = [clear_of(_spot(subject, one, edge, paper), home) for one in memorials]
    wishes = [Wish(home.key, home.x, home.y, home.reach, (home.name,), paper.letters, first=True, class_="name city")]
    wishes += [
        Wish(spot.key, spot.x, spot.y, 8, tuple(lines_of(spot.name, paper.letters, paper.room)), paper.letters)
        for spot in spots
    ]
    placing = place(wishes, Box(3, 3, paper.width - 3, paper.middle[1] + paper.radius + 10))
    yield group("leaders", (label.leader() for label in placing.labels))
    yield group("names", (label.drawn() for label in placing.labels), font_size=f"{paper.letters:g}")
    yield group("marks", [*(_stone(spot.x, spot.y) for spot in spots), mark(home)])


def _spot(subject: Subject, one: Memorial, edge: float, paper: _Paper) -> Spot:
    east, north = _offset(subject.city, one)
    x, y = paper.middle
    return Spot(one.key, one.name, "memorial", x + east / edge * paper.radius, y - north / edge * paper.radius, 7)


def _stone(x: float, y: float, class_: str = "mark memorial") -> str:
    """An upright stone: a shape no partner city has."""
    return tag("path", d=f"M{x - 5:.1f} {y + 7:.1f}v-9a5 5 0 0 1 10 0v9z", class_=class_)


def _row_of_unplaced(subject: Subject, memorials: Sequence[Memorial], paper: _Paper) -> tuple[list[str], float]:
    """Those whose address is not known: a line that says so, then one line each."""
    if not memorials:
        return [], 0.0
    left, line_height = (12.0 if paper.narrow else paper.width / 2 - paper.radius), paper.letters * 1.3
    base = paper.middle[1] + paper.radius + 34
    said = say(subject.lang, "memorials.unplaced", city=subject.city.name)
    drawn = [words(said, left, base, "name head", font_size=f"{paper.letters:g}")]
    base += line_height + 6
    for one in memorials:
        drawn.append(_stone(left + 6, base - 4, "mark memorial unplaced"))
        for said_line in lines_of(one.name, paper.letters, paper.width - left - 40):
            drawn.append(words(said_line, left + 20, base, "name", font_size=f"{paper.letters:g}"))
            base += line_height
        base += 5
    return [group("unplaced", drawn)], base - (paper.middle[1] + paper.radius + 14)


def _abroad(subject: Subject, memorials: Sequence[Memorial]) -> Drawing:
    spots = [Spot(one.key, one.name, "memorial", *WORLD.at(one.lon or 0.0, one.lat or 0.0), 7) for one in memorials]
    wishes = [Wish(spot.key, spot.x, spot.y, 8, tuple(lines_of(spot.name, 12, 180)), 12) for spot in spots]
    placing = place(wishes, Box(3, 3, WORLD.width - 3, WORLD.height - 3))
    drawn = [
        tag("path", d=WORLD.land_path(), transform="scale(.5)", class_="land"),
        group("leaders", (label.leader() for label in placing.labels)),
        group("names", (label.drawn() for label in placing.labels), font_size="12"),
        group("marks", (_stone(spot.x, spot.y) for spot in spots)),
    ]
    return _drawn(subject, memorials, "memorials-abroad", drawn, (WORLD.width, WORLD.height))


def _drawn(
    subject: Subject,
    memorials: Sequence[Memorial],
    name: str,
    inside: Sequence[str],
    size: tuple[float, float],
    paper: _Paper | None = None,
) -> Drawing:
    lang = subject.lang
    title = say(lang, f"{name.replace('-', '_')}.title", count=len(memorials), city=subject.city.name)
    text = say(lang, f"{name.replace('-', '_')}.text", city=subject.city.name)
    full_name = f"{name}-narrow" if paper and paper.narrow else name
    return Drawing(
        name=full_name,
        lang=lang,
        title=title,
        text=text,
        svg=sheet(f"{full_name}-{lang}", *size, *inside, title=title, text=text, class_="plate plan"),
        table=_table(subject, memorials),
        source=say(lang, "words.records"),
        day=subject.day,
    )


def _table(subject: Subject, memorials: Sequence[Memorial]) -> Table:
    lang = subject.lang
    head = [say(lang, f"columns.{column}") for column in ("memorial", "remembers", "unveiled", "from_centre")]
    unknown = say(lang, "words.unknown")
    return same_rows(
        head,
        [
            (
                one.name,
                one.remembers or unknown,
                day_words(one.day, lang),
                f"{figure(round(_away(subject.city, one), 1), lang)}\u00a0km" if one.lon is not None else unknown,
            )
            for one in memorials
        ],
    )
