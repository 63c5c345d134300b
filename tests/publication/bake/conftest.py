"""A register with records of every visibility, and a place to publish it."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module

import pytest

from parvis.foundation.accounts.models import Role, User
from parvis.publication import reader
from parvis.register.entry import take_apart

MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)
_ROOMS = ("directory", "council", "partnerships", "projects", "encounters", "honours", "accountability")


@pytest.fixture
def publisher(db):
    return User.objects.create_user("publisher@ville.example", role=Role.PUBLISHER)


@pytest.fixture
def enter(publisher):
    """Enter a record through its room, from its content as a data file writes it."""
    from parvis.register.actions import enter_record
    from parvis.register.models import Source

    doors = {}
    for room in _ROOMS:
        doors |= import_module(f"parvis.domain.{room}.actions").ENTRANCES

    def entered(noun: str, key: str, **content):
        content = {"key": key, "title": {"en": key, "fr": key}, **content}
        if noun == "source":
            taken = take_apart(Source, content)
            return enter_record(Source, entry=taken.entry, facts=taken.facts, by=publisher, at=MOMENT)
        model, enter_it, _amend = doors[noun]
        taken = take_apart(model, content)
        return enter_it(entry=taken.entry, facts=taken.facts, by=publisher, at=MOMENT)

    return entered


@pytest.fixture
def house(settings, tmp_path, db):
    """Where this test publishes."""
    settings.VAR_DIR = tmp_path
    settings.PARVIS_CITY = "paris"
    reader.serve_from(tmp_path)
    return tmp_path
