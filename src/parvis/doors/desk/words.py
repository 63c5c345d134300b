"""The words the desk shows: the city's vocabulary, what a kind of record is called, one and several."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from parvis.doors.ui.words import city_name, paper_mark, the_city, tongue, vocabulary
from parvis.exchange.inbound.entrances import NOUNS
from parvis.foundation.values import in_language

__all__ = [
    "PLURALS", "RAIL", "city_name", "kind_label", "one", "paper_mark", "quoted", "several", "the_city", "tongue",
    "vocabulary",
]  # fmt: skip

#: The plural of each noun, as it stands in the desk's addresses.
PLURALS = {noun: plural for plural, noun in NOUNS.items()}

#: Records grouped as an officer looks for them.
RAIL = (
    (_("Partners"), ("place", "body", "relation", "agreement", "network", "membership")),
    (_("Action"), ("programme", "project", "event", "mission", "decision", "legal_basis")),
    (_("Money"), ("call", "workflow", "levy", "envelope", "crisis", "grant", "label")),
    (_("Honour and memory"), ("honour", "memorial", "commemoration", "person", "office")),
    (_("Account"), ("promise", "question", "claim", "story", "indicator")),
    (_("Register"), ("source", "conflict")),
)


def quoted(words: object) -> str:
    """Words as they were typed or found, between the marks of the reader's language."""
    return str(_("“%(words)s”") % {"words": words})


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
