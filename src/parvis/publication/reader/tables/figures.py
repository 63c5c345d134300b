"""Figures on the map that a question names: a circle, a box, an area. Points are in degrees, longitude first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import asin, cos, isfinite, radians, sin, sqrt
from typing import Any

import orjson

Point = tuple[float, float]
Ring = tuple[Point, ...]
#: West, south, east, north; west beyond east where the 180th meridian is crossed.
Box = tuple[float, float, float, float]

_EARTH = 6_371_008.8  # metres, its mean radius
_METRES = {"km": 1000.0, "m": 1.0, "cm": 0.01, "mm": 0.001, "mi": 1609.344, "yd": 0.9144, "ft": 0.3048}
_MOST_POINTS = 1000
_WORDS = re.compile(r"^\s*(point|polygon|multipolygon)\s*(\(.*\))\s*$", re.IGNORECASE | re.DOTALL)
_PAIR = re.compile(r"^\s*(-?\d{1,3}(?:\.\d{1,15})?)\s+(-?\d{1,3}(?:\.\d{1,15})?)\s*$")


class NotAFigure(ValueError):  # the grammar says it in words
    """The text describes no point and no area."""


@dataclass(frozen=True, slots=True)
class Circle:
    """What lies no further than so many metres from a point, as the crow flies."""

    middle: Point
    metres: float

    def holds(self, point: Point) -> bool:
        return distance(self.middle, point) <= self.metres


@dataclass(frozen=True, slots=True)
class Rectangle:
    """What lies between two meridians and two parallels."""

    box: Box

    def holds(self, point: Point) -> bool:
        west, south, east, north = self.box
        across = west <= point[0] <= east if west <= east else point[0] >= west or point[0] <= east
        return across and south <= point[1] <= north


@dataclass(frozen=True, slots=True)
class Area:
    """What lies inside one of some polygons: an outer ring each, and the holes in it. Its edge is inside."""

    polygons: tuple[tuple[Ring, ...], ...]

    def holds(self, point: Point) -> bool:
        return any(
            _inside(outer, point) and not any(_inside(hole, point) and not _on_edge(hole, point) for hole in holes)
            for outer, *holes in self.polygons
        )


Figure = Circle | Rectangle | Area


def distance(one: Point, other: Point) -> float:
    """Metres between two points along the surface of the earth."""
    south, north = radians(one[1]), radians(other[1])
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(radians(other[0] - one[0]) / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(half)))


def circle(middle: Point | Area, length: str) -> Circle:
    """A circle round a point; ``length`` says its unit: ``10km``. Raises NotAFigure."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([a-z]+)", length)
    if not found or found[2] not in _METRES or isinstance(middle, Area):
        raise NotAFigure
    return Circle(middle, float(found[1]) * _METRES[found[2]])


def rectangle(numbers: Sequence[str]) -> Rectangle:
    """Latitude and longitude of its corner in the south-west, then of that in the north-east. Raises NotAFigure."""
    south, west, north, east = (float(number) for number in numbers)
    _known((west, south))
    _known((east, north))
    if south > north:
        raise NotAFigure
    return Rectangle((west, south, east, north))


def read_figure(text: str) -> Point | Area:
    """A point or an area, as WKT or GeoJSON. Raises NotAFigure."""
    if text.lstrip().startswith("{"):
        return _of_json(text)
    found = _WORDS.match(text)
    if not found:
        raise NotAFigure
    kind, inside = found[1].lower(), found[2]
    if kind == "point":
        (point,) = _points(inside) if inside.count("(") == 1 else ((0.0, 999.0),)
        return _known(point)
    whole = inside if kind == "multipolygon" else f"({inside})"
    return _area([[_points(ring) for ring in _split(part)] for part in _split(whole)])


def _split(text: str) -> list[str]:
    """``(a), (b)`` between brackets, each with its own."""
    text = text.strip()
    if not (text.startswith("(") and text.endswith(")")):
        raise NotAFigure
    found, depth, start = [], 0, 0
    for place, sign in enumerate(inner := text[1:-1]):
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            raise NotAFigure
        if sign == "," and depth == 0:
            found.append(inner[start:place].strip())
            start = place + 1
    return [*found, inner[start:].strip()]


def _points(text: str) -> list[Point]:
    pairs = [_PAIR.match(pair) for pair in _split(text)]
    if not all(pairs):
        raise NotAFigure
    return [(float(pair[1]), float(pair[2])) for pair in pairs if pair]


def _of_json(text: str) -> Point | Area:
    try:
        told = orjson.loads(text)
        kind, inside = told["type"], told["coordinates"]
        if kind == "Point":
            return _known(_pair(inside))
        if kind not in ("Polygon", "MultiPolygon"):
            raise NotAFigure
        polygons = [inside] if kind == "Polygon" else inside
        return _area([[[_pair(point) for point in ring] for ring in rings] for rings in polygons])
    except (ValueError, TypeError, KeyError, IndexError) as fault:
        raise NotAFigure from fault


def _pair(told: Any) -> Point:
    east, north = told[0], told[1]
    if type(east) not in (int, float) or type(north) not in (int, float):
        raise NotAFigure
    return float(east), float(north)


def _area(polygons: list[list[list[Point]]]) -> Area:
    rings = [ring for polygon in polygons for ring in polygon]
    if not polygons or not all(polygons) or any(len(ring) < 4 or ring[0] != ring[-1] for ring in rings):
        raise NotAFigure
    if sum(map(len, rings)) > _MOST_POINTS:
        raise NotAFigure
    return Area(tuple(tuple(tuple(map(_known, ring)) for ring in polygon) for polygon in polygons))


def _known(point: Point) -> Point:
    east, north = point
    if not (isfinite(east) and isfinite(north)) or abs(east) > 180 or abs(north) > 90:
        raise NotAFigure
    return point


def _inside(ring: Ring, point: Point) -> bool:
    """Whether a point is inside a ring, or on it: an eastward ray meets it an odd number of times."""
    if _on_edge(ring, point):
        return True
    east, north = point
    crossed = False
    for (x, y), (then_x, then_y) in pairwise(ring):
        if (y > north) != (then_y > north) and east < (then_x - x) * (north - y) / (then_y - y) + x:
            crossed = not crossed
    return crossed


def _on_edge(ring: Ring, point: Point) -> bool:
    east, north = point
    return any(
        min(x, then_x) <= east <= max(x, then_x)
        and min(y, then_y) <= north <= max(y, then_y)
        and (then_x - x) * (north - y) == (then_y - y) * (east - x)
        for (x, y), (then_x, then_y) in pairwise(ring)
    )
