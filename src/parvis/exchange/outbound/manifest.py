"""What is to be known of each file of a standard: what it follows, how many rows it holds, and how many it cannot."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .published import Words


@dataclass(frozen=True, slots=True)
class Made:
    """A file made. ``left_out`` counts the rows the standard cannot hold; ``companion`` is the file that has them."""

    file: str
    standard: str
    version: str
    schema: str
    title: Words
    said: Words
    rows: int
    source: str
    left_out: int = 0
    companion: str = ""
    lacking: dict[str, int] = field(default_factory=dict)

    @property
    def form(self) -> str:
        return self.file.rpartition(".")[2]

    def told(self) -> dict[str, Any]:
        return {
            "file": self.file, "standard": self.standard, "version": self.version, "schema": self.schema,
            "title": self.title, "said": self.said, "rows": self.rows, "source": self.source,
            "left_out": self.left_out, "companion": self.companion, "lacking": self.lacking,
        }  # fmt: skip
