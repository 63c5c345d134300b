"""Many rows of one table at once, by PostgreSQL's own COPY: triggers and constraints hold as they do for one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import isfinite
from typing import Any

import orjson
from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.utils.translation import gettext_lazy as _

from parvis.foundation.values.refusal import Refusal

#: Fields of Django itself, and the one type each holds that needs no preparing.
_HELD_PLAIN: tuple[tuple[type, type], ...] = (
    (models.CharField, str),
    (models.TextField, str),
    (models.BooleanField, bool),
    (models.IntegerField, int),
    (models.ForeignKey, int),
)

_NOTHING: frozenset[type] = frozenset()
#: As the library of Python writes it: nothing that JSON does not know.
_AS_PLAIN_JSON = orjson.OPT_PASSTHROUGH_SUBCLASS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS


class NoNumber(Refusal):
    """What is kept as a number is one."""

    message = _("A figure of “%(field)s” is no number (a division by nothing, a sum without end): nothing was written.")


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
    names = [field.attname for field in fields]
    _copy(meta.db_table, fields, ([row.__dict__[name] for name in names] for row in rows))
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def pour_lines(model: type[models.Model], names: Sequence[str], lines: Iterable[Sequence[Any]]) -> None:
    """Add lines nobody needs as objects: each gives a value for each of these columns, and the table its number."""
    _copy(model._meta.db_table, [model._meta.get_field(name) for name in names], lines)


def _copy(table: str, fields: Sequence[Any], lines: Iterable[Sequence[Any]]) -> None:
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(field.column) for field in fields)
    # each value asks the connection, which a proxy would look up by thread every time
    database = connections[DEFAULT_DB_ALIAS]
    plain = [_plain_of(field) for field in fields]
    prepare = [_preparing(field) for field in fields]
    #: What was made ready last in each column, and of what: most columns say the same of every row.
    of_what: list[Any] = [None] * len(fields)
    ready: list[Any] = [None] * len(fields)
    said = f"COPY {quoted(table)} ({columns}) FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(said) as copy:
        for line in lines:
            row = list(line)
            for place, value in enumerate(row):
                if type(value) not in plain[place]:
                    if value is not of_what[place]:
                        of_what[place], ready[place] = value, prepare[place](value, database)
                    row[place] = ready[place]
            copy.write_row(row)


def _preparing(field: Any) -> Callable[[Any, Any], Any]:
    """How a field makes a value ready: JSON is written here, where the field does no more than that."""
    prepare = field.get_db_prep_save
    if not isinstance(field, models.JSONField) or field.encoder or not _as_django_makes_it(field):
        return prepare  # type: ignore[no-any-return]

    def as_json(value: Any, database: Any) -> Any:
        if type(value) not in (dict, list):
            return prepare(value, database)
        try:
            written = orjson.dumps(value, option=_AS_PLAIN_JSON)
        except TypeError:  # what only the field's own way can write, or refuse
            return prepare(value, database)
        # orjson writes "nothing" for what is no number: a figure would be lost without a word
        if b"null" in written and _has_no_number(value):
            raise NoNumber(field=field.name)
        return written.decode()

    return as_json


def _has_no_number(value: Any) -> bool:
    if isinstance(value, float):
        return not isfinite(value)
    if isinstance(value, dict):
        return any(_has_no_number(each) for each in value.values())
    return isinstance(value, (list, tuple)) and any(_has_no_number(each) for each in value)


def _plain_of(field: Any) -> frozenset[type]:
    """The types whose values a field hands to the database as they are: nothing to prepare, row after row."""
    if not _as_django_makes_it(field) or not type(field).to_python.__module__.startswith("django."):
        return _NOTHING
    held = next((held for kind, held in _HELD_PLAIN if isinstance(field, kind)), None)
    return frozenset((held, type(None))) if held else _NOTHING


def _as_django_makes_it(field: Any) -> bool:
    """Whether no field of ours makes values ready in its own way."""
    steps = (getattr(type(field), step) for step in ("get_db_prep_save", "get_db_prep_value", "get_prep_value"))
    return all(step.__module__.startswith("django.") for step in steps)


def _numbers(table: str, column: str, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, column, count]
        )
        return [number for (number,) in cursor.fetchall()]
