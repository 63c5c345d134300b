"""Keys the city has withdrawn: hidden in every release, whatever the release holds."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

log = logging.getLogger(__name__)

FILE = "withdrawals.jsonl"
Stamp = tuple[int, int, int]


def stamp(path: Path) -> Stamp | None:
    """What changes whenever the list does; None when there is no list."""
    try:
        seen = os.stat(path)  # noqa: PTH116  # once a request: the shorter way
    except FileNotFoundError:
        return None
    return seen.st_ino, seen.st_size, seen.st_mtime_ns


def keys_in(path: Path) -> frozenset[str]:
    """Every key withdrawn. A line torn by a crash is passed over and logged: it was never confirmed."""
    try:
        lines = path.read_text("utf-8", "replace").splitlines()
    except FileNotFoundError:
        return frozenset()
    found = set()
    for number, line in enumerate(lines, 1):
        try:
            found.add(str(json.loads(line)["key"]))
        except (ValueError, KeyError, TypeError):
            if line.strip():
                log.error("withdrawals: line %d cannot be read", number)  # noqa: TRY400  # the sentence is enough
    return frozenset(found)
