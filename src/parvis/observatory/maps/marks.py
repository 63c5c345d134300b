"""Points of a plate: shape and colour together, so that grey printing and every eye can tell them apart.

Towns that fall on one another are never hidden: two are set side by side, three or more become a
disc with their number.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from parvis.observatory.paper.labels import Wish
from parvis.observatory.paper.lettering import lines_of
from parvis.observatory.paper.svg import half, tag

#: Kinds of tie, the strongest first: a town is drawn as the strongest it has.
TIES = ("agreement", "project", "other")
_UNBROKEN = "\u00a0"


@dataclass(frozen=True, slots=True)
class Spot:
    """A town where it falls on a sheet."""

    key: str
    name: str
    tie: str
    x: float
    y: float
    size: float
    names: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return max(1, len(self.names))

    @property
    def reach(self) -> float:
        """How far from its middle the mark is drawn."""
        return self.size * (1.75 if self.tie == "city" else 1.3 if self.tie == "project" else 1.1)


def apart(spots: Sequence[Spot], gap: float = 1.0) -> list[Spot]:
    """The spots with none on another: pairs nudged side by side, larger groups gathered in a disc."""
    done: list[Spot] = []
    for heap in _heaps(spots, gap):
        if len(heap) > 2:
            done.append(_gathered(heap))
        elif len(heap) == 2:
            one, other = heap
            done += _side_by_side(one, other, gap)
        else:
            done += heap
    return sorted(done, key=lambda spot: spot.key)


def thinned(spots: Sequence[Spot], cell: float) -> list[Spot]:
    """One spot a cell, its strongest tie: what a plate shows of thousands of towns."""
    kept: dict[tuple[int, int], Spot] = {}
    for spot in sorted(spots, key=lambda spot: (_rank(spot.tie), spot.key)):
        kept.setdefault((int(spot.x // cell), int(spot.y // cell)), spot)
    return sorted(kept.values(), key=lambda spot: spot.key)


def _rank(tie: str) -> int:
    return TIES.index(tie) if tie in TIES else len(TIES)


def wish(spot: Spot, letters: float) -> Wish:
    """The spot's name, wanting a place. Names of several towns take several lines."""
    lines = tuple(lines_of(spot.name, letters, letters * 12)) if spot.count > 1 else (spot.name,)
    home = spot.tie == "city"
    return Wish(
        spot.key,
        spot.x,
        spot.y,
        spot.reach,
        lines,
        letters,
        first=home,
        class_="name city" if home else "name",
    )


def clear_of(spot: Spot, other: Spot, gap: float = 1.0) -> Spot:
    """The spot moved away from the other, just enough to be seen whole."""
    across, down = spot.x - other.x, spot.y - other.y
    distance = math.hypot(across, down) or 1.0
    missing = spot.reach + other.reach + gap - distance
    if missing <= 0:
        return spot
    return replace(spot, x=spot.x + across / distance * missing, y=spot.y + down / distance * missing)


def mark(spot: Spot) -> str:
    """The mark of a town, or of several."""
    if spot.count > 1:
        return _disc(spot)
    drawn = {"project": _diamond, "other": _ring, "city": _target}.get(spot.tie, _dot)
    return drawn(spot)


def marks(spots: Iterable[Spot]) -> Iterator[str]:
    """Marks from the faintest tie to the strongest, the city last: what matters most lies on top."""
    order = {tie: rank for rank, tie in enumerate(reversed((*TIES, "city")))}
    for spot in sorted(spots, key=lambda spot: (-order.get(spot.tie, 9), spot.key)):
        yield mark(spot)


def key_mark(tie: str, size: float = 5) -> str:
    """The mark alone, for a key beside a map."""
    return mark(Spot("", "", tie, size * 2, size * 2, size))


def _heaps(spots: Sequence[Spot], gap: float) -> list[list[Spot]]:
    """Spots that touch, one leading to the next; the city is left alone."""
    heaps: list[list[Spot]] = []
    for spot in sorted(spots, key=lambda spot: spot.key):
        touching = [heap for heap in heaps if spot.tie != "city" and any(_touch(spot, other, gap) for other in heap)]
        heaps = [heap for heap in heaps if heap not in touching]
        heaps.append([*(other for heap in touching for other in heap), spot])
    return heaps


def _touch(one: Spot, other: Spot, gap: float) -> bool:
    if other.tie == "city":
        return False
    return math.hypot(one.x - other.x, one.y - other.y) < (one.reach + other.reach) * 0.72 + gap


def _side_by_side(one: Spot, other: Spot, gap: float) -> list[Spot]:
    across, down = other.x - one.x, other.y - one.y
    distance = math.hypot(across, down)
    if not distance:
        across, down, distance = 1.0, 0.0, 1.0
    push = ((one.reach + other.reach) + gap - distance) / 2
    if push <= 0:
        return [one, other]
    shift_x, shift_y = across / distance * push, down / distance * push
    return [
        replace(one, x=one.x - shift_x, y=one.y - shift_y),
        replace(other, x=other.x + shift_x, y=other.y + shift_y),
    ]


def _gathered(heap: Sequence[Spot]) -> Spot:
    heap = sorted(heap, key=lambda spot: spot.name)
    most, _ = max(Counter(spot.tie for spot in heap).items(), key=lambda pair: (pair[1], -TIES.index(pair[0])))
    return Spot(
        key=min(spot.key for spot in heap),
        name=", ".join(spot.name.replace(" ", _UNBROKEN) for spot in heap),
        tie=most,
        x=sum(spot.x for spot in heap) / len(heap),
        y=sum(spot.y for spot in heap) / len(heap),
        size=heap[0].size * 1.5,
        names=tuple(spot.name for spot in heap),
    )


def _dot(spot: Spot) -> str:
    return tag("circle", cx=float(spot.x), cy=float(spot.y), r=float(spot.size), class_="mark agreement")


def _ring(spot: Spot) -> str:
    return tag("circle", cx=float(spot.x), cy=float(spot.y), r=float(spot.size), class_="mark other")


def _diamond(spot: Spot) -> str:
    reach = half(spot.size * 1.3)
    back = half(-spot.size * 1.3)
    start = f"M{half(spot.x)} {half(spot.y - spot.size * 1.3)}"
    return tag("path", d=f"{start}l{reach} {reach} {back} {reach} {back} {back}z", class_="mark project")


def _target(spot: Spot) -> str:
    return tag("circle", cx=float(spot.x), cy=float(spot.y), r=float(spot.size * 1.75), class_="mark halo") + tag(
        "circle", cx=float(spot.x), cy=float(spot.y), r=float(spot.size), class_="mark city"
    )


def _disc(spot: Spot) -> str:
    return tag(
        "circle", cx=float(spot.x), cy=float(spot.y), r=float(spot.size), class_=f"mark several {spot.tie}"
    ) + tag("text", str(spot.count), x=float(spot.x), y=float(spot.y + spot.size * 0.5), class_="count")
