"""Which cities the city is tied to, and how: by an agreement, a project, or another tie.

An agreement binds once it is signed or listed as such; before that it is another tie. A project
counts when the city takes part in it, an event when the city organises it with the other. What is
only cited, visited or met in a network is no tie.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from parvis.observatory.tables import Row, Tables, number, rows, text

#: The strongest first.
AGREEMENT, PROJECT, OTHER = "agreement", "project", "other"
_ORDER = (AGREEMENT, PROJECT, OTHER)
_BINDS = frozenset({"signed", "in_force", "listed", "suspended", "ended", "renewed"})


@dataclass(frozen=True, slots=True)
class Tie:
    """A city and its strongest tie, with the records that make each tie."""

    place: str
    tie: str
    country: str
    lat: float
    lon: float
    records: Mapping[str, tuple[str, ...]]


def ours(city: Mapping[str, Any]) -> frozenset[str]:
    """The keys under which the city itself appears: the body that acts, and its place."""
    return frozenset(str(city[name]) for name in ("the_city", "place") if city.get(name))


def ties(tables: Tables, city: Mapping[str, Any]) -> list[Tie]:
    """One tie a city, cities by key. The city's own places are not among them."""
    places = _cities(tables, city)
    seats = _seats(tables, places)
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for partner, tie, record in _all_ties(tables, ours(city)):
        place = partner if partner in places else seats.get(partner, "")
        if place in places:
            found[place][tie].add(record)
    return [
        Tie(
            place=place,
            tie=next(tie for tie in _ORDER if tie in kinds),
            country=text(places[place], "country"),
            lat=number(places[place], "latitude") or 0.0,
            lon=number(places[place], "longitude") or 0.0,
            records={tie: tuple(sorted(kinds[tie])) for tie in _ORDER if tie in kinds},
        )
        for place, kinds in sorted(found.items())
    ]


def european_accords(tables: Tables, city: Mapping[str, Any]) -> list[str]:
    """Places bound to the city by a European accord, by key: counted, never typed."""
    accords = {row["key"] for row in rows(tables, "agreements") if text(row, "kind") == "european_accord"}
    binding = {row["key"] for row in rows(tables, "agreements") if text(row, "state") in _BINDS}
    own = ours(city)
    parties = _by(tables, "agreement_parties", "agreement", "party")
    bound = (parties[key] for key in sorted(accords & binding) if own & set(parties[key]))
    return sorted({party for members in bound for party in members if party not in own})


def _all_ties(tables: Tables, own: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """Partner, tie and record, for each thing the city shares with someone."""
    yield from _by_agreement(tables, own)
    yield from _by_project(tables, own)
    for row in rows(tables, "relations"):
        yield text(row, "partner"), OTHER, row["key"]
    yield from _by_event(tables, own)
    run = {row["key"] for row in rows(tables, "programmes") if text(row, "run_by") in own}
    for name in ("programme_places", "edition_places"):
        for row in rows(tables, name):
            if row["programme"] in run:
                yield text(row, "place"), OTHER, row["programme"]


def _by_agreement(tables: Tables, own: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    parties = _by(tables, "agreement_parties", "agreement", "party")
    for row in rows(tables, "agreements"):
        members = parties[row["key"]]
        if own & set(members):
            tie = AGREEMENT if text(row, "state") in _BINDS else OTHER
            for party in members:
                yield party, tie, row["key"]


def _by_project(tables: Tables, own: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    partners = _by(tables, "project_partners", "project", "body")
    places = _by(tables, "project_places", "project", "place")
    for row in rows(tables, "projects"):
        if own & set(partners[row["key"]]) and text(row, "stage") != "abandoned":
            for place in places[row["key"]]:
                yield place, PROJECT, row["key"]


def _by_event(tables: Tables, own: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    organised = {
        row["event"]
        for row in rows(tables, "event_bodies")
        if text(row, "body") in own and text(row, "role") == "organiser"
    }
    for row in rows(tables, "event_bodies"):
        if row["event"] in organised:
            yield text(row, "body"), OTHER, row["event"]


def _by(tables: Tables, name: str, owner: str, column: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows(tables, name):
        found[row[owner]].append(text(row, column))
    return found


def _cities(tables: Tables, city: Mapping[str, Any]) -> dict[str, Row]:
    """Cities with a point on the map, less the city itself and what lies within it."""
    own = ours(city)
    return {
        row["key"]: row
        for row in rows(tables, "places")
        if text(row, "level") == "city"
        and number(row, "latitude") is not None
        and row["key"] not in own
        and text(row, "within") not in own
    }


def _seats(tables: Tables, places: Mapping[str, Row]) -> dict[str, str]:
    """The place a municipality stands for. Other bodies only have their seat there."""
    return {
        row["key"]: text(row, "place")
        for row in rows(tables, "bodies")
        if text(row, "kind") == "city" and text(row, "place") in places
    }
