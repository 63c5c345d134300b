"""What the desk's templates ask for by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from parvis.domain.funding.models import InterestLook, LedgerEntry
from parvis.doors.desk import minutes, words
from parvis.doors.desk.naming import title_of, titles_of
from parvis.doors.desk.sheets.cells import key_in
from parvis.doors.desk.sheets.labels import language_label
from parvis.doors.ui import spelling
from parvis.foundation.values import in_language
from parvis.register.models import Statement, Subject
from parvis.register.properties import properties_of

register = template.Library()


@register.simple_tag
def rail() -> list[tuple[Any, list[tuple[str, str]]]]:
    """The groups of the rail, each with its lists."""
    return [(title, [(words.PLURALS[noun], words.several(noun)) for noun in nouns]) for title, nouns in words.RAIL]


@register.filter
def signed(value: Decimal) -> str:
    """A number with its sign, so that above and below are told apart."""
    told = spelling.number(abs(value), words.tongue())
    return f"−{told}" if value < 0 else f"+{told}" if value else told


@register.filter
def look_said(look: InterestLook) -> str:
    return minutes.look_said(look)


@register.simple_tag
def kind(subject: Subject) -> str:
    return words.kind_label(subject.noun, subject.kind) if subject.kind else ""


@register.filter
def sentences(said: Iterable[str]) -> str:
    """Sentences that go on after a few words: the first as it is, each further one with its capital."""
    first, *others = [*said] or [""]
    return " ".join([first, *(capfirst(other) for other in others)])


@register.simple_tag
def titled(subject: Subject) -> str:
    """What a record is called."""
    return title_of(subject)


@register.simple_tag
def titles_in(entries: Iterable[LedgerEntry]) -> dict[str, str]:
    """What the decisions, grants and envelopes of some entries are called, in one query."""
    keys = {entry.decision.key for entry in entries} | {entry.grant.key for entry in entries if entry.grant}
    keys |= {line.account.envelope.key for entry in entries for line in entry.lines.all() if line.account.envelope}
    return {key: key for key in keys} | titles_of(keys)


@register.filter
def noun_one(noun: str) -> str:
    """What one record of a noun is called."""
    return words.one(noun)


@register.filter
def noun_several(noun: str) -> str:
    """What several records of a noun are called."""
    return words.several(noun)


@register.filter
def plural_of(subject: Subject) -> str:
    """The word for its kind in the desk's addresses."""
    return words.PLURALS[subject.noun]


@register.filter
def item(mapping: Mapping[Any, Any], key: Any) -> Any:
    """One entry of a mapping, by a key known only to the template."""
    return mapping.get(key, "")


@register.filter
def language(code: str) -> str:
    """A language, named in the reader's own."""
    return language_label(code)


@register.filter
def moment(when: datetime | None) -> str:
    """A moment by the clocks of the city: 1er mars 2027, 09:00."""
    return spelling.moment(when, words.tongue(), timezone.get_default_timezone_name()) if when else ""


@register.filter
def day(when: Any) -> str:
    """A date as precise as it is known."""
    return spelling.day(when, words.tongue()) if when else ""


@register.filter
def percent(ratio: Decimal | None) -> str:
    """A share, in per cent."""
    return spelling.percent(ratio, words.tongue()) if ratio is not None else ""


@register.filter
def key_of(text: Any) -> str:
    """The key in “Mexico (mexico-city)”."""
    return key_in(text)


@register.simple_tag
def plain_words(said: Mapping[str, str]) -> str:
    """Words in the reader's language, or in the one there is."""
    return in_language(said, words.tongue())[0] if said else ""


@register.simple_tag
def property_name(said: Statement, noun: str) -> str:
    """What a statement is about, in words."""
    known = properties_of(noun).get(said.property)
    return in_language(known.label, words.tongue())[0] if known else said.property


@register.simple_tag
def value(said: Statement) -> str:
    """What a statement says, on one line."""
    if said.number is None:
        return plain_words(said.words) if said.words else "; ".join(plain_words(term) for term in said.terms)
    tongue = words.tongue()
    number = spelling.number(said.number, tongue)
    upper = f" – {spelling.number(said.number_to, tongue)}" if said.number_to is not None else ""
    unit = said.currency or words.vocabulary().units.label(said.unit, tongue)
    parts = (said.get_qualifier_display(), number + upper, unit, said.get_amount_kind_display())
    return " ".join(part for part in parts if part)


@register.simple_tag
def labelled(field: BoundField, **attrs: str) -> SafeString:
    """A field with attributes of its own."""
    return field.as_widget(attrs={name.replace("_", "-"): value for name, value in attrs.items()})


@register.simple_tag
def public_address(key: str) -> str:
    """Where the public reads this record."""
    return f"{settings.PARVIS_PUBLIC_ORIGIN}/id/{key}"
