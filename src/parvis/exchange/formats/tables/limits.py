"""How much of a stranger's file is read before it is called too much."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on a table. A file beyond one of them is refused with a sentence, never read halfway."""

    file_bytes: int = 200_000_000
    unpacked_bytes: int = 500_000_000
    columns: int = 400
    rows: int = 1_048_576
    cell_characters: int = 100_000
    line_bytes: int = 2_000_000
    cells_held: int = 12_000_000
    depth: int = 64


LIMITS = Limits()
