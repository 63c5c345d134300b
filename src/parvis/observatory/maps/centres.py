"""A point inside each country, to set a mark on: in its largest part, whatever its capital."""

from __future__ import annotations

from functools import cache

import shapely
from babel.core import get_global

from parvis.observatory.maps.natural_earth import topology


@cache
def centres() -> dict[str, tuple[float, float]]:
    """Longitude and latitude by ISO code of two letters. Units without an ISO number have none."""
    letters = {number: names[0] for number, names in get_global("territory_aliases").items() if number.isdigit()}
    found: dict[str, tuple[float, float]] = {}
    for number, largest in topology("50m").largest_parts():
        if number in letters:
            point = shapely.point_on_surface(largest)
            found[letters[number]] = (round(point.x, 2), round(point.y, 2))
    return found
