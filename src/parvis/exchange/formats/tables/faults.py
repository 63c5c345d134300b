"""What is wrong with a table, told with its file, its row and its column.

Sentences are written in English and marked for translation; whoever shows them translates the sentence and puts
the facts in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


def _said(sentence: str) -> str:
    return sentence


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: where, and why. ``row`` counts as a spreadsheet does; ``column`` is a heading or a letter."""

    sentence: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    row: int | None = None
    column: str = ""

    def told(self, translate: Callable[[str], str] = _said) -> str:
        """The sentence in the reader's language, without its place."""
        return translate(self.sentence) % self.facts

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (f"row {self.row}" if self.row else "", f"column {self.column}" if self.column else "")
            if part
        )
        return f"{place}: {self.told()}" if place else self.told()


class Unreadable(Exception):
    """A file cannot be read as a table at all. Nothing of it is kept."""

    def __init__(self, file: str, fault: Fault) -> None:
        self.file, self.fault = file, fault
        super().__init__(f"{file}, {fault}")


def letter(position: int) -> str:
    """How a spreadsheet names the column at this place, from 0: A, B, … Z, AA."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(65 + rest) + name
    return name
