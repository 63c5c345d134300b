"""The plural nouns of the data files, in the order they are entered, and the room that enters each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from parvis.register.actions import amend_record, enter_record
from parvis.register.models import Conflict, Record, Source

#: Plural in the files -> noun of the record. Sources come first, conflicts last: they name statements.
NOUNS = {
    "sources": "source",
    "places": "place",
    "bodies": "body",
    "people": "person",
    "offices": "office",
    "legal_bases": "legal_basis",
    "decisions": "decision",
    "agreements": "agreement",
    "networks": "network",
    "memberships": "membership",
    "relations": "relation",
    "programmes": "programme",
    "projects": "project",
    "events": "event",
    "missions": "mission",
    "commemorations": "commemoration",
    "memorials": "memorial",
    "honours": "honour",
    "promises": "promise",
    "claims": "claim",
    "questions": "question",
    "stories": "story",
    "indicators": "indicator",
    "conflicts": "conflict",
}

_ROOMS = ("directory", "council", "partnerships", "projects", "encounters", "honours", "accountability")

Entrance = tuple[type[Record], Callable[..., Record], Callable[..., Record]]


def entrances() -> Mapping[str, Entrance]:
    """How a record of each noun is entered and amended: through its room, never round it."""
    found: dict[str, Entrance] = {"source": _register(Source), "conflict": _register(Conflict)}
    for room in _ROOMS:
        found |= import_module(f"parvis.domain.{room}.actions").ENTRANCES
    return found


def _register(model: type[Record]) -> Entrance:
    def enter(**given: Any) -> Record:
        return enter_record(model, **given)

    def amend(**given: Any) -> Record:
        return amend_record(given.pop("record"), **given)

    return model, enter, amend
