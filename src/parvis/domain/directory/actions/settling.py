"""What is checked and completed before a record of the directory is written."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from parvis.domain.directory import queries
from parvis.domain.directory.enums import Match, PersonKind, PlaceLevel
from parvis.domain.directory.errors import (
    ActsForThemself,
    CountryUnknown,
    GeonameUnknown,
    IdentifierRefused,
    InsideItself,
    NotAPublicPerson,
    NotThatPlace,
    PlaceAmbiguous,
    PlaceNearby,
    PlaceNotFound,
)
from parvis.domain.directory.models import Body, GazetteerPlace, Place
from parvis.foundation.values.identifiers import identifier
from parvis.foundation.vocabulary import load
from parvis.register.entry import Entry, Facts
from parvis.register.naming import called

_COORDINATES = ("latitude", "longitude")


def settled_place(entry: Entry, facts: Facts) -> Facts:
    """Facts of a place, tied to the gazetteer where it is a city.

    A city says where it is by its GeoNames number, by its coordinates, or by a name that means one
    place. Raises CountryUnknown, GeonameUnknown, NotThatPlace, PlaceNotFound, PlaceNearby or
    PlaceAmbiguous.
    """
    country = facts.get("country")
    if country and country not in load().countries:
        raise CountryUnknown(country=country)
    facts = facts | {name: _exact(facts[name]) for name in _COORDINATES if facts.get(name) is not None}
    if facts.get("level") != PlaceLevel.CITY or not country or queries.gazetteer() is None:
        return facts
    known = _in_gazetteer(entry, facts, country)
    if known is None:
        return facts
    return {"latitude": known.latitude, "longitude": known.longitude} | facts | {"geoname": known.geoname}


def _exact(coordinate: object) -> object:
    """A coordinate as it was written: a binary float has more digits than anyone wrote."""
    return Decimal(str(coordinate)) if isinstance(coordinate, float) else coordinate


def _in_gazetteer(entry: Entry, facts: Facts, country: str) -> GazetteerPlace | None:
    placed = all(facts.get(name) is not None for name in _COORDINATES)
    geoname = str(facts.get("geoname") or "")
    if not geoname:
        return None if placed else _meant(entry, country)
    known = queries.gazetteer_place(int(geoname)) if geoname.isdecimal() else None
    if known is None and not placed:
        raise GeonameUnknown(geoname=geoname)
    if known is not None and known.country != country:
        raise NotThatPlace(geoname=geoname, name=known.name, found=known.country, country=country)
    return known


def _meant(entry: Entry, country: str) -> GazetteerPlace:
    """The place meant by a title in one language or another."""
    titles = [title for title in dict.fromkeys(entry.texts.get("title", {}).values()) if title]
    found = [queries.resolve(title, country=country) for title in titles]
    taken = next((one.place for one in found if one.place), None)
    if taken:
        return taken
    name = titles[0] if titles else entry.key
    candidates = [candidate for one in found for candidate in one.candidates]
    bearers = [one.place for one in candidates if one.match != Match.NEAR]
    if bearers:
        raise PlaceAmbiguous(name=name, candidates=_listed(bearers, ", "))
    if candidates:
        nearby = _listed([one.place for one in candidates], _(" or "))
        raise PlaceNearby(name=name, country=country, candidates=nearby)
    raise PlaceNotFound(name=name, country=country)


def _listed(places: list[GazetteerPlace], between: str) -> str:
    return between.join(f"{place.name} ({place.geoname})" for place in dict.fromkeys(places))


def settled_body(facts: Facts) -> Facts:
    """Facts of a body, each identifier checked and written one way. Raises IdentifierRefused."""
    written = facts.get("identifiers") or {}
    if not isinstance(written, Mapping):
        raise IdentifierRefused(fault="Write each identifier under its scheme, as siren: 217500016")
    try:
        checked = {str(scheme): identifier(str(scheme), text) for scheme, text in sorted(written.items())}
    except ValueError as fault:
        raise IdentifierRefused(fault=fault) from fault
    return facts | {"identifiers": checked} if "identifiers" in facts else facts


def settled_person(entry: Entry, facts: Facts) -> Facts:
    """Facts of a person who may appear. Raises NotAPublicPerson for any other."""
    if entry.kind not in PersonKind.values:
        raise NotAPublicPerson(kind=entry.kind)
    return facts


def settled_office(facts: Facts) -> Facts:
    """Facts of an office, its periods under the names of their columns. Raises ActsForThemself."""
    holdings = facts.get("holdings")
    if not isinstance(holdings, list | tuple):
        return facts
    settled = [_settled_holding(line) for line in holdings]
    return facts | {"holdings": settled}


def _settled_holding(line: Any) -> Any:
    if not isinstance(line, Mapping):
        return line
    if line.get("acting_for") and line.get("acting_for") == line.get("person"):
        raise ActsForThemself
    written_as = {"from": "valid_from", "to": "valid_to"}
    return {written_as.get(name, name): value for name, value in line.items()}


def refuse_inside_itself(record: Place | Body) -> None:
    """Raise InsideItself when the way up from a record comes back to it."""
    field = "within" if isinstance(record, Place) else "parent"
    chain = [record.subject]
    above = getattr(record, field)
    while above is not None and above not in chain:
        chain.append(above)
        row = type(record)._default_manager.filter(subject=above).first()  # Django's own
        above = getattr(row, field) if row else None
    if above is not None and above == record.subject:
        raise InsideItself(key=called(above), chain=" > ".join(called(each) for each in (*chain, above)))
