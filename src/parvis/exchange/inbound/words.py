"""The city that brings the file in: its own body, its currency, its vocabulary."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from parvis.domain.directory.models import Place
from parvis.foundation.values.text import squeeze
from parvis.foundation.vocabulary import Vocabulary, load
from parvis.register.models import Name, Text


@cache
def _city(name: str) -> dict[str, Any]:
    path = Path(settings.DATA_DIR) / name / "city.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}


def the_city() -> str:
    """Key of the body that acts for the city."""
    return str(_city(settings.PARVIS_CITY).get("the_city", ""))


def currency() -> str:
    return str(_city(settings.PARVIS_CITY).get("currency", "EUR"))


def our_names() -> frozenset[str]:
    """Every name the city bears, squeezed: as a body, as a place, and as its file says."""
    said = _city(settings.PARVIS_CITY)
    keys = [str(said.get(name, "")) for name in ("the_city", "place")]
    titles = Text.objects.filter(field="title", subject__key__in=keys).values_list("body", flat=True)
    names = Name.objects.filter(subject__key__in=keys).values_list("text", flat=True)
    return frozenset(squeeze(str(name)) for name in (*said.get("name", {}).values(), *titles, *names))


def home_country() -> str:
    """The country the city stands in, where its place is known."""
    key = str(_city(settings.PARVIS_CITY).get("place", ""))
    return Place.objects.filter(subject__key=key).values_list("country", flat=True).first() or ""


def vocabulary() -> Vocabulary:
    own = Path(settings.DATA_DIR) / settings.PARVIS_CITY / "vocabulary.yaml"
    return load(own if own.exists() else None)
