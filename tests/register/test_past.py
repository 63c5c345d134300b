from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from parvis.register.actions import amend_record
from parvis.register.content import content_of
from parvis.register.entry import take_apart
from parvis.register.models import Conflict
from parvis.register.past import content_at, revisions

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def history_clock():
    """History is dated by the database, at the start of a transaction: the test's own."""
    with connection.cursor() as cursor:
        cursor.execute("select max(pgh_created_at) from register_subjectevent")
        return cursor.fetchone()[0]


@pytest.fixture
def amended(conflict, clerk):
    content = content_of(conflict)
    content |= {"sides": content["sides"][:1], "title": {"en": "One number"}}
    taken = take_apart(Conflict, content)
    return amend_record(conflict, entry=taken.entry, facts=taken.facts, seen_revision=1, by=clerk, at=NOON)


def test_before_it_was_entered_a_record_has_no_content(conflict):
    assert content_at(conflict, history_clock() - timedelta(days=1)) is None


def test_the_history_gives_the_record_as_it_stands(amended):
    assert content_at(amended, history_clock()) == content_of(amended)


def test_the_history_gives_sources_and_names_in_the_order_they_are_read_in(conflict, clerk, source):
    content = content_of(conflict)
    content["cites"] = [{"source": source.key, "lines": "96"}, {"source": source.key, "lines": "7"}]
    content["names"] = [{"text": "Zoé"}, {"text": "Aïda"}]
    taken = take_apart(Conflict, content)
    kept = amend_record(conflict, entry=taken.entry, facts=taken.facts, seen_revision=1, by=clerk, at=NOON)

    assert content_at(kept, history_clock()) == content_of(kept)


def test_every_revision_is_listed_latest_first(amended, clerk):
    assert [(row["revision"], row["amended_by_id"]) for row in revisions(amended)] == [
        (2, clerk.pk),
        (1, clerk.pk),
    ]
