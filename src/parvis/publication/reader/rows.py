"""Rows of published tables, given back as they were declared: words by language, lists as lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import orjson

from .filters import Row
from .schema import LANGUAGES

Columns = Sequence[tuple[str, str]]
_READ: dict[str, Callable[[Any], Any]] = {"list": orjson.loads, "bool": bool}


class Shape:
    """How a row of one table is read: its declared columns and types."""

    def __init__(self, columns: Columns) -> None:
        self.names = [name for name, _ in columns]
        self.on_disk = on_disk(columns)
        self._words = [name for name, kind in columns if kind == "words"]
        self._read = [(name, _READ[kind]) for name, kind in columns if kind in _READ]

    def row(self, values: Sequence[Any]) -> Row:
        """One row by column name; words become texts by language, those missing left out."""
        row = dict(zip(self.on_disk, values, strict=True))
        for name, read in self._read:
            if row[name] is not None:
                row[name] = read(row[name])
        for name in self._words:
            said = {language: row.pop(f"{name}_{language}") for language in LANGUAGES}
            row[name] = {language: text for language, text in said.items() if text}
        return row


class Shapes:
    """How each table of a release is read, from its data dictionary."""

    def __init__(self, dictionary: list[Row]) -> None:
        self.dictionary = dictionary
        self._shapes = {
            table["name"]: Shape([(column["name"], column["type"]) for column in table["columns"]])
            for table in dictionary
        }

    def query(self, table: str, equals: Mapping[str, object], *, of_records: bool = False) -> tuple[str, list[Any]]:
        """The statement that reads a table where its columns equal these values.

        With ``of_records``, rows that belong to no record are left out.
        """
        shape = self._shapes[table]
        for asked in equals:
            if asked not in shape.on_disk:
                raise KeyError(f"{table} has no column {asked}")
        conditions = [f'"{name}" IS ?' for name in equals] + ([self._owned(table)] if of_records else [])
        where = " AND ".join(conditions) or "1"
        columns = ", ".join(f'"{name}"' for name in shape.on_disk)
        return f'SELECT {columns} FROM "{table}" WHERE {where} ORDER BY rowid', list(equals.values())

    def some_columns(self, table: str, names: Sequence[str], *, of_records: bool = False) -> str:
        """The statement that reads a few columns of a whole table; empty for a table there is not."""
        if table not in self._shapes:
            return ""
        known = set(self._shapes[table].on_disk)
        columns = ", ".join(f'"{name}"' if name in known else "NULL" for name in names)
        where = f" WHERE {self._owned(table)}" if of_records else ""
        return f'SELECT {columns} FROM "{table}"{where} ORDER BY rowid'

    def _owned(self, table: str) -> str:
        """Whether a row belongs to a record; in a table whose rows belong to none, nothing does."""
        owner = self.stored(table)[2]
        return f'"{owner}" IS NOT NULL' if owner else "0"

    def stored(self, table: str) -> tuple[list[str], list[str], str | None]:
        """Columns of a table as its files hold them, their types, and the column that says whose row it is."""
        told = next(one for one in self.dictionary if one["name"] == table) if table in self._shapes else None
        if told is None:
            raise KeyError(table)
        columns = [(column["name"], column["type"]) for column in told["columns"]]
        kinds = [kind for _, kind in columns for _ in (LANGUAGES if kind == "words" else ("",))]
        return self._shapes[table].on_disk, kinds, told.get("owner")

    def shaped(self, table: str, values: Sequence[Any]) -> Row:
        return self._shapes[table].row(values)


def on_disk(columns: Columns) -> list[str]:
    """Names of the columns as they stand in the file: words take one a language."""
    return [
        f"{name}_{language}" if language else name
        for name, kind in columns
        for language in (LANGUAGES if kind == "words" else ("",))
    ]
