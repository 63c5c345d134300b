"""The places of a file on a map plate, drawn on the server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from parvis.domain.directory.models import GazetteerPlace
from parvis.domain.funding.queries.forms import lines_in
from parvis.doors.ui.words import city, city_name, tongue
from parvis.observatory.maps.towns import Subject, Town, world_narrow
from parvis.register.models import Subject as Record


def plate_of(answers: Mapping[str, Any], code: str = "places") -> str:
    """The plate of the places chosen in a file; empty when none is."""
    chosen = {str(answers.get(f"{code}.{line}.geoname") or "") for line in lines_in(answers, code)}
    numbers = [int(one) for one in chosen if one.isdecimal() and len(one) < 11]
    towns = [
        Town(f"g{place.geoname}", place.name, float(place.longitude), float(place.latitude), "project", place.country)
        for place in GazetteerPlace.objects.filter(geoname__in=numbers)
    ]
    home = _home()
    if not towns or home is None:
        return ""
    return world_narrow(Subject(home, tongue(), timezone.localdate().isoformat(), towns)).svg


def _home() -> Town | None:
    """The city itself, where the register knows its place."""
    place = getattr(Record.objects.filter(key=city().get("place", "")).select_related("place").first(), "place", None)
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return Town(place.key, city_name(), float(place.longitude), float(place.latitude), "city", place.country)
