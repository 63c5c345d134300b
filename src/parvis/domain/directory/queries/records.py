"""Reads of places, bodies and people, under any of their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from django.db.models import QuerySet

from parvis.domain.directory.models import Body, Office, Person, Place
from parvis.foundation.values.text import fold, squeeze
from parvis.register.models import Judgement, Name, Subject, Text
from parvis.register.ordering import known_date

NOUNS = (Place.noun, Body.noun, Person.noun, Office.noun)


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """Two records that may be one real thing, and what they share. A person judges."""

    left: Subject
    right: Subject
    shared: tuple[str, ...]


def records_named(name: str, *nouns: str) -> QuerySet[Subject]:
    """Records that go or went by a name, or have it as their title in any language."""
    key = squeeze(name)
    nouns = nouns or NOUNS
    named = Name.objects.filter(folded=fold(name), subject__noun__in=nouns).values_list("subject", flat=True)
    titled = {subject for subject, _noun, body in _titles(nouns) if squeeze(body) == key}
    return Subject.objects.filter(pk__in={*named, *titled}).order_by("key")


def units_of(body: Subject, on: date) -> tuple[Body, ...]:
    """The bodies that were part of a body on a day, those whose dates are not known included."""
    units = Body.objects.filter(parent=body).select_related("subject").order_by("subject__key")
    return tuple(unit for unit in units if _existed(unit, on))


def places_within(place: Subject) -> tuple[Place, ...]:
    """Every place inside a place, however deep, each once."""
    found: dict[int, Place] = {}
    ahead = [place.pk]
    while ahead:
        inner = Place.objects.filter(within__in=ahead).exclude(pk__in=[*found, place.pk]).select_related("subject")
        fresh = {one.pk: one for one in inner}
        found |= fresh
        ahead = list(fresh)
    return tuple(sorted(found.values(), key=lambda one: one.key))


def possible_duplicates(*nouns: str) -> Iterator[PossibleDuplicate]:
    """Pairs of one noun, kind and country that share a name or an identifier, and await a judgement."""
    subjects = {subject.pk: subject for subject in Subject.objects.filter(noun__in=nouns or NOUNS)}
    countries = _countries()
    judged = set(Judgement.objects.filter(undone_at__isnull=True).values_list("left", "right"))
    shared: dict[tuple[int, int], set[str]] = defaultdict(set)
    for token, bearers in _tokens(nouns or NOUNS).items():
        for left, right in combinations(sorted(bearers), 2):
            if _comparable(subjects[left], subjects[right], countries):
                shared[left, right].add(token)
    for pair in sorted(shared.keys() - judged, key=lambda pair: (subjects[pair[0]].key, subjects[pair[1]].key)):
        yield PossibleDuplicate(subjects[pair[0]], subjects[pair[1]], tuple(sorted(shared[pair])))


def _titles(nouns: tuple[str, ...]) -> Iterator[tuple[int, str, str]]:
    titles = Text.objects.filter(field="title", subject__noun__in=nouns)
    return titles.values_list("subject", "subject__noun", "body").iterator()


def _tokens(nouns: tuple[str, ...]) -> dict[str, set[int]]:
    """Each name and identifier, with the records that have it."""
    tokens: dict[str, set[int]] = defaultdict(set)
    for subject, _noun, body in _titles(nouns):
        tokens[squeeze(body)].add(subject)
    for subject, text in Name.objects.filter(subject__noun__in=nouns).values_list("subject", "text"):
        tokens[squeeze(text)].add(subject)
    for subject, identifiers in Body.objects.exclude(identifiers={}).values_list("subject", "identifiers"):
        if Body.noun in nouns:
            for scheme, number in identifiers.items():
                tokens[f"{scheme}:{number}"].add(subject)
    tokens.pop("", None)
    return tokens


def _countries() -> dict[int, str]:
    """The country of each place, and of each body that says where it is."""
    places = dict(Place.objects.values_list("subject", "country"))
    bodies = Body.objects.filter(place__isnull=False).values_list("subject", "place")
    return places | {body: places[place] for body, place in bodies if place in places}


def _comparable(left: Subject, right: Subject, countries: dict[int, str]) -> bool:
    here, there = countries.get(left.pk), countries.get(right.pk)
    return left.noun == right.noun and left.kind == right.kind and (None in (here, there) or here == there)


def _existed(body: Body, on: date) -> bool:
    founded, closed = known_date(body.founded), known_date(body.closed)
    began = not (founded and founded.earliest and on < founded.earliest)
    return began and not (closed and closed.latest and on > closed.latest)
