"""The city that brings the file in: its own body, its currency, its vocabulary."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from parvis.domain.directory.models import Body, Place
from parvis.foundation.values.text import squeeze
from parvis.foundation.values.yaml_files import read_yaml
from parvis.foundation.vocabulary import Vocabulary, load
from parvis.register.models import Name, Text


@cache
def _city(name: str) -> dict[str, Any]:
    path = Path(settings.DATA_DIR) / name / "city.yaml"
    return read_yaml(path) if path.exists() else {}


def the_city() -> str:
    """Key of the body that acts for the city."""
    return str(_city(settings.PARVIS_CITY).get("the_city", ""))


def our_keys() -> frozenset[str]:
    """The city as a body, and as a place: records tell it by either."""
    said = _city(settings.PARVIS_CITY)
    return frozenset(str(said[name]) for name in ("the_city", "place") if said.get(name))


def currency() -> str:
    return str(_city(settings.PARVIS_CITY).get("currency", "EUR"))


def our_names() -> frozenset[str]:
    """Every name the city bears, squeezed: as a body, as a place, and as its file says."""
    said = _city(settings.PARVIS_CITY)
    keys = [str(said.get(name, "")) for name in ("the_city", "place")]
    titles = Text.objects.filter(field="title", subject__key__in=keys).values_list("body", flat=True)
    names = Name.objects.filter(subject__key__in=keys).values_list("text", flat=True)
    return frozenset(squeeze(str(name)) for name in (*said.get("name", {}).values(), *titles, *names))


def our_numbers() -> dict[str, str]:
    """The numbers the city bears in registers, by scheme."""
    found = Body.objects.filter(subject__key=the_city()).values_list("identifiers", flat=True).first()
    return dict(found or {})


def our_prefixes() -> tuple[str, ...]:
    """What the identifiers that we give begin with: our number in a register, or else our own name."""
    said = our_numbers()
    number = said.get("siren") or said.get("siret", "")[:9]
    refs = [said.get("org_id", ""), f"FR-INSEE-{number}" if number else "", f"parvis-{settings.PARVIS_CITY}"]
    return tuple(ref for ref in refs if ref)


def our_ways() -> frozenset[str]:
    """Every way our numbers are written as references: ``FR-SIREN-…``, ``FR-INSEE-…``; and the one we give."""
    said = our_numbers()
    siren = said.get("siren") or said.get("siret", "")[:9]
    refs = [said.get("org_id", ""), *our_prefixes()]
    refs += [f"FR-{register}-{siren}" for register in ("SIREN", "INSEE") if siren]
    refs += [f"FR-{scheme.upper()}-{said[scheme]}" for scheme in ("siret", "rna") if scheme in said]
    return frozenset(ref.upper() for ref in refs if ref)


def our_site() -> str:
    """The address of our public site, which what we publish begins with."""
    return str(getattr(settings, "PARVIS_PUBLIC_ORIGIN", ""))


def home_country() -> str:
    """The country the city stands in, where its place is known."""
    key = str(_city(settings.PARVIS_CITY).get("place", ""))
    return Place.objects.filter(subject__key=key).values_list("country", flat=True).first() or ""


def vocabulary() -> Vocabulary:
    own = Path(settings.DATA_DIR) / settings.PARVIS_CITY / "vocabulary.yaml"
    return load(own if own.exists() else None)
