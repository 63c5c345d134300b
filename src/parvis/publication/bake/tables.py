"""First pass: the published tables, written down as they were declared."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

import orjson

from parvis.foundation.publishing import Column, PublishedTable, columns_on_disk
from parvis.foundation.publishing.tables import LANGUAGES

from .faults import BakeFault

_AT_ONCE = 5000
_STORED = {"int": "INTEGER", "bool": "INTEGER"}
Values = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """A table and what the gate must know of it: whose rows they are, and which columns name others."""

    table: PublishedTable
    owner: str | None
    refs: tuple[str, ...]
    dated: frozenset[str]

    @property
    def name(self) -> str:
        return self.table.name

    @property
    def columns(self) -> list[tuple[str, str]]:
        return [(column.name, column.type) for column in self.table.columns]


def plan_of(table: PublishedTable) -> Plan:
    """The owner of a row is its key, or else the first record it names."""
    refs = tuple(column.name for column in table.columns if column.type == "ref")
    owner = table.key or (refs[0] if refs else None)
    dated = frozenset(column.name for column in table.columns if column.type in ("pdate", "day"))
    return Plan(table, owner, tuple(ref for ref in refs if ref != owner), dated)


def write_table(db: sqlite3.Connection, plan: Plan, withdrawn: frozenset[str]) -> None:
    """Write every row of a table, those of one record side by side, records in the order of their keys."""
    named = columns_on_disk(plan.table)
    columns = ", ".join(f'"{name}" {_STORED.get(column.type, "TEXT")}' for name, column in named)
    db.execute(f'CREATE TABLE "{plan.name}" ({columns}) STRICT')
    insert = f'INSERT INTO "{plan.name}" VALUES ({",".join("?" * len(named))})'
    owner = [column.name for column in plan.table.columns].index(plan.owner) if plan.owner else None
    ordered, last = True, ""
    for batch in _batches(plan, withdrawn):
        if owner is not None and ordered:
            ordered, last = _in_order(batch[owner], last)
        db.executemany(insert, _flat(plan.table.columns, batch))
    if not ordered:
        _put_in_order(db, plan)


def _batches(plan: Plan, withdrawn: frozenset[str]) -> Iterator[list[list[Any]]]:
    """Columns of a few thousand rows at a time, each value as it is stored."""
    rows = plan.table.checked_rows()
    if withdrawn:
        rows = _without_withdrawn(plan, rows, withdrawn)
    names = [column.name for column in plan.table.columns]
    while batch := list(islice(rows, _AT_ONCE)):
        yield [
            _stored(plan, column, [row[name] for row in batch])
            for name, column in zip(names, plan.table.columns, strict=True)
        ]


def _without_withdrawn(
    plan: Plan, rows: Iterator[Mapping[str, Any]], withdrawn: frozenset[str]
) -> Iterator[Mapping[str, Any]]:
    """Rows that do not name a withdrawn record; a record itself stays and only forgets the other one."""
    is_record = plan.table.key is not None
    for row in rows:
        if plan.owner and row[plan.owner] in withdrawn:
            continue
        named = [ref for ref in plan.refs if row[ref] in withdrawn]
        if named and not is_record:
            continue
        listed = {
            column.name: [item for item in row[column.name] or () if item not in withdrawn]
            for column in plan.table.columns
            if column.type == "list"
        }
        yield {**row, **listed, **dict.fromkeys(named)} if named or listed else row


def _in_order(keys: list[str | None], last: str) -> tuple[bool, str]:
    for key in keys:
        if key is None or key < last:
            return False, ""
        last = key
    return True, last


def _put_in_order(db: sqlite3.Connection, plan: Plan) -> None:
    """Bring together the rows of each record, keeping the order they were given in."""
    db.execute(f'ALTER TABLE "{plan.name}" RENAME TO "as given"')
    declared = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'as given'").fetchone()[0]
    db.execute(declared.replace('"as given"', f'"{plan.name}"', 1))
    db.execute(f'INSERT INTO "{plan.name}" SELECT * FROM "as given" ORDER BY "{plan.owner}", rowid')
    db.execute('DROP TABLE "as given"')


def _flat(columns: tuple[Column, ...], batch: list[list[Any]]) -> Iterator[tuple[Any, ...]]:
    """Rows of a batch, words spread over one column a language."""
    spread: list[Sequence[Any]] = []
    for column, values in zip(columns, batch, strict=True):
        if column.type == "words":
            spread += [[(said or {}).get(language) or None for said in values] for language in LANGUAGES]
        else:
            spread.append(values)
    return zip(*spread, strict=True)


def _stored(plan: Plan, column: Column, values: list[Any]) -> list[Any]:
    """Values of one column as the file holds them. Raises BakeFault naming the table and the column."""
    keep = _KEEPERS.get(column.type, _decimals)
    try:
        return keep(values)
    except (TypeError, ValueError, ArithmeticError) as fault:
        raise BakeFault(f"table {plan.name}, column {column.name} ({column.type}): {fault}") from fault


def _texts(values: list[Any]) -> list[Any]:
    if set(map(type, values)) <= _PLAIN:
        return [value or None for value in values]
    return [None if value is None else _spoken(value) for value in values]


_PLAIN = {str, type(None)}


def _spoken(value: Any) -> str | None:
    """Text of what is text in all but its type (a date known in part); nothing else passes as text."""
    if isinstance(value, (bool, int, float, bytes, dict, list, date)):
        raise TypeError(f"{value!r} is no text")
    return str(value) or None


def _days(values: list[Any]) -> list[Any]:
    return [None if value is None or value == "" else _day(value) for value in values]


def _day(value: Any) -> str:
    if isinstance(value, datetime):
        raise TypeError(f"{value!r} is a moment, not a day")
    return value.isoformat() if isinstance(value, date) else date.fromisoformat(value).isoformat()


def _integers(values: list[Any]) -> list[Any]:
    if any(isinstance(value, bool) or not isinstance(value, (int, type(None))) for value in values):
        raise TypeError("holds something else than whole numbers")
    return values


def _booleans(values: list[Any]) -> list[Any]:
    if any(not isinstance(value, (bool, type(None))) for value in values):
        raise TypeError("holds something else than yes or no")
    return [None if value is None else int(value) for value in values]


def _decimals(values: list[Any]) -> list[Any]:
    return [None if value is None or value == "" else _decimal(value) for value in values]


def _decimal(value: Any) -> str:
    """A number as it is written, without the zeros that say nothing. A float has no place here."""
    if isinstance(value, float):
        raise TypeError(f"{value!r} is a float")
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(f"{value!r} is no number")
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _lists(values: list[Any]) -> list[Any]:
    return [None if value is None else orjson.dumps([str(item) for item in value]).decode() for value in values]


def _words(values: list[Any]) -> list[Any]:
    for value in values:
        if value is not None and not isinstance(value, Mapping):
            raise TypeError(f"{value!r} is no words by language")
        if value and (unknown := set(value) - set(LANGUAGES)):
            raise ValueError(f"languages {sorted(unknown)} are not published")
    return values


_KEEPERS: dict[str, Callable[[list[Any]], list[Any]]] = {
    **dict.fromkeys(("key", "ref", "text", "pdate", "lines"), _texts),
    "day": _days,
    "int": _integers,
    "bool": _booleans,
    "list": _lists,
    "words": _words,
}


def check_links(db: sqlite3.Connection, plans: Sequence[Plan]) -> None:
    """Refuse a row that belongs to, or names, a record that is not published: a leak, or a broken link."""
    faults: list[str] = []
    for plan in plans:
        if plan.name == "subjects":
            continue
        for column in (plan.owner, *plan.refs):
            if column:
                faults += _unknown(db, plan, column)
    faults += [f"{key} is published twice" for (key,) in db.execute(
        "SELECT key FROM subjects GROUP BY key HAVING count(*) > 1 ORDER BY key LIMIT 5"
    )]  # fmt: skip
    if faults:
        raise BakeFault("; ".join(faults[:20]))


def _unknown(db: sqlite3.Connection, plan: Plan, column: str) -> list[str]:
    owner = f'"{plan.owner}"' if plan.owner else "''"
    found = db.execute(
        f'SELECT DISTINCT {owner}, "{column}" FROM "{plan.name}" AS t WHERE "{column}" IS NOT NULL'
        f' AND NOT EXISTS (SELECT 1 FROM subjects WHERE subjects.key = t."{column}") LIMIT 5'
    )
    return [
        f"table {plan.name}: {whose} names {key} under {column}, which is not published"
        if column != plan.owner
        else f"table {plan.name}: a row belongs to {key}, which is not published"
        for whose, key in found
    ]
