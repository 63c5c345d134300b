"""The words the desk shows: the city's vocabulary, what a kind of record is called, one and several."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from parvis.exchange.inbound.entrances import NOUNS
from parvis.foundation.values import in_language
from parvis.foundation.vocabulary import Vocabulary, load

#: The plural of each noun, as it stands in the desk's addresses.
PLURALS = {noun: plural for plural, noun in NOUNS.items()}

#: Records grouped as an officer looks for them.
RAIL = (
    (_("Partners"), ("place", "body", "relation", "agreement", "network", "membership")),
    (_("Action"), ("programme", "project", "event", "mission", "decision", "legal_basis")),
    (_("Money"), ("call", "workflow", "levy", "envelope", "crisis", "grant")),
    (_("Honour and memory"), ("honour", "memorial", "commemoration", "person", "office")),
    (_("Account"), ("promise", "question", "claim", "story", "indicator")),
    (_("Register"), ("source", "conflict")),
)


@cache
def vocabulary() -> Vocabulary:
    """The house's vocabulary with the city's over it."""
    own = Path(settings.DATA_DIR) / settings.PARVIS_CITY / "vocabulary.yaml"
    return load(own if own.exists() else None)


@cache
def the_city() -> str:
    """The key of the body that acts for the city, as its file names it."""
    file = Path(settings.DATA_DIR) / settings.PARVIS_CITY / "city.yaml"
    return str((yaml.safe_load(file.read_text("utf-8")) or {}).get("the_city") or "") if file.exists() else ""


def one(noun: str) -> str:
    """What one record of a noun is called."""
    return capfirst(vocabulary().nouns.label(noun, tongue()))


def several(noun: str) -> str:
    """What several records of a noun are called."""
    nouns = vocabulary().nouns
    many: dict[str, str] = nouns.take(noun).trait("many", {}) if noun in nouns else {}
    return capfirst(in_language(many, tongue())[0] if many else nouns.label(noun, tongue()))


def kind_label(noun: str, code: str) -> str:
    return vocabulary().kind_label(noun, code, tongue())


def tongue() -> str:
    return (get_language() or "fr")[:2]
