"""A row of a table before its columns have names, and the reader of one file's rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from .faults import Fault, Unreadable


@dataclass(frozen=True, slots=True)
class RawRow:
    """Cells as text, in order; ``faults`` are those of the row itself, whatever its columns mean."""

    number: int
    cells: list[str]
    faults: tuple[Fault, ...] = ()

    @property
    def blank(self) -> bool:
        return not any(self.cells)


@dataclass(frozen=True, slots=True)
class Block:
    """Cells merged into one, counted from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class How:
    """How a file was understood, to be shown: what was guessed is said."""

    kind: str
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    merged: tuple[Block, ...] = ()
    notes: list[Fault] = field(default_factory=list)


class Reader(Protocol):
    """Rows of one file, from the first, as often as they are asked for."""

    how: How

    def rows(self) -> Iterator[RawRow]: ...

    def filled_sheets(self) -> tuple[str, ...]:
        """The sheets that hold something; none where a file has no sheets."""


def refuse(file: str, sentence: str, *, row: int | None = None, column: str = "", **facts: object) -> Unreadable:
    """The refusal of a whole file."""
    return Unreadable(file, Fault(sentence, facts, row, column))
