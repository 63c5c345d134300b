"""The ways a file may go: its states in the order they are reached, and the steps between them.

A step forward goes to the right; one that comes back or leaves at once runs beneath. The words of each step are in
the table beside the picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parvis.observatory.paper.lettering import lines_of
from parvis.observatory.paper.svg import group, half, sheet, tag, words

_COLUMN, _ROW = 166.0, 74.0
_WIDTH, _HEIGHT = 112.0, 44.0
_MARGIN, _LETTERS = 34.0, 12.5


@dataclass(frozen=True, slots=True)
class State:
    """A state: its code, its words, how far it stands from the start, and whether a trial stands there."""

    code: str
    label: str
    rank: int
    here: bool = False
    end: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """A step from a state to another; ``taken`` in the trial that is drawn, ``held`` back by its guards there.

    ``guarded`` steps bear a bar across them.
    """

    start: str
    end: str
    taken: bool = False
    held: bool = False
    guarded: bool = False


def ways(states: Sequence[State], steps: Sequence[Way], *, title: str, text: str) -> str:
    """The picture."""
    places = _places(states)
    deepest = max((y for _x, y in places.values()), default=0.0)
    width = max((x for x, _y in places.values()), default=0.0) + _WIDTH + _MARGIN
    lanes = [way for way in steps if _rank(states, way.end) <= _rank(states, way.start)]
    height = deepest + _HEIGHT + _MARGIN + 14.0 * (len(lanes) + 1)
    drawn = []
    for way in steps:
        lane = lanes.index(way) + 1 if way in lanes else 0
        drawn.append(_step(places, way, lane, deepest + _HEIGHT))
    boxes = [_box(state, *places[state.code]) for state in states]
    inside = (group("ways", drawn), group("states", boxes))
    return sheet("workflow", width, height, *inside, title=title, text=text, class_="chart workflow")


def _rank(states: Sequence[State], code: str) -> int:
    return next(state.rank for state in states if state.code == code)


def _places(states: Sequence[State]) -> Mapping[str, tuple[float, float]]:
    """The corner of each box: a column for each rank, in the order given."""
    filled: dict[int, int] = {}
    places = {}
    for state in states:
        row = filled.get(state.rank, 0)
        filled[state.rank] = row + 1
        places[state.code] = (_MARGIN + state.rank * _COLUMN, _MARGIN + row * _ROW)
    return places


def _step(places: Mapping[str, tuple[float, float]], way: Way, lane: int, floor: float) -> str:
    (x1, y1), (x2, y2) = places[way.start], places[way.end]
    class_ = "way" + (" is-taken" if way.taken else "") + (" is-held" if way.held else "")
    if lane:  # out by the right, beneath everything, and in by the left: through no other box
        bottom, aside = floor + 14.0 * lane, 6.0 + 5.0 * (lane % 5)
        right, left, into = x1 + _WIDTH + aside, x2 - aside, y2 + _HEIGHT * 0.78
        path = f"M{half(x1 + _WIDTH)} {half(y1 + _HEIGHT * 0.78)}H{half(right)}V{half(bottom)}"
        path += f"H{half(left)}V{half(into)}H{half(x2 - 5)}"
        head = f"M{half(x2 - 7)} {half(into - 4)}L{half(x2)} {half(into)}L{half(x2 - 7)} {half(into + 4)}Z"
        bar = (x1 + _WIDTH + 8, y1 + _HEIGHT * 0.78)
    else:
        start, end, middle = x1 + _WIDTH, x2, (x1 + _WIDTH + x2) / 2
        up, down = y1 + _HEIGHT / 2, y2 + _HEIGHT / 2
        path = f"M{half(start)} {half(up)}C{half(middle)} {half(up)} "
        path += f"{half(middle)} {half(down)} {half(end - 5)} {half(down)}"
        head = f"M{half(end - 7)} {half(down - 4)}L{half(end)} {half(down)}L{half(end - 7)} {half(down + 4)}Z"
        bar = (x1 + _WIDTH + 8, up)
    drawn = tag("path", d=path, class_=class_) + tag("path", d=head, class_=f"{class_} head")
    if not way.guarded:
        return drawn
    across = f"M{half(bar[0])} {half(bar[1] - 6)}V{half(bar[1] + 6)}"
    return drawn + tag("path", d=across, class_=f"{class_} bar")


def _box(state: State, x: float, y: float) -> str:
    class_ = "state" + (" is-here" if state.here else "") + (" is-end" if state.end else "")
    lines = lines_of(state.label, _LETTERS, _WIDTH - 12)[:2]
    first = y + _HEIGHT / 2 + 4 - 7.5 * (len(lines) - 1)
    text = [
        words(one, x + _WIDTH / 2, first + 15 * place, "name middle", font_size=_LETTERS)
        for place, one in enumerate(lines)
    ]
    return tag("g", tag("rect", x=x, y=y, width=_WIDTH, height=_HEIGHT, rx=6.0, class_="box"), *text, class_=class_)
