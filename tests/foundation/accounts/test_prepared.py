"""Rows asked for and added in short: the transaction they stand in is the one there is."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from parvis.foundation.accounts.actions import house_account
from parvis.foundation.accounts.models import User
from parvis.foundation.accounts.prepared import add, last_rows_of, rows_of
from parvis.foundation.journal import actions as journal
from parvis.foundation.journal.models import Line


def line(verb):
    return journal.line(verb, about="application:1", by=house_account(), at=timezone.now(), content="abc")


def test_a_question_is_answered_with_what_the_transaction_wrote(db):
    person = User.objects.create_user("ana@assoc.example")

    assert rows_of("SELECT email FROM accounts_user WHERE id = %s", [person.pk]) == [("ana@assoc.example",)]


def test_rows_added_together_get_their_numbers_in_order_and_are_as_django_reads_them(db):
    first, second = line("one"), line("two")

    add(first, second)

    held = {row.pk: (row.verb, row.digests) for row in Line.objects.all()}
    assert held == {first.pk: ("one", {"content": "abc"}), second.pk: ("two", {"content": "abc"})}
    assert first.pk < second.pk


def test_one_row_that_is_refused_takes_the_others_with_it(db):
    nobody = line("two")
    nobody.actor_id = None

    with pytest.raises(IntegrityError), transaction.atomic():
        add(line("one"), nobody)

    assert not Line.objects.exists()


def test_the_last_question_ends_no_transaction_but_its_own(db):
    question = (
        "INSERT INTO journal_line (verb, about, actor_id, at, digests) VALUES (%s, '', %s, now(), '{}') RETURNING verb"
    )

    with transaction.atomic():
        told = last_rows_of(question, ["one", house_account().pk])
        transaction.set_rollback(True)

    assert told == [("one",)]
    assert not Line.objects.exists()


def test_a_question_is_planned_once_a_connection(own_database):
    for number in range(3):
        rows_of("SELECT %s::int + 30061", [number])

    [(asked, planned)] = rows_of(
        "SELECT generic_plans + custom_plans, prepare_time IS NOT NULL FROM pg_prepared_statements"
        " WHERE statement LIKE '%% + 30061'",
        [],
    )
    assert (asked, planned) == (3, True)
