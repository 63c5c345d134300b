"""The list of what was withdrawn: lines are added and never taken away; no roll-back undoes one."""

from __future__ import annotations

import json
import os
import sqlite3
from datetime import datetime
from typing import Any

from parvis.publication.reader.schema import FILE

from .archive import Archive
from .errors import AlreadyWithdrawn, NothingToWithdraw, ReasonMissing


def refuse_withdrawal(archive: Archive, key: str, reason: str) -> None:
    """Raise a refusal when there is no reason to withdraw, or nothing to."""
    if not reason.strip():
        raise ReasonMissing
    if key in archive.withdrawn:
        raise AlreadyWithdrawn(key=key)
    if not releases_with(archive, frozenset({key})):
        raise NothingToWithdraw(key=key)


def add(archive: Archive, *, key: str, reason: str, by: int, at: datetime) -> None:
    """Write a withdrawal down. From the next request on, nobody reads the record."""
    line = json.dumps({"key": key, "reason": reason.strip(), "by": by, "at": at.isoformat()}, ensure_ascii=False)
    handle = os.open(archive.withdrawals, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        torn = _ends_torn(handle)
        os.write(handle, (("\n" if torn else "") + line + "\n").encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def _ends_torn(handle: int) -> bool:
    """Whether a crash left half a line at the end."""
    size = os.fstat(handle).st_size
    return size > 0 and os.pread(handle, 1, size - 1) != b"\n"


def told(archive: Archive) -> list[dict[str, Any]]:
    """Every withdrawal, the latest first: key, reason, by and at."""
    found = []
    try:
        lines = archive.withdrawals.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []
    for line in lines:
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found[::-1]


def releases_with(archive: Archive, keys: frozenset[str]) -> list[int]:
    """Releases whose files hold one of these records."""
    return [number for number in archive.numbers if keys and _holds(archive, number, keys)]


def _holds(archive: Archive, number: int, keys: frozenset[str]) -> bool:
    file = archive.content(number) / FILE
    try:
        db = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            asked = ((key,) for key in keys)
            return any(db.execute("SELECT 1 FROM record WHERE key = ?", one).fetchone() for one in asked)
        finally:
            db.close()
    except sqlite3.Error:
        return False
