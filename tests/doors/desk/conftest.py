"""A desk with a few records, and somebody of each role at it."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from parvis.foundation.accounts.models import Role, User
from parvis.register.actions import enter_record, record_statement
from parvis.register.content import content_of
from parvis.register.entry import take_apart
from parvis.register.models import Source

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

PAGE = {
    "key": "city-page",
    "kind": "web_page",
    "title": {"fr": "Page de la Ville", "en": "City page"},
    "publisher": {"fr": "Ville"},
    "date": "2022-09-19",
    "language": "fr",
    "speaks": "self_reported",
}


@pytest.fixture
def people(db):
    return {role: User.objects.create_user(f"{role}@ville.example", role=role) for role in Role.values}


@pytest.fixture
def source(people):
    taken = take_apart(Source, PAGE)
    return enter_record(Source, entry=taken.entry, facts=taken.facts, by=people[Role.OFFICER], at=NOON)


@pytest.fixture
def statement(source, people):
    said = {"property": "observation", "words": {"en": "Dense"}, "source": "city-page", "lines": "12"}
    return record_statement(about=source.subject, content=said, by=people[Role.OFFICER], at=NOON)


@pytest.fixture
def at_desk(people):
    def sit(role):
        client = Client(headers={"accept-language": "en"})
        client.force_login(people[role])
        return client

    return sit


@pytest.fixture
def own_desk(own_database):
    """A desk on a database of its own, where each save is its own transaction, as it is in life."""
    people = {role: User.objects.create_user(f"{role}@ville.example", role=role) for role in Role.values}
    taken = take_apart(Source, PAGE)
    record = enter_record(Source, entry=taken.entry, facts=taken.facts, by=people[Role.OFFICER], at=NOON)
    client = Client(headers={"accept-language": "en"})
    client.force_login(people[Role.PUBLISHER])
    return client, content_of(record)
