"""Words beside their marks: none over other words, none over a neighbour's mark, none off the sheet.

Each label tries the places around its mark from the nearest and most usual; what is hardest to place
goes first. Words that had to go far get a thin line back to their mark. What fits nowhere is left
out and told: the list or table beside the picture holds it anyway.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from parvis.observatory.paper.lettering import width_of
from parvis.observatory.paper.svg import line, tag, words

_ASCENT, _DESCENT, _LEADING = 0.74, 0.22, 1.18
#: Directions around a mark, the usual first; and how far, in sizes of the letters.
_DIRECTIONS = ((1, 0), (-1, 0), (0, -1), (0, 1), (0.8, -0.7), (0.8, 0.7), (-0.8, -0.7), (-0.8, 0.7))
_DISTANCES = (0.3, 0.9, 1.7, 2.6, 3.8)
_LINE_FROM = 0.8
_ROUNDS = 12


class Box(NamedTuple):
    """A rectangle of the sheet."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def within(self, other: Box) -> bool:
        across = self.left >= other.left and self.right <= other.right
        return across and self.top >= other.top and self.bottom <= other.bottom

    def nearest(self, x: float, y: float) -> tuple[float, float]:
        """The point of the rectangle nearest to another point."""
        return min(max(x, self.left), self.right), min(max(y, self.top), self.bottom)


@dataclass(frozen=True, slots=True)
class Wish:
    """Words that want a place near a mark. The first line is in full size, the others may be smaller."""

    key: str
    x: float
    y: float
    reach: float
    lines: tuple[str, ...]
    size: float
    small: float = 0.0
    first: bool = False
    class_: str = "name"

    @property
    def mark(self) -> Box:
        return Box(self.x - self.reach, self.y - self.reach, self.x + self.reach, self.y + self.reach)

    @property
    def width(self) -> float:
        head, *rest = self.lines
        return max(width_of(head, self.size), *(width_of(text, self.small or self.size) for text in rest), 0.0)

    @property
    def height(self) -> float:
        rest = (len(self.lines) - 1) * (self.small or self.size) * _LEADING
        return self.size * (_ASCENT + _DESCENT) + rest


@dataclass(frozen=True, slots=True)
class Label:
    """Words where they are written: ``x`` is their start, middle or end after ``anchor``."""

    wish: Wish
    x: float
    anchor: str
    box: Box
    led: bool

    def drawn(self) -> str:
        """One text, its further lines below and in the smaller size."""
        wish = self.wish
        base = self.box.top + wish.size * _ASCENT
        class_ = f"{wish.class_} {self.anchor}"
        if len(wish.lines) == 1:
            return words(wish.lines[0], self.x, base, class_)
        step = (wish.small or wish.size) * _LEADING
        below = {"class_": "scope", "font_size": f"{wish.small:g}"} if wish.small else {}
        spans = [
            words(text, self.x, base + number * step, name="tspan", **(below if number else {}))
            for number, text in enumerate(wish.lines)
        ]
        return tag("text", *spans, class_=class_)

    def leader(self) -> str:
        """The thin line from the mark to words that stand away from it."""
        if not self.led:
            return ""
        return line(self.wish.x, self.wish.y, *self.box.nearest(self.wish.x, self.wish.y), "leader")

    def leads_through(self, box: Box) -> bool:
        """Whether that line passes under a rectangle, tried at points along it."""
        if not self.led:
            return False
        start_x, start_y = self.wish.x, self.wish.y
        end_x, end_y = self.box.nearest(start_x, start_y)
        points = ((start_x + (end_x - start_x) * n / 8, start_y + (end_y - start_y) * n / 8) for n in range(9))
        return any(box.left < x < box.right and box.top < y < box.bottom for x, y in points)

    def crowds(self, other: Label) -> bool:
        return self.box.meets(other.box) or self.leads_through(other.box) or other.leads_through(self.box)


@dataclass(frozen=True, slots=True)
class Placing:
    """Labels that found a place, and the wishes that found none."""

    labels: tuple[Label, ...]
    left_out: tuple[Wish, ...]


def place(wishes: Sequence[Wish], frame: Box, taken: Sequence[Box] = ()) -> Placing:
    """Write as many labels as fit in the frame, clear of every mark and of what is taken already."""
    offers = {}
    for wish in wishes:
        others = [other.mark for other in wishes if other is not wish]
        offers[wish] = list(_free(wish, frame, [*taken, *others]))
    first: list[Wish] = []
    best = Placing((), tuple(wishes))
    for _ in range(_ROUNDS):
        found = _one_round(offers, first)
        if len(found.left_out) < len(best.left_out):
            best = found
        if not found.left_out:
            break
        first = [*found.left_out, *(wish for wish in first if wish not in found.left_out)]
    return best


def _one_round(offers: dict[Wish, list[Label]], first: Sequence[Wish]) -> Placing:
    """Those that must be seen, then those a former round left out, then those with the fewest places."""

    def turn(wish: Wish) -> tuple[bool, int, int, str]:
        rank = first.index(wish) if wish in first else len(first)
        return (not wish.first, rank, len(offers[wish]), wish.key)

    placed: list[Label] = []
    left_out: list[Wish] = []
    for wish in sorted(offers, key=turn):
        label = next((one for one in offers[wish] if not any(one.crowds(other) for other in placed)), None)
        if label:
            placed.append(label)
        else:
            left_out.append(wish)
    return Placing(tuple(placed), tuple(left_out))


def _free(wish: Wish, frame: Box, taken: Sequence[Box]) -> Iterator[Label]:
    for distance in _DISTANCES:
        for towards in _DIRECTIONS:
            label = _label(wish, towards, distance)
            if not label.box.within(frame):
                continue
            if not any(label.box.meets(box) or label.leads_through(box) for box in taken):
                yield label


def _label(wish: Wish, towards: tuple[float, float], distance: float) -> Label:
    across, down = towards
    reach = wish.reach + distance * wish.size
    anchor = "middle" if not across else "start" if across > 0 else "end"
    x = wish.x + across * reach
    left = x - {"start": 0.0, "middle": wish.width / 2, "end": wish.width}[anchor]
    middle = wish.y + down * (reach + wish.height / 2)
    box = Box(left - 1.5, middle - wish.height / 2, left + wish.width + 1.5, middle + wish.height / 2)
    return Label(wish, x, anchor, box, led=distance >= _LINE_FROM)
