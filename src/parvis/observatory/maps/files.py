"""The files the interactive map loads: land, and the lines between countries.

A line between two countries is thin; one that Natural Earth holds as disputed, or that leads to a
unit without an ISO number, says so and is drawn dashed. They express no position of the city.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache

import shapely
from shapely.geometry import LineString, MultiLineString, box

from parvis.observatory.maps.natural_earth import Country, land, topology

#: Degrees a bend must reach to be kept: under a pixel of the map up to zoom 6, a few at zoom 9.
_FINENESS = 0.016
_DECIMALS = 2
#: Units that Natural Earth counts as disputed or indeterminate though they have an ISO number.
_DISPUTED_UNITS = frozenset({"W. Sahara", "Palestine"})
#: Stretches that it marks as disputed or as lines of control: the two neighbours, and where along their line.
_DISPUTED_LINES = (
    ({"India", "Pakistan"}, (72.5, 32.4, 80.5, 37.2)),
    ({"India", "China"}, (73.0, 26.0, 98.0, 37.2)),
    ({"China", "Pakistan"}, (73.0, 34.0, 80.5, 37.2)),
    ({"Russia", "Ukraine"}, (32.0, 44.0, 36.8, 46.4)),
    ({"Israel", "Syria"}, (35.5, 32.5, 36.2, 33.5)),
    ({"Egypt", "Sudan"}, (33.0, 21.5, 37.2, 22.6)),
    ({"Sudan", "S. Sudan"}, (27.5, 9.0, 29.5, 11.0)),
)


@cache
def map_files() -> dict[str, bytes]:
    """GeoJSON by file name, the same bytes on every run. Raises NaturalEarthMissing."""
    return {"land.geojson": _land(), "borders.geojson": _borders()}


def _land() -> bytes:
    parts = [part for part in land("50m").geoms if part.area > 0.004 and part.bounds[3] > -60]
    thin = shapely.make_valid(shapely.simplify(shapely.union_all(parts), _FINENESS))
    polygons = [part for part in shapely.get_parts(shapely.get_parts(thin)) if part.geom_type == "Polygon"]
    coordinates = [[_rounded(ring.coords) for ring in (part.exterior, *part.interiors)] for part in polygons]
    whole = [[ring for ring in rings if len(ring) > 3] for rings in coordinates if len(rings[0]) > 3]
    return _collection([_feature({}, "MultiPolygon", whole)])


def _borders() -> bytes:
    settled: list[LineString] = []
    disputed: list[LineString] = []
    for line, sharing in topology("50m").shared_lines():
        for piece, in_dispute in _pieces(line, sharing):
            (disputed if in_dispute else settled).append(piece)
    return _collection(
        [
            _feature({"disputed": state}, "MultiLineString", [_rounded(line.coords) for line in _joined(lines)])
            for state, lines in ((False, settled), (True, disputed))
        ]
    )


def _pieces(line: LineString, sharing: tuple[Country, ...]) -> Iterator[tuple[LineString, bool]]:
    """A line cut where it goes in or out of what is disputed."""
    if any(not country.number or country.name in _DISPUTED_UNITS for country in sharing):
        yield line, True
        return
    names = {country.name for country in sharing}
    areas = [box(*area) for pair, area in _DISPUTED_LINES if pair <= names]
    if not areas:
        yield line, False
        return
    area = shapely.union_all(areas)
    for piece in _lines(line.intersection(area)):
        yield piece, True
    for piece in _lines(line.difference(area)):
        yield piece, False


def _joined(lines: Iterable[LineString]) -> list[LineString]:
    """Lines end to end, bends taken out, in an order of their own."""
    merged = shapely.line_merge(MultiLineString(list(lines)))
    return sorted(_lines(shapely.simplify(merged, _FINENESS)), key=lambda line: line.coords[0])


def _lines(shape: shapely.Geometry) -> list[LineString]:
    parts = shapely.get_parts(shape).tolist()
    return [part for part in parts if isinstance(part, LineString) and not part.is_empty]


def _rounded(points: Iterable[tuple[float, ...]]) -> list[tuple[float, float]]:
    """Points to the hundredth of a degree, none twice in a row."""
    kept: list[tuple[float, float]] = []
    for x, y, *_ in points:
        point = (round(x, _DECIMALS), round(y, _DECIMALS))
        if not kept or kept[-1] != point:
            kept.append(point)
    return kept


def _feature(properties: dict[str, object], kind: str, coordinates: object) -> dict[str, object]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def _collection(features: list[dict[str, object]]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":")).encode()
