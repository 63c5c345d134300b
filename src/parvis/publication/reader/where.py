"""Where records are: what each says of itself, and what it takes from the places and bodies it names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

#: Who says, pays, founds or decides does not place a thing on the map.
ELSEWHERE = (
    "source", "parent", "successor", "managed_by", "founder", "publisher_body", "publisher", "said_by", "by",
    "made_by", "evidence", "decision", "run_by", "origin", "awarded_by", "funder", "payer", "acting_for",
    "legal_basis", "jurisdiction", "given_by", "beneficiary",
)  # fmt: skip
#: Records others take their place from.
PLACED = ("place", "body", "agreement", "project", "relation")
#: Bodies take it from their place in a first round; agreements and the like from bodies in a second.
ROUNDS = 2

#: Who names, and who is named, in the order of the first; only ties that place.
Named = Iterable[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Where:
    """Countries and areas of the world a record concerns, and a point on the map."""

    countries: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None

    @property
    def country(self) -> str | None:
        """The country it is listed under."""
        return self.countries[0] if self.countries else None

    @property
    def says(self) -> bool:
        """Whether it tells where, and not of areas alone."""
        return bool(self.countries) or self.lat is not None


NOWHERE = Where()


def stated(facts: Mapping[str, Any]) -> Where:
    """What a record says of itself."""
    country, areas = facts.get("country"), facts.get("areas")
    return Where(
        (country,) if country and isinstance(country, str) else (),
        tuple(areas or ()),
        _degrees(facts.get("latitude")),
        _degrees(facts.get("longitude")),
    )


def _degrees(value: str | None) -> float | None:
    return float(value) if value else None


def settled(known: dict[int, Where], named: Callable[[], Named], the_city: Collection[int]) -> dict[int, Where]:
    """Where each record is, by id, from what some say of themselves.

    The city itself, party to nearly everything, gives its place to nothing.
    """
    for _ in range(ROUNDS):
        known |= _inherited(named(), known, the_city)
    return known


def _inherited(named: Named, known: Mapping[int, Where], the_city: Collection[int]) -> dict[int, Where]:
    found = {}
    for record_id, group in groupby(named, key=itemgetter(0)):
        if record_id not in known and record_id not in the_city:
            places = [known[other] for _, other in group if other in known and other not in the_city]
            if places:
                found[record_id] = _together(places)
    return found


def _together(known: list[Where]) -> Where:
    countries = tuple(dict.fromkeys(country for where in known for country in where.countries))
    areas = tuple(dict.fromkeys(area for where in known for area in where.areas))
    point = next((where for where in known if where.lat is not None and where.lon is not None), NOWHERE)
    return Where(countries, areas, point.lat, point.lon)
