"""A plate of the atlas: a projection, the window cut out of it, and the size it is drawn at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely import affinity
from shapely.geometry import MultiPolygon, Polygon, box

from parvis.observatory.maps.natural_earth import land

Window = tuple[float, float, float, float]
Place = tuple[float, float]


@dataclass(frozen=True)
class Plate:
    """Where on the ground the sheet looks, and how it puts it on paper.

    ``ground`` is what is taken of the earth (west, south, east, north in degrees; west may pass -180
    to join what the seam cuts); ``window`` is what is kept of the projection, in its metres; none keeps all.
    ``fineness`` is the size, in units of the sheet, of the bends that are smoothed away.
    """

    projection: str
    ground: Window
    width: float
    fineness: float
    window: Window | None = None
    margins: Window = (0, 0, 0, 0)
    scale: str = "50m"
    smallest: float = 2

    @cached_property
    def _to_paper(self) -> Transformer:
        return Transformer.from_crs("EPSG:4326", self.projection, always_xy=True)

    @cached_property
    def _ground_cut(self) -> MultiPolygon:
        """Land in the window, in metres, with the seam closed."""
        west, south, east, north = self.ground
        whole = land(self.scale)
        parts = [whole.intersection(box(west, south, min(east, 180), north))]
        if east > 180:
            parts.append(affinity.translate(whole, 360).intersection(box(180, south, east, north)))
        flat = shapely.transform(shapely.union_all(parts), self._project)
        return _polygons(shapely.make_valid(flat), self.window)

    @cached_property
    def _frame(self) -> Window:
        return self.window or self._ground_cut.bounds

    @cached_property
    def _unit(self) -> float:
        """Metres a unit of the sheet stands for."""
        left, _, right, _ = self.margins
        return (self._frame[2] - self._frame[0]) / (self.width - left - right)

    @property
    def height(self) -> float:
        _, top, _, bottom = self.margins
        return round((self._frame[3] - self._frame[1]) / self._unit + top + bottom)

    def at(self, lon: float, lat: float) -> Place:
        """Where a point of the earth falls on the sheet."""
        x, y = self._to_paper.transform(lon, lat)
        return (
            (x - self._frame[0]) / self._unit + self.margins[0],
            (self._frame[3] - y) / self._unit + self.margins[1],
        )

    def holds(self, lon: float, lat: float, inside: float = 0) -> bool:
        """Whether a point falls on the sheet, at least ``inside`` units from its edge."""
        x, y = self.at(lon, lat)
        return inside <= x <= self.width - inside and inside <= y <= self.height - inside

    def outline(self) -> list[Place]:
        """Longitudes and latitudes along the edge of the window, to draw it on another plate."""
        left, bottom, right, top = self._frame
        edge = shapely.segmentize(box(left, bottom, right, top).exterior, (right - left) / 12)
        x, y = np.array(edge.coords).T
        lons, lats = self._to_paper.transform(x, y, direction="INVERSE")
        return list(zip(lons.tolist(), lats.tolist(), strict=True))

    def land_path(self) -> str:
        """The land as one path, in half units: draw it under ``scale(.5)``."""
        return _land_path(self)

    def _project(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(self._to_paper.transform(points[:, 0], points[:, 1]))

    def on_sheet(self) -> list[Polygon]:
        """Land in units of the sheet, small islands left out, bends smoothed."""
        left, top, *_ = self.margins
        matrix = [1 / self._unit, 0, 0, -1 / self._unit]
        shift = [left - self._frame[0] / self._unit, top + self._frame[3] / self._unit]
        parts = affinity.affine_transform(self._ground_cut, matrix + shift).geoms
        return smoothed([part for part in parts if part.area >= self.smallest], self.fineness)


def smoothed(polygons: list[Polygon], fineness: float) -> list[Polygon]:
    """Bends smaller than ``fineness`` taken out by Visvalingam and Whyatt's rule."""
    return list(shapely.coverage_simplify(polygons, fineness)) if polygons else []


def path_of(polygons: list[Polygon]) -> str:
    """Polygons as one path in whole half units, each point told from the last."""
    return "".join(_ring_path(ring) for polygon in polygons for ring in (polygon.exterior, *polygon.interiors))


@lru_cache(maxsize=64)
def _land_path(plate: Plate) -> str:
    return path_of(plate.on_sheet())


def _ring_path(ring: shapely.LinearRing) -> str:
    points = np.rint(np.array(ring.coords) * 2).astype(int)
    kept = points[np.r_[True, (np.diff(points, axis=0) != 0).any(axis=1)]][:-1]
    if len(kept) < 3:
        return ""
    steps = np.diff(kept, axis=0).flatten().tolist()
    written = "".join(str(step) if step < 0 or not position else f" {step}" for position, step in enumerate(steps))
    return f"M{kept[0][0]} {kept[0][1]}l{written}z"


def _polygons(shape: shapely.Geometry, window: Window | None) -> MultiPolygon:
    cut = shapely.intersection(shape, box(*window)) if window else shape
    parts = shapely.get_parts(shapely.get_parts(cut))
    return MultiPolygon([part for part in parts if isinstance(part, Polygon)])


#: The whole turn around 11 degrees east, a hair short of the seam so that no point falls on its other side.
_ALL = (-168.999, -51.0, 190.999, 79.0)
WORLD = Plate(
    projection="+proj=eqearth +lon_0=11",
    ground=_ALL,
    width=1200,
    fineness=1.3,
    margins=(104, 10, 24, 10),
)
WORLD_NARROW = Plate(
    projection="+proj=eqearth +lon_0=11",
    ground=_ALL,
    width=360,
    fineness=0.9,
    margins=(2, 4, 2, 4),
)
_EUROPE = "+proj=laea +lat_0=50 +lon_0=17"
_EUROPE_WINDOW = (-2_450_000, -1_560_000, 2_600_000, 1_420_000)
EUROPE = Plate(_EUROPE, (-40, 24, 80, 76), 760, 1.1, window=_EUROPE_WINDOW)
EUROPE_NARROW = Plate(_EUROPE, (-40, 24, 80, 76), 360, 1, window=_EUROPE_WINDOW)
EUROPE_LENS = Plate(_EUROPE, (-40, 24, 80, 76), 340, 1.2, window=_EUROPE_WINDOW)
