"""The list of what was withdrawn: lines are added and never taken away; no roll-back undoes one."""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any

from parvis.publication.reader.schema import FILE

from .archive import Archive
from .errors import AlreadyWithdrawn, NothingToWithdraw, ReasonMissing


@dataclass(frozen=True, slots=True)
class HiddenText:
    """A text of a record that is hidden in one release: its digest, and where in it the names stand."""

    release: int
    key: str
    digest: str
    places: Sequence[tuple[int, int]]
    mark: str = field(default_factory=lambda: secrets.token_hex(8))


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
    _write(archive, [{"key": key, "reason": reason.strip(), "by": by, "at": at.isoformat()}])


def add_texts(archive: Archive, texts: Sequence[HiddenText], *, reason: str, by: int, at: datetime) -> None:
    """Write down texts to take out of releases. From the next request on, their records are hidden there until then."""
    told = {"reason": reason.strip(), "by": by, "at": at.isoformat()}
    _write(archive, [{**asdict(text), **told} for text in texts])


def hidden_texts(archive: Archive) -> list[HiddenText]:
    """Every text hidden in a release."""
    names = [one.name for one in fields(HiddenText)]
    return [HiddenText(**{name: line[name] for name in names}) for line in told(archive) if "release" in line]


def _write(archive: Archive, told: Sequence[dict[str, Any]]) -> None:
    lines = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in told)
    handle = os.open(archive.withdrawals, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        torn = _ends_torn(handle)
        _whole(handle, (("\n" if torn else "") + lines).encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def _whole(handle: int, said: bytes) -> None:
    while said:
        said = said[os.write(handle, said) :]


def _ends_torn(handle: int) -> bool:
    """Whether a crash left half a line at the end."""
    size = os.fstat(handle).st_size
    return size > 0 and os.pread(handle, 1, size - 1) != b"\n"


def told(archive: Archive) -> list[dict[str, Any]]:
    """Every withdrawal, the latest first: key, reason, by and at; of a text, what tells it again beside."""
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
