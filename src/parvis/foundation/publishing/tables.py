"""A published table: its grain, its columns with their meaning, and where its rows come from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

#: Languages a column of words is written out in. A city uses some of them; the others stay empty.
LANGUAGES = ("fr", "en", "es", "pt")

_DECIMAL = re.compile(r"^decimal\(\d+,\d+\)$")
_TYPES = frozenset({"key", "ref", "text", "words", "pdate", "day", "int", "bool", "list", "lines"})

Row = Mapping[str, Any]


class Audience(StrEnum):
    """Who may read a table. A release carries public tables only."""

    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its type, and what it means, in French and English.

    Types: ``key`` (the record's own), ``ref`` (key of another record), ``text``, ``words`` (one text
    a language), ``pdate`` (date known in part), ``day``, ``int``, ``decimal(p,s)``, ``bool``,
    ``list`` (texts), ``lines`` (lines of a source, as in 47-48).
    """

    name: str
    type: str
    meaning: Mapping[str, str]

    def __post_init__(self) -> None:
        if self.type not in _TYPES and not _DECIMAL.match(self.type):
            raise ValueError(f"column {self.name}: unknown type {self.type}")
        if not all(self.meaning.get(language) for language in ("fr", "en")):
            raise ValueError(f"column {self.name}: its meaning must be said in French and English")


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """A table a room shares. ``noun`` is set when each row *is* a record of that noun."""

    name: str
    title: Mapping[str, str]
    grain: Mapping[str, str]
    audience: Audience
    columns: tuple[Column, ...]
    rows: Callable[[], Iterable[Row]]
    noun: str = ""

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        if len(names) != len(set(names)):
            raise ValueError(f"table {self.name}: a column is declared twice")

    @property
    def key(self) -> str | None:
        """Name of the column that holds the record's own key, if the table has one."""
        return next((column.name for column in self.columns if column.type == "key"), None)

    def checked_rows(self) -> Iterator[Row]:
        """Rows, each holding exactly the declared columns. Raises ValueError for any other."""
        declared = {column.name for column in self.columns}
        for row in self.rows():
            if row.keys() != declared:
                odd = sorted(set(row) ^ declared)
                raise ValueError(f"table {self.name}: a row differs from the declared columns at {odd}")
            yield row


def columns_on_disk(table: PublishedTable) -> tuple[tuple[str, Column], ...]:
    """Columns as they are written out: words become one column a language."""
    return tuple(
        (f"{column.name}_{language}" if language else column.name, column)
        for column in table.columns
        for language in (LANGUAGES if column.type == "words" else ("",))
    )
