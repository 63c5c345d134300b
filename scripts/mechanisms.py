"""Counts the mechanisms that work, theme by theme: ``make mechanisms``. They are listed in docs/mechanisms.yaml."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).resolve().parents[1] / "docs" / "mechanisms.yaml"


def listed() -> dict[str, Any]:
    """What the file says: themes with their totals, rows that work, rows not yet."""
    told: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return told


def counted(told: dict[str, Any]) -> list[tuple[str, str, int, int]]:
    """(code, title, rows that work, rows in all) of each theme."""
    works = Counter(row.partition("-")[0] for row in told["works"])
    return [(code, theme["title"], works[code], theme["rows"]) for code, theme in told["themes"].items()]


def main() -> int:
    rows = counted(listed())
    for code, title, works, total in rows:
        print(f"{code:5} {title:55} {works:3} of {total:3}")
    print(f"{'all':61} {sum(row[2] for row in rows):3} of {sum(row[3] for row in rows):3}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
