"""What may leave a room, whatever the room: the rule stands in the register, once."""

import pytest

from parvis.domain.accountability.models import PromiseEvidence
from parvis.domain.partnerships.models import Agreement
from parvis.foundation.publishing import Column
from parvis.register.models import Subject
from parvis.register.sharing import (
    KIND,
    column,
    part_rows,
    public_parts,
    record_of_part,
    record_table,
    shared_key,
)


def test_a_key_is_shared_when_its_record_is_public():
    hidden = [Subject(key="x", visibility=other) for other in ("draft", "internal", "restricted")]

    assert shared_key(Subject(key="open", visibility="public")) == "open"
    assert [shared_key(subject) for subject in (*hidden, None)] == [None, None, None, None]


def test_a_column_says_its_meaning_in_both_languages():
    assert column("party", "ref", "Partie", "Party") == Column("party", "ref", {"fr": "Partie", "en": "Party"})


def test_a_table_of_records_starts_with_their_key_and_names_their_noun():
    table = record_table(Agreement, "agreements", title=("A", "B"), grain=("C", "D"), columns=(KIND,))

    assert [found.name for found in table.columns] == ["key", "kind"]
    assert (table.noun, table.key, table.title, table.grain) == (
        "agreement",
        "key",
        {"fr": "A", "en": "B"},
        {"fr": "C", "en": "D"},
    )


@pytest.fixture
def promises(enter, subject):
    """Evidence two lines deep: promises, their steps, the records that show each."""
    subject("mayor", noun="office")
    subject("stele", noun="memorial")
    subject("secret", noun="memorial", visibility="internal")
    kept = {"state": "kept", "day": "2019", "evidence": ["secret", "stele"]}
    for key, visibility in (("b", "public"), ("a", "public"), ("hidden", "restricted")):
        steps = [{"state": "in_progress", "day": "2015", "evidence": ["stele"]}, kept]
        enter("promise", key, made_by="mayor", steps=steps, visibility=visibility)


def test_lines_of_lines_come_in_order_and_only_those_of_public_records(promises):
    found = [(record_of_part(line).key, line.owner.position, line.record.key) for line in public_parts(PromiseEvidence)]

    assert found == [
        ("a", 0, "stele"),
        ("a", 1, "secret"),
        ("a", 1, "stele"),
        ("b", 0, "stele"),
        ("b", 1, "secret"),
        ("b", 1, "stele"),
    ]


def test_a_line_without_the_tie_it_needs_is_dropped_and_otherwise_loses_its_name(promises):
    columns = (column("promise", "ref", "P", "P"), column("record", "ref", "R", "R"))

    bare = [row["record"] for row in part_rows(PromiseEvidence, columns)()]
    needed = [row["record"] for row in part_rows(PromiseEvidence, columns, needed="record")()]

    assert bare == ["stele", None, "stele"] * 2
    assert needed == ["stele", "stele"] * 2


def test_lines_of_lines_take_one_query(promises, django_assert_num_queries):
    with django_assert_num_queries(1):
        [record_of_part(line).key for line in public_parts(PromiseEvidence)]
