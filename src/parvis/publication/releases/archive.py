"""Releases on disk: a folder for each, never rewritten, and a link to the one in force."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from parvis.publication.reader import BrokenRelease, Release
from parvis.publication.reader.schema import FORMAT
from parvis.publication.reader.withdrawn import FILE as WITHDRAWALS
from parvis.publication.reader.withdrawn import hidden_in

from .comparing import Changes
from .errors import AnotherPublication, DiskFull, NoSuchRelease, ReleaseDamaged
from .zipping import zip_name, zip_release

_MAKING = ".making"
_GONE = ".gone-"


class Archive:
    """The folder that holds ``releases/`` and the list of what was withdrawn."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.releases = folder / "releases"
        self.link = self.releases / "current"
        self.withdrawals = folder / WITHDRAWALS

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the archive for oneself. Whoever comes second is told. What a crash left behind is cleared."""
        self.releases.mkdir(parents=True, exist_ok=True)
        with (self.releases / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as busy:
                raise AnotherPublication from busy
            self.tidy()
            yield

    @contextmanager
    def withdrawing(self) -> Iterator[None]:
        """Hold the list of what is hidden and the releases as they stand, for a moment; whoever comes second waits.

        Nobody replaces a release meanwhile. One whose replacing was interrupted is brought back first.
        """
        self.releases.mkdir(parents=True, exist_ok=True)
        with (self.releases / ".withdrawing").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for left in self.releases.glob(f"{_GONE}*"):
                if (folder := self.releases / left.name.removeprefix(_GONE)).exists():
                    shutil.rmtree(left)
                else:
                    left.rename(folder)
            yield

    def mend(self) -> None:
        """Bring back, or throw away, what was being replaced by one who was killed. Quiet where nobody was."""
        if any(self.releases.glob(f"{_GONE}*")):
            with self.withdrawing():
                pass

    def tidy(self) -> None:
        """Clear what an interrupted publication left. Only for the one who holds the archive."""
        with self.withdrawing():
            pass  # what was being replaced is brought back
        for left in self.releases.glob(f"{_MAKING}*"):
            _remove(left)

    def making(self) -> Path:
        """An empty folder to make a release in; unseen by readers."""
        folder = self.releases / f"{_MAKING}-{os.getpid()}"
        folder.mkdir()
        return folder

    @property
    def numbers(self) -> list[int]:
        return sorted(int(path.name) for path in self.releases.glob("[0-9]*") if path.name.isdecimal())

    @property
    def in_force(self) -> int | None:
        """Number of the release in force."""
        try:
            return int(self.link.readlink().name)
        except (OSError, ValueError):
            return None

    @property
    def withdrawn(self) -> frozenset[str]:
        return hidden_in(self.withdrawals).keys

    def content(self, number: int) -> Path:
        return self.releases / str(number) / "content"

    def told(self, number: int) -> dict[str, Any]:
        """What ``release.json`` says. Raises NoSuchRelease."""
        try:
            return orjson.loads((self.releases / str(number) / "release.json").read_bytes())
        except (OSError, ValueError) as fault:
            raise NoSuchRelease(number=number) from fault

    def put_in_place(self, made: Path, told: dict[str, Any], changes: Changes) -> int:
        """Give the release its number and its folder, check it as a reader would, then put it in force."""
        number = (self.numbers or [0])[-1] + 1
        whole = {"number": number, "parent": self.in_force, **told, "changes": changes.counts}
        self.seal(made, whole, changes)
        folder = self.releases / str(number)
        made.rename(folder)
        _settle(self.releases)
        try:
            check(folder)
        except ReleaseDamaged:
            shutil.rmtree(folder)
            raise
        self.switch(number)
        return number

    def seal(self, made: Path, told: dict[str, Any], changes: Changes | None) -> None:
        """Write what is to be known of a release beside its content, and make sure that the disk has it."""
        if changes is not None:
            (made / "changes.json").write_bytes(orjson.dumps(changes.all))
        zip_release(made, zip_name(told["city"], told["number"]))
        whole = told | {"format": FORMAT, "files": files_in(made)}
        (made / "release.json").write_bytes(orjson.dumps(whole, option=orjson.OPT_INDENT_2) + b"\n")
        for path in sorted(made.rglob("*")):
            _settle(path)
        _settle(made)

    def switch(self, number: int) -> None:
        """Put a release in force by renaming the link: a reader sees the old one or the new one."""
        fresh = self.releases / f"{_MAKING}-link-{os.getpid()}"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(str(number))
        fresh.replace(self.link)
        _settle(self.releases)

    def replace(self, number: int, made: Path) -> None:
        """Put a purged folder in the place of a release, while ``withdrawing``, which mends what stops in between."""
        folder, gone = self.releases / str(number), self.releases / f"{_GONE}{number}"
        folder.rename(gone)
        made.rename(folder)
        _settle(self.releases)
        shutil.rmtree(gone)


def told_of(content_hash: str, records: dict[str, int], city: dict[str, Any], moment: datetime) -> dict[str, Any]:
    """What is to be known of a release, but for its number."""
    zone = ZoneInfo(city.get("time_zone", "UTC"))
    here = moment.astimezone(zone)
    return {
        "moment": here.isoformat(timespec="seconds"),
        "day": here.date().isoformat(),
        "city": city.get("key"),
        "content_hash": content_hash,
        "records": records,
    }


def files_in(made: Path) -> list[dict[str, Any]]:
    """Every file of a release with its size and sha256."""
    return [
        {"path": path.relative_to(made).as_posix(), "bytes": path.stat().st_size, "sha256": _sha256(path)}
        for path in sorted(made.rglob("*"))
        if path.is_file() and path.name != "release.json"
    ]


def check(folder: Path) -> None:
    """Open a release and ask it something of each kind. Raises ReleaseDamaged."""
    try:
        for told in orjson.loads((folder / "release.json").read_bytes())["files"]:
            if _sha256(folder / told["path"]) != told["sha256"]:
                raise ReleaseDamaged(fault=f"{told['path']} is not as it was written")
        release = Release(folder)
        _ask(release)
    except (BrokenRelease, OSError, ValueError, KeyError, sqlite3.Error) as fault:
        raise ReleaseDamaged(fault=str(fault)) from fault


def _ask(release: Release) -> None:
    try:
        if (found := release.db.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            raise ReleaseDamaged(fault=found)
        for noun, number in release.nouns().items():
            listed = release.listing(noun, lang="en", size=1)
            if listed.total != number or release.record(listed.rows[0]["key"]) is None:
                raise ReleaseDamaged(fault=f"the list of {noun} does not hold")
            release.search(listed.rows[0]["title"], lang="en")
    finally:
        release.close()


@contextmanager
def room_on_disk() -> Iterator[None]:
    """Turn a full disk into a sentence."""
    try:
        yield
    except OSError as fault:
        if fault.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull from fault
        raise
    except sqlite3.OperationalError as fault:
        if "disk is full" in str(fault) or "disk I/O" in str(fault):
            raise DiskFull from fault
        raise


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _settle(path: Path) -> None:
    """Wait until the disk has it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
