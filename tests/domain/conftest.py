"""People, sources and records the rooms' tests start from."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.utils import translation

from parvis.foundation.accounts.models import Role, User
from parvis.register.actions import enter_record
from parvis.register.entry import take_apart
from parvis.register.models import Source, Subject

_ROOMS = ("directory", "council", "partnerships", "projects", "funding", "encounters", "honours", "accountability")


@pytest.fixture(autouse=True)
def in_english():
    """Sentences are written in English here, whatever language the office speaks."""
    with translation.override("en"):
        yield


@pytest.fixture
def noon():
    return datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def clerk(db):
    return User.objects.create_user("clerk@ville.example", role=Role.PUBLISHER)


@pytest.fixture
def subject(clerk, noon):
    """A subject of any noun, with nothing behind it: enough to be named by another record."""

    def named(key, noun="body", **more):
        facts = {"visibility": "public", **more}
        moments = {"entered_at": noon, "amended_at": noon, "entered_by": clerk, "amended_by": clerk}
        return Subject.objects.create(key=key, noun=noun, **moments, **facts)

    return named


@pytest.fixture
def source(clerk, noon):
    """A source of a given date."""

    def written(key="city-page", date="2022-09-19", **more):
        content = {
            "key": key,
            "title": {"en": key},
            "publisher": {"en": "City"},
            "date": date,
            "language": "fr",
            "speaks": "self_reported",
            **more,
        }
        taken = take_apart(Source, content)
        return enter_record(Source, entry=taken.entry, facts=taken.facts, by=clerk, at=noon)

    return written


@pytest.fixture
def doors():
    """How each noun is entered and amended, through its room."""
    found = {}
    for room in _ROOMS:
        found |= import_module(f"parvis.domain.{room}.actions").ENTRANCES
    return found


@pytest.fixture
def enter(clerk, noon, doors):
    """Enter a record through its room, from its content as a data file writes it."""

    def entered(noun, key, **content):
        model, enter_it, _amend = doors[noun]
        taken = take_apart(model, {"key": key, "title": {"en": key}, **content})
        return enter_it(entry=taken.entry, facts=taken.facts, by=clerk, at=noon)

    return entered


@pytest.fixture
def amend(clerk, noon, doors):
    """Amend a record through its room, from its whole new content."""

    def amended(record, seen_revision=1, **content):
        model, _enter, amend_it = doors[record.noun]
        taken = take_apart(model, {"key": record.key, "title": {"en": record.key}, **content})
        return amend_it(
            record=record,
            entry=taken.entry,
            facts=taken.facts,
            seen_revision=seen_revision,
            by=clerk,
            at=noon,
        )

    return amended


@pytest.fixture
def act(clerk, noon):
    """Do something in the clerk's name, at noon."""

    def done(action, **facts):
        return action(by=clerk, at=noon, **facts)

    return done


@pytest.fixture
def rows():
    """The rows of a published table of a room, checked against its declared columns."""

    def of(room, name):
        tables = import_module(f"parvis.domain.{room}.published").TABLES
        return list(next(table for table in tables if table.name == name).checked_rows())

    return of
