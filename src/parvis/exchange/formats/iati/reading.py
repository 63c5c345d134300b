"""Activities and organisations of IATI files: every element kept, in constant memory. ``whole`` says what they tell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .element import Element, Parts


def read_records(path: Path, name: str) -> Iterator[Element]:
    """Every activity or organisation of a file, each with all its elements, one at a time."""
    yield from Parts(path, name)
