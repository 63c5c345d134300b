"""SCDL files: the strict one holds what the schema holds; its companion the rest, each row with what it lacks."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from parvis.foundation.values import as_cell

from . import deliberation, subvention
from .deliberation import Deliberation
from .subvention import Subvention

Row = TypeVar("Row", Subvention, Deliberation)


@dataclass(frozen=True, slots=True)
class Told:
    """How many rows went into the strict file, and how many into its companion; how many lack each column."""

    strict: int
    companion: int
    lacking: Mapping[str, int]


def write_subventions(rows: Iterable[Subvention], strict: Path, companion: Path) -> Told:
    """Write grants. Strict and companion are all of them."""
    return _write(rows, strict, companion, subvention.COLUMNS, subvention.why_not)


def write_deliberations(rows: Iterable[Deliberation], strict: Path, companion: Path) -> Told:
    """Write council decisions. Strict and companion are all of them."""
    return _write(rows, strict, companion, deliberation.COLUMNS, deliberation.why_not, deliberation.unsaid)


def _write(
    rows: Iterable[Row],
    strict: Path,
    companion: Path,
    columns: Mapping[str, str],
    why: Callable[[Row], list[str]],
    unsaid: Callable[[Row], list[str]] | None = None,
) -> Told:
    held = left = 0
    missed: Counter[str] = Counter()
    with (
        strict.open("w", encoding="utf-8", newline="") as first,
        companion.open("w", encoding="utf-8", newline="") as second,
    ):
        kept, aside = csv.writer(first, lineterminator="\r\n"), csv.writer(second, lineterminator="\r\n")
        kept.writerow(columns)
        aside.writerow([*columns, "parvisFiche", "parvisManque"])
        for row in rows:
            cells: list[str] = [_cell(getattr(row, name)) for name in columns.values()]
            lacking, absent = why(row), unsaid(row) if unsaid else []
            missed.update(lacking)
            missed.update(column for column in absent if column not in lacking)
            if lacking:
                aside.writerow([*map(as_cell, cells), row.key, " ".join(lacking)])
                left += 1
            else:
                kept.writerow(map(as_cell, cells))
                held += 1
    return Told(held, left, dict(sorted(missed.items())))


def _cell(value: Any) -> str:
    """A value as the schema writes it: numbers with a dot, yes and no in French, one line of text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return " ".join(str(value).split())
