"""A globe with two places on it and the shortest way between them, for the page of a partner.

The distance is computed on the ellipsoid and rounded: it says how far, not how long a road is.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod
from shapely.geometry import LineString, Polygon

from parvis.observatory.maps.marks import Spot, clear_of, marks, wish
from parvis.observatory.maps.natural_earth import land
from parvis.observatory.maps.plates import path_of, smoothed
from parvis.observatory.maps.towns import Subject, Town
from parvis.observatory.paper.drawing import Drawing, same_rows
from parvis.observatory.paper.labels import Box, place
from parvis.observatory.paper.phrases import figure, say
from parvis.observatory.paper.svg import group, half, sheet, tag

_SIZE = 320.0
_RADIUS = 156.0
_LETTERS = 13.0
_MARK = 6.0
_FINENESS = 1.4
_EARTH = Geod(ellps="WGS84")

Points = NDArray[np.float64]


def distance(one: Town, other: Town) -> int:
    """Kilometres between two places on the ellipsoid, rounded: to 10 under 1 000, to 100 beyond."""
    metres = _EARTH.inv(one.lon, one.lat, other.lon, other.lat)[2]
    step = 10 if metres < 1_000_000 else 100
    return int(round(metres / 1000 / step) * step)


def globe(subject: Subject, partner: Town) -> Drawing:
    """The partner and the city on a globe turned to show both."""
    city, lang = subject.city, subject.lang
    eye = _between(city, partner)
    far = distance(city, partner)
    title = say(lang, "globe.title", place=partner.name, city=city.name, distance=figure(far, lang))
    text = say(lang, "globe.text", place=partner.name, city=city.name)
    name = f"globe-{partner.key}"
    drawn = [
        tag("circle", cx=_SIZE / 2, cy=_SIZE / 2, r=_RADIUS, class_="sphere"),
        tag("path", d=_graticule(eye), class_="graticule"),
        tag("path", d=_land(eye), transform="scale(.5)", class_="land"),
        tag("path", d=_way(city, partner, eye), class_="way"),
        *_two_places(city, partner, eye),
    ]
    head = [say(lang, f"columns.{column}") for column in ("from", "to", "distance")]
    return Drawing(
        name=name,
        lang=lang,
        title=title,
        text=text,
        svg=sheet(f"{name}-{lang}", _SIZE, _SIZE, *drawn, title=title, text=text, class_="plate globe"),
        table=same_rows(head, [(city.name, partner.name, far)]),
        unit="km",
        source=f"{say(lang, 'words.computed')} · {say(lang, 'words.natural_earth')}",
        day=subject.day,
        more={"computed": True, "distance_km": far, "width": _SIZE, "height": _SIZE},
    )


def _between(one: Town, other: Town) -> tuple[float, float]:
    """Where the eye stands: half way, by whole steps of five degrees so that neighbours share a globe."""
    (lon, lat), *_ = _EARTH.npts(one.lon, one.lat, other.lon, other.lat, 1)
    return round(lon / 5) * 5.0, max(-60.0, min(60.0, round(lat / 5) * 5.0))


def _turned(points: Points, eye: tuple[float, float]) -> tuple[Points, Points]:
    """Points on the sheet, and how far each is on this side of the globe (negative: behind)."""
    lon, lat = np.radians(points[:, 0] - eye[0]), np.radians(points[:, 1])
    up = math.radians(eye[1])
    x = np.cos(lat) * np.sin(lon)
    y = math.cos(up) * np.sin(lat) - math.sin(up) * np.cos(lat) * np.cos(lon)
    depth = math.sin(up) * np.sin(lat) + math.cos(up) * np.cos(lat) * np.cos(lon)
    return np.column_stack([_SIZE / 2 + x * _RADIUS, _SIZE / 2 - y * _RADIUS]), depth


@cache
def _fine_land() -> tuple[Points, ...]:
    """Rings of the land with no step longer than four degrees, so that they bend with the globe."""
    rings = (part.exterior for part in shapely.segmentize(land("110m"), 4).geoms if part.area > 4)
    return tuple(np.array(ring.coords) for ring in rings)


@cache
def _land(eye: tuple[float, float]) -> str:
    shapes = (_seen(ring, eye) for ring in _fine_land())
    parts = [part for shape in shapes for part in shapely.get_parts(shape) if isinstance(part, Polygon)]
    return path_of(smoothed([part for part in parts if part.area > 6], _FINENESS))


def _seen(ring: Points, eye: tuple[float, float]) -> shapely.Geometry:
    """The part of a ring on this side. What lies behind is folded onto the rim, where it has no surface."""
    flat, depth = _turned(ring, eye)
    if (depth <= 0).all():
        return Polygon()
    if (depth > 0).all():
        return Polygon(flat)
    middle = np.array([_SIZE / 2, _SIZE / 2])
    away = flat - middle
    length = np.maximum(np.hypot(away[:, 0], away[:, 1]), 1e-9)[:, None]
    folded = np.where((depth > 0)[:, None], flat, middle + away / length * _RADIUS)
    outline = Polygon(_along_rim(folded, depth, middle))
    return shapely.make_valid(outline, method="structure", keep_collapsed=False)


def _along_rim(points: Points, depth: Points, middle: Points) -> list[tuple[float, float]]:
    """Points with the rim followed between two that are both behind."""
    kept: list[tuple[float, float]] = []
    for here, there, one, other in zip(points, np.roll(points, -1, axis=0), depth, np.roll(depth, -1), strict=True):
        kept.append((float(here[0]), float(here[1])))
        if one <= 0 and other <= 0:
            kept += _arc(here - middle, there - middle, middle)
    return kept


def _arc(start: Points, end: Points, middle: Points) -> list[tuple[float, float]]:
    first = math.atan2(start[1], start[0])
    turn = (math.atan2(end[1], end[0]) - first + math.pi) % (2 * math.pi) - math.pi
    steps = int(abs(turn) / 0.08)
    angles = (first + turn * step / (steps + 1) for step in range(1, steps + 1))
    return [(middle[0] + math.cos(a) * _RADIUS, middle[1] + math.sin(a) * _RADIUS) for a in angles]


@cache
def _graticule(eye: tuple[float, float]) -> str:
    meridians = [np.array([(lon, lat) for lat in range(-80, 81, 4)], float) for lon in range(-180, 180, 30)]
    parallels = [np.array([(lon, lat) for lon in range(-180, 181, 4)], float) for lat in range(-60, 61, 30)]
    return "".join(_line(points, eye) for points in (*meridians, *parallels))


def _way(one: Town, other: Town, eye: tuple[float, float]) -> str:
    between = _EARTH.npts(one.lon, one.lat, other.lon, other.lat, 40)
    return _line(np.array([(one.lon, one.lat), *between, (other.lon, other.lat)]), eye)


def _line(points: Points, eye: tuple[float, float]) -> str:
    """A line of the earth, in the pieces that are on this side."""
    flat, depth = _turned(points, eye)
    path, pieces = "", np.split(np.arange(len(points)), np.where(np.diff(depth > 0))[0] + 1)
    for piece in pieces:
        if depth[piece[0]] > 0 and len(piece) > 1:
            thin = LineString(flat[piece]).simplify(0.4)
            path += "M" + " ".join(f"{half(x)} {half(y)}" for x, y in thin.coords)
    return path


def _two_places(city: Town, partner: Town, eye: tuple[float, float]) -> list[str]:
    """Both marks, side by side if they are close; names clear of the way between them."""
    flat, _ = _turned(np.array([(city.lon, city.lat), (partner.lon, partner.lat)]), eye)
    home = Spot(city.key, city.name, "city", float(flat[0][0]), float(flat[0][1]), _MARK - 1)
    there = Spot(partner.key, partner.name, partner.tie, float(flat[1][0]), float(flat[1][1]), _MARK)
    there = clear_of(there, home)
    wishes = [wish(home, _LETTERS), wish(there, _LETTERS)]
    placing = place(wishes, Box(2, 2, _SIZE - 2, _SIZE - 2), _boxes_along(home, there))
    return [
        group("names", (label.drawn() for label in placing.labels), font_size=f"{_LETTERS:g}"),
        group("marks", marks([home, there])),
    ]


def _boxes_along(one: Spot, other: Spot) -> list[Box]:
    """Small boxes along the way, for names to keep off it."""
    steps = 24
    points = ((one.x + (other.x - one.x) * n / steps, one.y + (other.y - one.y) * n / steps) for n in range(1, steps))
    return [Box(x - 2, y - 2, x + 2, y + 2) for x, y in points]
