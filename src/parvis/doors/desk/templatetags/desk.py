"""What the desk's templates ask for by name."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings

from parvis.doors.desk.sheets.labels import part_label
from parvis.doors.desk.words import NOUNS as WORDS
from parvis.doors.desk.words import RAIL, kind_label, tongue
from parvis.exchange.inbound.entrances import NOUNS
from parvis.register.models import Statement, Subject

register = template.Library()

_PLURALS = {noun: plural for plural, noun in NOUNS.items()}


@register.simple_tag
def rail() -> list[tuple[Any, list[tuple[str, Any]]]]:
    """The groups of the rail, each with its lists."""
    return [(title, [(_PLURALS[noun], WORDS[noun][1]) for noun in nouns]) for title, nouns in RAIL]


@register.simple_tag
def kind(subject: Subject) -> str:
    return kind_label(subject.noun, subject.kind) if subject.kind else ""


@register.simple_tag
def part_name(name: str) -> str:
    return {"head": "", "facts": ""}.get(name) or part_label(name)


@register.simple_tag
def plain_words(words: dict[str, str]) -> str:
    """Words in the reader's language, or in the one there is."""
    return words.get(tongue()) or next(iter(words.values()), "")


@register.simple_tag
def value(said: Statement) -> str:
    """What a statement says, on one line."""
    if said.number is None:
        return plain_words(said.words) if said.words else "; ".join(plain_words(term) for term in said.terms)
    number = f"{said.number.normalize():f}"
    upper = f" – {said.number_to.normalize():f}" if said.number_to is not None else ""
    return " ".join(
        part for part in (said.get_qualifier_display(), number + upper, said.currency or said.unit) if part
    )


@register.simple_tag
def public_address(key: str) -> str:
    """Where the public reads this record."""
    return f"{settings.PARVIS_PUBLIC_ORIGIN}/id/{key}"
