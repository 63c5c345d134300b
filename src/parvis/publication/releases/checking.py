"""Looking at every release kept, by the clock: a disk may spoil a file long after it was written."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from .archive import Archive, check
from .errors import ReleaseDamaged

_FILE = "releases-checked.json"


def check_all(archive: Archive, *, at: datetime) -> dict[int, str]:
    """Read every file of every release again. What is damaged, by number; kept for the desk to tell."""
    faults = {}
    for number in archive.numbers:
        try:
            check(archive.releases / str(number))
        except ReleaseDamaged as fault:
            faults[number] = str(fault.facts.get("fault", ""))
    _keep(archive.folder, {"at": at.isoformat(), "faults": {str(number): said for number, said in faults.items()}})
    return faults


def damaged(archive: Archive) -> dict[int, str]:
    """What the last look found, of the releases that are still there."""
    try:
        told: dict[str, Any] = orjson.loads((archive.folder / _FILE).read_bytes())
        faults = {int(number): str(said) for number, said in told["faults"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return {number: said for number, said in faults.items() if number in archive.numbers}


def _keep(folder: Path, told: dict[str, Any]) -> None:
    part = folder / f".{_FILE}.{os.getpid()}"
    part.write_bytes(orjson.dumps(told))
    part.replace(folder / _FILE)
