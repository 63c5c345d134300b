"""A picture as it is released: never without its finding, its table, its unit, its source and its day."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Cell = str | int | float | None
#: What is left of accents read in the wrong encoding.
_GARBLED = re.compile("\ufffd|Ã[©¨ª«§´¢®¯]|â€[™œ“”]|Â[ «»]")


@dataclass(frozen=True, slots=True)
class Table:
    """The same as the picture, in rows: what a reader who cannot see it reads instead."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a row of the table is not as long as its head")


@dataclass(frozen=True, slots=True)
class Drawing:
    """One picture in one language. ``title`` states the finding, ``text`` says it to those who cannot see.

    ``source`` is its credit: whose work it was drawn from. None is released without both, nor with garbled words.
    """

    name: str
    lang: str
    title: str
    text: str
    svg: str
    table: Table
    unit: str = ""
    scope: str = ""
    source: str = ""
    day: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)

    def checked(self) -> Drawing:
        """Itself, when it may be shown."""
        if not (self.text.strip() and self.source.strip()):
            raise ValueError(f"the picture {self.name} has no words for those who cannot see it, or no credit")
        if _GARBLED.search(f"{self.title} {self.text} {self.source}"):
            raise ValueError(f"the words of the picture {self.name} are garbled")
        return self

    def meta(self) -> dict[str, Any]:
        """All but the picture, as plain values for the release."""
        return {
            "title": self.title,
            "text": self.text,
            "unit": self.unit,
            "scope": self.scope,
            "source": self.source,
            "day": self.day,
            "columns": list(self.table.columns),
            "rows": [list(row) for row in self.table.rows],
            **self.more,
        }


def same_rows(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Table:
    """A table from any sequences."""
    return Table(tuple(columns), tuple(tuple(row) for row in rows))
