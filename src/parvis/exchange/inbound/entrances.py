"""Every kind of record, in the order a city's files are entered, and the room that enters each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Any

from parvis.foundation.accounts.models import User
from parvis.register.actions import amend_record, enter_record
from parvis.register.entry import take_apart
from parvis.register.models import Conflict, Proposal, Record, Source

#: Plural, as in the files and the desk's addresses -> noun of the record.
#: Sources come first, conflicts last: they name statements.
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
    "levies": "levy",
    "envelopes": "envelope",
    "crises": "crisis",
    "grants": "grant",
    "workflows": "workflow",
    "calls": "call",
    "labels": "label",
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
#: Nouns of money, whose public texts somebody may write a person into.
OF_MONEY = frozenset({"grant", "call", "project", "label", "crisis", "envelope"})

_ROOMS = ("directory", "council", "partnerships", "projects", "funding", "encounters", "honours", "accountability")

Entrance = tuple[type[Record], Callable[..., Record], Callable[..., Record]]


@cache
def entrances() -> Mapping[str, Entrance]:
    """How a record of each noun is entered and amended: through its room, never round it."""
    found: dict[str, Entrance] = {"source": _register(Source), "conflict": _register(Conflict)}
    for room in _ROOMS:
        found |= import_module(f"parvis.domain.{room}.actions").ENTRANCES
    return found


@cache
def entrances_of_many() -> Mapping[str, Callable[..., list[Any]]]:
    """How records of a noun are entered by the thousand, where their room can."""
    found: dict[str, Callable[..., list[Any]]] = {}
    for room in _ROOMS:
        found |= getattr(import_module(f"parvis.domain.{room}.actions"), "ENTRANCES_OF_MANY", {})
    return found


def _register(model: type[Record]) -> Entrance:
    def enter(**given: Any) -> Record:
        return enter_record(model, **given)

    def amend(**given: Any) -> Record:
        amended: Record = amend_record(given.pop("record"), **given)
        return amended

    return model, enter, amend


def write_proposal(proposal: Proposal, *, by: User, at: datetime) -> Record:
    """Enter or amend the record a proposal describes, through its room.

    Raises what the room refuses; ChangedMeanwhile when the record moved on since the proposal was made.
    """
    model, enter, amend = entrances()[proposal.noun]
    content = take_apart(model, proposal.content)
    record = model._default_manager.select_related("subject").filter(subject__key=proposal.key).first()
    if record is None:
        return enter(entry=content.entry, facts=content.facts, by=by, at=at)
    seen = proposal.seen_revision if proposal.seen_revision is not None else record.subject.revision
    return amend(record=record, entry=content.entry, facts=content.facts, seen_revision=seen, by=by, at=at)
