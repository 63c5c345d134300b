"""The land of Natural Earth, read from the TopoJSON of the npm package world-atlas.

A topology keeps each line once and shapes point to lines, so a border is simply a line that two
countries share. What crosses the 180th meridian is cut there, or it would smear across the map.
"""

from __future__ import annotations

import json
import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import antimeridian
import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon

from parvis.foundation.values.refusal import Refusal

Point = tuple[float, float]
Ring = list[Point]


class NaturalEarthMissing(Refusal):
    """The land shapes are not on this machine."""

    message = "The land shapes are missing: no %(path)s. Run “npm ci” (make run does it), then bake again."


def atlas_folder() -> Path:
    """Where npm put world-atlas: in ``node_modules`` beside the code, or in a folder above it."""
    for folder in Path(__file__).resolve().parents:
        if (found := folder / "node_modules" / "world-atlas").is_dir():
            return found
    raise NaturalEarthMissing(path="node_modules/world-atlas")


@dataclass(frozen=True)
class Country:
    """A unit of Natural Earth: its name there, its ISO number if it has one, the lines around it."""

    name: str
    number: str
    polygons: tuple[tuple[tuple[int, ...], ...], ...]

    def lines(self) -> set[int]:
        """Numbers of its lines, whichever way they are followed."""
        numbers = (number for rings in self.polygons for ring in rings for number in ring)
        return {number if number >= 0 else ~number for number in numbers}


class Topology:
    """One TopoJSON file, its lines decoded once."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._arcs = list(_decoded(content))
        self._objects = content["objects"]

    def countries(self) -> Iterator[Country]:
        for shape in self._objects["countries"]["geometries"]:
            yield Country(shape["properties"]["name"], shape.get("id") or "", _rings_by_polygon(shape))

    def land(self) -> MultiPolygon:
        """All land, valid and cut at the 180th meridian."""
        shapes = self._objects["land"]["geometries"]
        polygons = [rings for shape in shapes for rings in _rings_by_polygon(shape)]
        return _as_polygons(shapely.union_all([self._polygon(rings) for rings in polygons]))

    def largest_parts(self) -> Iterator[tuple[str, shapely.Geometry]]:
        """The largest piece of land of each unit that has an ISO number."""
        for country in self.countries():
            parts = shapely.get_parts([self._polygon(rings) for rings in country.polygons])
            if country.number and len(parts):
                yield country.number, max(parts, key=lambda part: float(part.area))

    def shared_lines(self) -> Iterator[tuple[LineString, tuple[Country, ...]]]:
        """Lines between two countries or more, with the countries: no coast is among them."""
        neighbours: dict[int, list[Country]] = defaultdict(list)
        for country in self.countries():
            for number in country.lines():
                neighbours[number].append(country)
        for number, sharing in sorted(neighbours.items()):
            if len(sharing) > 1:
                yield LineString(self._arcs[number]), tuple(sharing)

    def _ring(self, numbers: Sequence[int]) -> Ring:
        points: Ring = []
        for number in numbers:
            arc = self._arcs[number] if number >= 0 else self._arcs[~number][::-1]
            points += arc[1:] if points else arc
        return points

    def _polygon(self, rings: Sequence[Sequence[int]]) -> shapely.Geometry:
        shell, *holes = (self._ring(numbers) for numbers in rings)
        if not any(_jumps(ring) for ring in (shell, *holes)):
            return shapely.make_valid(Polygon(shell, holes))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", antimeridian.FixWindingWarning)
            return shapely.make_valid(antimeridian.fix_polygon(Polygon(shell, holes), fix_winding=True))


@cache
def topology(scale: str) -> Topology:
    """Countries and land at ``50m`` or ``110m``."""
    path = atlas_folder() / f"countries-{scale}.json"
    if not path.is_file():
        raise NaturalEarthMissing(path=f"node_modules/world-atlas/{path.name}")
    return Topology(json.loads(path.read_text(encoding="utf-8")))


@cache
def land(scale: str) -> MultiPolygon:
    """All land at ``50m`` or ``110m``, computed once a run."""
    return topology(scale).land()


def _decoded(content: Mapping[str, Any]) -> Iterator[Ring]:
    (across, up), (left, bottom) = content["transform"]["scale"], content["transform"]["translate"]
    for arc in content["arcs"]:
        x = y = 0
        points: Ring = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * across + left, y * up + bottom))
        yield points


def _rings_by_polygon(shape: Mapping[str, Any]) -> tuple[tuple[tuple[int, ...], ...], ...]:
    """The numbers of the lines around each polygon; none for a unit without a shape at this scale."""
    kind = shape.get("type")
    if kind not in ("Polygon", "MultiPolygon"):
        return ()
    polygons = [shape["arcs"]] if kind == "Polygon" else shape["arcs"]
    return tuple(tuple(tuple(ring) for ring in rings) for rings in polygons)


def _jumps(ring: Ring) -> bool:
    return any(abs(one[0] - other[0]) > 180 for one, other in pairwise(ring))


def _as_polygons(shape: shapely.Geometry) -> MultiPolygon:
    parts = shapely.get_parts(shapely.get_parts(shape))
    return MultiPolygon([part for part in parts if isinstance(part, Polygon)])
