"""Many rows of one table at once, by PostgreSQL's own COPY: triggers and constraints hold as they do for one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models


def pour(rows: Sequence[models.Model]) -> None:
    """Add rows that are all of one model; each gets its number, where the table numbers its rows."""
    if not rows:
        return
    meta = type(rows[0])._meta
    key = meta.pk
    if key is not None and isinstance(key, models.AutoField) and rows[0].pk is None:
        for row, number in zip(rows, _numbers(meta.db_table, str(key.column), len(rows)), strict=True):
            row.pk = number
    fields: list[Any] = list(meta.local_concrete_fields)
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(field.column) for field in fields)
    # each value asks the connection, which a proxy would look up by thread every time
    database = connections[DEFAULT_DB_ALIAS]
    prepared = [(field.attname, field.get_db_prep_save) for field in fields]
    said = f"COPY {quoted(meta.db_table)} ({columns}) FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(said) as copy:
        for row in rows:
            copy.write_row([prepare(getattr(row, name), database) for name, prepare in prepared])
    for row in rows:
        row._state.adding, row._state.db = False, database.alias


def _numbers(table: str, column: str, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, column, count]
        )
        return [number for (number,) in cursor.fetchall()]
