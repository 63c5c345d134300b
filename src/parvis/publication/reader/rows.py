"""Rows of published tables, given back as they were declared: words by language, lists as lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from .filters import Row
from .schema import LANGUAGES


class Shapes:
    """How each table of a release is read, from its data dictionary."""

    def __init__(self, dictionary: list[Row]) -> None:
        self.dictionary = dictionary
        self._columns = {
            table["name"]: [(c["name"], c["type"]) for c in table["columns"]] for table in dictionary
        }
        self.refs = {
            name: tuple(column for column, kind in columns if kind in ("key", "ref"))
            for name, columns in self._columns.items()
        }

    def query(self, table: str, equals: Mapping[str, object]) -> tuple[str, list[Any]]:
        """The statement that reads a table where its columns equal these values."""
        names = [name for name, _ in self._columns[table]]
        for asked in equals:
            if asked not in names:
                raise KeyError(f"{table} has no column {asked}")
        where = " AND ".join(f'"{name}" IS ?' for name in equals) or "1"
        columns = ", ".join(f'"{name}"' for name in on_disk(self._columns[table]))
        return f'SELECT {columns} FROM "{table}" WHERE {where} ORDER BY rowid', list(equals.values())  # noqa: S608  # names come from our own dictionary

    def shaped(self, table: str, values: tuple[Any, ...]) -> Row:
        return shaped(self._columns[table], values)


def on_disk(columns: list[tuple[str, str]]) -> list[str]:
    """Names of the columns as they stand in the file: words take one a language."""
    return [
        f"{name}_{language}" if language else name
        for name, kind in columns
        for language in (LANGUAGES if kind == "words" else ("",))
    ]


def shaped(columns: list[tuple[str, str]], values: tuple[Any, ...]) -> Row:
    """One row by column name; words become texts by language, those missing left out."""
    row: Row = {}
    stream = iter(values)
    for name, kind in columns:
        if kind == "words":
            said = {language: next(stream) for language in LANGUAGES}
            row[name] = {language: text for language, text in said.items() if text}
            continue
        value = next(stream)
        if value is not None and kind == "list":
            value = orjson.loads(value)
        elif value is not None and kind == "bool":
            value = bool(value)
        row[name] = value
    return row
