"""Where a record is: its own country and place, or those of the places and bodies it names."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import orjson

#: Who says, pays, founds or decides does not place a thing on the map.
_ELSEWHERE = (
    "source", "parent", "successor", "managed_by", "founder", "publisher_body", "publisher", "said_by", "by",
    "made_by", "evidence", "decision", "run_by", "origin", "awarded_by", "funder", "payer", "acting_for",
    "legal_basis", "jurisdiction", "given_by", "beneficiary",
)  # fmt: skip
#: Records others take their place from.
_PLACED = ("place", "body", "agreement", "project", "relation")
_ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Where:
    """Countries and areas of the world a record concerns, and a point on the map."""

    countries: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None


def whereabouts(db: sqlite3.Connection, city: dict[str, Any], ids: dict[str, int]) -> dict[int, Where]:
    """Where each record is, by id. The city itself, party to nearly everything, gives its place to nothing.

    Bodies take it from their place in a first round; agreements and the like from bodies in a second.
    """
    known = {
        record_id: Where((country,) if country else (), tuple(orjson.loads(areas)), lat, lon)
        for record_id, country, areas, lat, lon in db.execute(
            "SELECT id, country, areas, lat, lon FROM work.draft AS d WHERE (country IS NOT NULL OR lat IS NOT NULL)"
            # a record that names its places is where they are, whatever country it says besides
            " AND (noun = 'place' OR NOT EXISTS"
            " (SELECT 1 FROM link WHERE link.from_id = d.id AND role = 'place'))"
        )
    }
    the_city = {ids[key] for key in (city.get("the_city"), city.get("place")) if key in ids}
    for _ in range(_ROUNDS):
        known |= _inherited(db, known, the_city)
    return known


def _inherited(db: sqlite3.Connection, known: dict[int, Where], the_city: set[int]) -> dict[int, Where]:
    marks, nouns = ",".join("?" * len(_ELSEWHERE)), ",".join("?" * len(_PLACED))
    named = db.execute(
        "SELECT l.from_id, l.to_id FROM link AS l JOIN work.draft AS o ON o.id = l.to_id"
        f" WHERE l.role NOT IN ({marks}) AND o.noun IN ({nouns}) ORDER BY l.from_id, l.rowid",
        (*_ELSEWHERE, *_PLACED),
    )
    found = {}
    for record_id, group in groupby(named, key=itemgetter(0)):
        if record_id not in known and record_id not in the_city:
            places = [known[other] for _, other in group if other in known and other not in the_city]
            if places:
                found[record_id] = _together(places)
    return found


def _together(places: Iterable[Where]) -> Where:
    known = list(places)
    countries = tuple(dict.fromkeys(country for where in known for country in where.countries))
    areas = tuple(dict.fromkeys(area for where in known for area in where.areas))
    point = next((where for where in known if where.lat is not None and where.lon is not None), Where())
    return Where(countries, areas, point.lat, point.lon)
