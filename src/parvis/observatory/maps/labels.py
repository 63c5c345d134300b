"""Names beside their dots: none over another name, none over a neighbour's dot, none off the sheet.

Each name tries the places around its dot from the nearest and most usual; what is hardest to place
goes first. A name that had to go far gets a thin line back to its dot. What fits nowhere is left
out and told, for the list beside the map holds it anyway.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from parvis.observatory.maps.marks import Spot
from parvis.observatory.paper.lettering import lines_of, width_of
from parvis.observatory.paper.svg import line, tag, words

_ASCENT, _DESCENT, _LEADING = 0.74, 0.22, 1.18
#: Directions around a dot, as a compass, the usual first; and how far, in sizes of the letters.
_DIRECTIONS = ((1, 0), (-1, 0), (0, -1), (0, 1), (0.8, -0.7), (0.8, 0.7), (-0.8, -0.7), (-0.8, 0.7))
_DISTANCES = (0.3, 0.9, 1.7, 2.6)
_LINE_FROM = 0.8


class Box(NamedTuple):
    """A rectangle of the sheet."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def within(self, other: Box) -> bool:
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Label:
    """A name where it is written. ``x`` is its start, middle or end after ``anchor``; ``y`` its first baseline."""

    spot: Spot
    lines: tuple[str, ...]
    x: float
    y: float
    anchor: str
    box: Box
    led: bool

    def drawn(self, size: float) -> str:
        class_ = "name city" if self.spot.tie == "city" else "name"
        if len(self.lines) == 1:
            return words(self.lines[0], self.x, self.y, f"{class_} {self.anchor}")
        spans = [
            tag("tspan", text, x=float(self.x), y=float(self.y + number * size * _LEADING))
            for number, text in enumerate(self.lines)
        ]
        return tag("text", *spans, class_=f"{class_} {self.anchor}")

    def leader(self) -> str:
        """The thin line from the dot to a name that stands away from it."""
        if not self.led:
            return ""
        x = min(max(self.spot.x, self.box.left), self.box.right)
        y = min(max(self.spot.y, self.box.top), self.box.bottom)
        return line(self.spot.x, self.spot.y, x, y, "leader")


@dataclass(frozen=True, slots=True)
class Placing:
    """Labels that found a place, and the spots that found none."""

    labels: tuple[Label, ...]
    left_out: tuple[Spot, ...]


def place(spots: Sequence[Spot], frame: Box, size: float, *, taken: Sequence[Box] = (), dots: Sequence[Spot] = ()) -> Placing:
    """Write as many names as fit. ``dots`` are other marks to keep clear of, ``taken`` other rectangles."""
    around = [_box_of(spot) for spot in (*spots, *dots)]
    offers = {spot: list(_free(spot, frame, size, (*taken, *(box for box in around if box != _box_of(spot))))) for spot in spots}
    first: list[Spot] = []
    best = Placing((), tuple(spots))
    for _ in range(12):
        found = _one_round(offers, first)
        if len(found.left_out) < len(best.left_out):
            best = found
        if not found.left_out:
            break
        first = [*found.left_out, *(spot for spot in first if spot not in found.left_out)]
    return best


def _one_round(offers: dict[Spot, list[Label]], first: Sequence[Spot]) -> Placing:
    """Hardest first: the city, those a former round left out, then those with the fewest places."""
    def turn(spot: Spot) -> tuple[int, int, int, str]:
        rank = first.index(spot) if spot in first else len(first)
        return (spot.tie != "city", rank, len(offers[spot]), spot.key)

    placed: list[Label] = []
    left_out: list[Spot] = []
    for spot in sorted(offers, key=turn):
        label = next((one for one in offers[spot] if not _crowded(one, placed)), None)
        if label:
            placed.append(label)
        else:
            left_out.append(spot)
    return Placing(tuple(placed), tuple(left_out))


def _crowded(label: Label, placed: Sequence[Label]) -> bool:
    return any(label.box.meets(other.box) for other in placed) or (
        label.led and any(_leads_through(label, other.box) for other in placed)
    ) or any(other.led and _leads_through(other, label.box) for other in placed)


def _leads_through(label: Label, box: Box) -> bool:
    """Whether the line of a label passes under a rectangle, tried at points along it."""
    end_x = min(max(label.spot.x, label.box.left), label.box.right)
    end_y = min(max(label.spot.y, label.box.top), label.box.bottom)
    points = (
        (label.spot.x + (end_x - label.spot.x) * step / 8, label.spot.y + (end_y - label.spot.y) * step / 8)
        for step in range(9)
    )
    return any(box.left < x < box.right and box.top < y < box.bottom for x, y in points)


def _free(spot: Spot, frame: Box, size: float, taken: Sequence[Box]) -> Iterator[Label]:
    for distance in _DISTANCES:
        for across, down in _DIRECTIONS:
            label = _label(spot, size, (across, down), distance)
            if not label.box.within(frame) or any(label.box.meets(box) for box in taken):
                continue
            if label.led and any(_leads_through(label, box) for box in taken):
                continue
            yield label


def _label(spot: Spot, size: float, towards: tuple[float, float], distance: float) -> Label:
    lines = tuple(lines_of(spot.name, size, size * 12)) if spot.count > 1 else (spot.name,)
    width = max(width_of(text, size) for text in lines)
    height = size * (_ASCENT + _DESCENT + (len(lines) - 1) * _LEADING)
    across, down = towards
    reach = spot.reach + distance * size
    anchor = "middle" if not across else "start" if across > 0 else "end"
    x = spot.x + across * reach
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    middle = spot.y + down * (reach + height / 2)
    box = Box(left - 1.5, middle - height / 2, left + width + 1.5, middle + height / 2)
    return Label(spot, lines, x, box.top + size * _ASCENT, anchor, box, led=distance >= _LINE_FROM)


def _box_of(spot: Spot) -> Box:
    reach = math.ceil(spot.reach)
    return Box(spot.x - reach, spot.y - reach, spot.x + reach, spot.y + reach)
