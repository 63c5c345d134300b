"""Entering and amending the records of the directory."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from parvis.domain.directory.actions.settling import (
    refuse_inside_itself,
    settled_body,
    settled_office,
    settled_person,
    settled_place,
)
from parvis.domain.directory.errors import PersonIsNoBody
from parvis.domain.directory.models import Body, Office, Person, Place
from parvis.foundation.accounts.models import User
from parvis.register.actions import amend_record, enter_record
from parvis.register.entry import Entry, Facts


@transaction.atomic
def enter_place(*, entry: Entry, facts: Facts, by: User, at: datetime) -> Place:
    """Enter a place. A city must be found, and is never guessed."""
    place = enter_record(Place, entry=entry, facts=settled_place(entry, facts), by=by, at=at)
    refuse_inside_itself(place)
    return place


@transaction.atomic
def amend_place(
    *,
    record: Place,
    entry: Entry,
    facts: Facts,
    seen_revision: int,
    by: User,
    at: datetime,
    verb: str = "amended",
) -> Place:
    """Give a place its new content."""
    place = amend_record(
        record,
        entry=entry,
        facts=settled_place(entry, facts),
        seen_revision=seen_revision,
        by=by,
        at=at,
        verb=verb,
    )
    refuse_inside_itself(place)
    return place


@transaction.atomic
def enter_body(*, entry: Entry, facts: Facts, by: User, at: datetime) -> Body:
    """Enter a body, its identifiers checked. Raises PersonIsNoBody."""
    if entry.kind == "natural_person":
        raise PersonIsNoBody
    body = enter_record(Body, entry=entry, facts=settled_body(facts), by=by, at=at)
    refuse_inside_itself(body)
    return body


@transaction.atomic
def amend_body(
    *,
    record: Body,
    entry: Entry,
    facts: Facts,
    seen_revision: int,
    by: User,
    at: datetime,
    verb: str = "amended",
) -> Body:
    """Give a body its new content."""
    body = amend_record(
        record, entry=entry, facts=settled_body(facts), seen_revision=seen_revision, by=by, at=at, verb=verb
    )
    refuse_inside_itself(body)
    return body


@transaction.atomic
def enter_person(*, entry: Entry, facts: Facts, by: User, at: datetime) -> Person:
    """Enter an office holder or an honoured person; no one else."""
    return enter_record(Person, entry=entry, facts=settled_person(entry, facts), by=by, at=at)


@transaction.atomic
def amend_person(
    *,
    record: Person,
    entry: Entry,
    facts: Facts,
    seen_revision: int,
    by: User,
    at: datetime,
    verb: str = "amended",
) -> Person:
    """Give a person their new content."""
    facts = settled_person(entry, facts)
    return amend_record(record, entry=entry, facts=facts, seen_revision=seen_revision, by=by, at=at, verb=verb)


@transaction.atomic
def enter_office(*, entry: Entry, facts: Facts, by: User, at: datetime) -> Office:
    """Enter an office, with those who held it."""
    return enter_record(Office, entry=entry, facts=settled_office(facts), by=by, at=at)


@transaction.atomic
def amend_office(
    *,
    record: Office,
    entry: Entry,
    facts: Facts,
    seen_revision: int,
    by: User,
    at: datetime,
    verb: str = "amended",
) -> Office:
    """Give an office its new content, holders included."""
    facts = settled_office(facts)
    return amend_record(record, entry=entry, facts=facts, seen_revision=seen_revision, by=by, at=at, verb=verb)
