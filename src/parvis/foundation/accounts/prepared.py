"""Questions asked at nearly every request: PostgreSQL plans each once a connection, and Django spells none again.

Only for tables that keep no history: the database is not told here who asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import psycopg
from django.db import connection, models


def rows_of(question: str, asked: Mapping[str, Any] | Sequence[Any]) -> list[tuple[Any, ...]]:
    """The answer to a question, within the transaction there is, or in one of its own."""
    with _reached() as line, psycopg.Cursor(line) as cursor:
        return cursor.execute(question, asked, prepare=True).fetchall()


def last_rows_of(question: str, asked: Mapping[str, Any] | Sequence[Any]) -> list[tuple[Any, ...]]:
    """The answer to the last question of a transaction, which ends with it, in one journey.

    What others wait for is locked no longer than the database needs. Within a wider transaction nothing ends.
    """
    with _reached() as line, psycopg.Cursor(line) as cursor:
        if not connection.in_atomic_block or connection.savepoint_ids:
            return cursor.execute(question, asked, prepare=True).fetchall()
        with line.pipeline():
            cursor.execute(question, asked, prepare=True)
            line.commit()
        return cursor.fetchall()


def add(*rows: models.Model) -> None:
    """Add rows of any models, in this order and in one journey. Each gets the number its table gave it."""
    with _reached() as line, line.pipeline():
        sent = []
        for row in rows:
            words, fields = _adding(type(row))
            values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
            sent.append(psycopg.Cursor(line).execute(words, values, prepare=True))
        numbers = [cursor.fetchone() for cursor in sent]
    for row, number in zip(rows, numbers, strict=True):
        row.pk = number[0] if number else row.pk
        row._state.adding, row._state.db = False, connection.alias


@contextmanager
def _reached() -> Iterator[psycopg.Connection[Any]]:
    """The connection under Django's, opened where it was not, its faults told as Django's."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors:
        yield connection.connection


@lru_cache(maxsize=64)
def _adding(model: type[models.Model]) -> tuple[str, tuple[Any, ...]]:
    meta, quoted = model._meta, connection.ops.quote_name
    fields: tuple[Any, ...] = tuple(one for one in meta.local_concrete_fields if not isinstance(one, models.AutoField))
    columns = ", ".join(quoted(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    key = quoted(str(meta.pk.column))
    return f"INSERT INTO {quoted(meta.db_table)} ({columns}) VALUES ({places}) RETURNING {key}", fields  # noqa: S608
