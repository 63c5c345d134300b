"""Only what hangs on a public record passes: tried with records that could leak."""

from datetime import UTC, datetime

import pytest

from parvis.foundation.accounts.models import Role, User
from parvis.register.actions import enter_record, record_statement, retract_statement, tie_records
from parvis.register.entry import take_apart
from parvis.register.models import Conflict, Source
from parvis.register.published import TABLES

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ROWS = {table.name: table for table in TABLES}


def rows(name):
    return list(ROWS[name].checked_rows())


def column(table, name):
    return [row[name] for row in rows(table)]


@pytest.fixture
def clerk(db):
    return User.objects.create_user("clerk@ville.example", role=Role.OFFICER)


@pytest.fixture
def enter(clerk):
    def write(model, key, **content):
        whole = {"key": key, "title": {"fr": f"Titre {key}"}, "visibility": "public", **content}
        if model is Source:
            whole |= {"publisher": {"fr": "V"}, "language": "fr", "speaks": "partner"}
        taken = take_apart(model, whole)
        return enter_record(model, entry=taken.entry, facts=taken.facts, by=clerk, at=NOON)

    return write


@pytest.fixture
def say(clerk):
    def record(about, source, text):
        said = {"property": "observation", "words": {"fr": text}, "source": source, "lines": "1"}
        return record_statement(about=about.subject, content=said, by=clerk, at=NOON)

    return record


@pytest.fixture
def two_sources(enter):
    return enter(Source, "open"), enter(Source, "secret", visibility="internal", names=["Pseudonyme"])


def test_records_that_are_not_public_leave_no_row(two_sources):
    assert column("subjects", "key") == ["open"]
    assert column("sources", "key") == ["open"]
    assert column("names", "text") == []
    assert column("texts", "body") == ["Titre open"]


def test_a_statement_needs_a_public_record_and_a_public_source(two_sources, say):
    public, secret = two_sources
    say(public, "open", "said")
    say(public, "secret", "whispered")
    say(secret, "open", "hidden")

    assert column("statements", "words") == [{"fr": "said"}]


def test_a_retracted_statement_is_shared_no_more(two_sources, say, clerk):
    statement = say(two_sources[0], "open", "said")

    retract_statement(statement=statement, reason="Misread", by=clerk, at=NOON)

    assert rows("statements") == []


def test_citations_and_ties_to_what_is_not_public_are_dropped(two_sources, enter, clerk):
    cites = [{"source": "open", "lines": "1-2"}, {"source": "secret", "lines": "3"}]
    conflict = enter(Conflict, "differ", cites=cites, about="secret")
    tie_records(cause=conflict.subject, content={"key": "secret", "source": "open"}, by=clerk, at=NOON)
    tie_records(cause=conflict.subject, content={"key": "open", "source": "open"}, by=clerk, at=NOON)

    assert [(row["source"], row["lines"]) for row in rows("citations")] == [("open", "1-2")]
    assert column("ties", "effect") == ["open"]
    assert column("conflicts", "about") == [None]


def test_a_tie_told_by_a_source_that_is_not_public_is_dropped(two_sources, enter, clerk):
    conflict = enter(Conflict, "differ")

    tie_records(cause=conflict.subject, content={"key": "open", "source": "secret"}, by=clerk, at=NOON)

    assert rows("ties") == []


def test_sides_come_in_order_and_hide_a_source_that_is_not_public(two_sources, enter):
    sides = [
        {"words": {"fr": "un"}, "source": "open", "lines": "4"},
        {"words": {"fr": "deux"}, "source": "secret", "lines": "5"},
    ]
    enter(Conflict, "differ", sides=sides)

    found = [(row["position"], row["words"], row["source"]) for row in rows("conflict_sides")]
    assert found == [(1, {"fr": "un"}, "open"), (2, {"fr": "deux"}, None)]


def test_a_list_of_terms_is_shared_as_words(two_sources, clerk):
    said = {
        "property": "stated_list",
        "terms": [{"fr": "eau", "en": "water"}, {"fr": "santé"}],
        "source": "open",
        "lines": "1",
    }
    record_statement(about=two_sources[0].subject, content=said, by=clerk, at=NOON)

    assert column("statements", "terms") == [{"en": "water", "fr": "eau; santé"}]
