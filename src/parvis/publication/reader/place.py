"""Where releases stand on disk, and which one is in force. Noticed anew at each request, by one look."""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from . import schema, withdrawn
from .release import BrokenRelease, Release

log = logging.getLogger(__name__)

_KEPT_OPEN = 4
_LOOKS, _BETWEEN_LOOKS = 5, 0.01
Sight = tuple[int, int, int, withdrawn.Stamp | None]
P = ParamSpec("P")
A = TypeVar("A")


#: Seconds between two looks at a release that could not be read: whoever mends it need not publish again.
_LOOK_AT_THE_FALLEN = 10.0


@dataclass(slots=True)
class Fallen:
    """A release in force that cannot be read, and its files as they were when that was found."""

    link: Path
    touched: tuple[int, ...]
    look_at: float


class NoRelease(Exception):  # said as it is
    """Nothing has been published yet, or nothing that can be read."""


class Place:
    """A folder with ``releases/`` and, once something was withdrawn, the list of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.releases = folder / "releases"
        self._link = str(self.releases / "current")
        self._list = folder / withdrawn.FILE
        self._held: Release | None = None
        self._seen: Sight | None = None
        self._attempted: Sight | tuple[()] | None = ()  # nothing yet
        self._lock = threading.Lock()
        self._earlier: dict[int, tuple[Sight, Release]] = {}
        self._set_aside: set[Path] = set()  # found broken while they were read
        self._known_hidden: withdrawn.Hidden | None = None
        self._fallen: Fallen | None = None  # what should be in force and cannot be read

    def current(self) -> Release:
        """The release in force; the last good one when what is in force cannot be read."""
        sight = self._look_again()
        held = self._held
        if held is not None and sight == self._seen and (self._fallen is None or not self._is_mended()):
            return held
        with self._lock:
            return self._noticed(sight)

    def _is_mended(self) -> bool:
        """Whether somebody touched what could not be read, since. Looked at now and then."""
        fallen, now = self._fallen, time.monotonic()
        if fallen is None or now < fallen.look_at:
            return False
        fallen.look_at = now + _LOOK_AT_THE_FALLEN
        if _touched(fallen.link) == fallen.touched:
            return False
        with self._lock:
            self._fallen, self._seen, self._attempted = None, None, ()
        return True

    def _look_again(self) -> Sight | None:
        """What is in force; a purged release is put in place by two renamings, between which there is nothing."""
        for _ in range(_LOOKS):
            try:
                return self._look(self._link)
            except OSError:
                if not os.path.lexists(self._link):
                    return None
                time.sleep(_BETWEEN_LOOKS)
        return None

    def _look(self, path: str) -> Sight:
        seen = os.stat(path)  # noqa: PTH116  # once a request: the shorter way
        return seen.st_dev, seen.st_ino, seen.st_mtime_ns, withdrawn.stamp(self._list)

    def _noticed(self, sight: Sight | None) -> Release:
        """Open what is in force now. A fault is logged once, and the last good release goes on being served."""
        if self._held is not None and sight == self._seen:
            return self._held
        news, self._attempted = sight != self._attempted, sight
        if news:
            self._set_aside.clear()
        hidden = self._hidden()
        self._fallen = None
        try:
            opened = Release(self._in_force(), hidden)
        except BrokenRelease as fault:
            link = Path(self._link)
            self._fallen = Fallen(link, _touched(link), time.monotonic() + _LOOK_AT_THE_FALLEN)
            if news:
                log.error("%s; the last good release is served instead", fault)  # noqa: TRY400  # the sentence is enough
            opened = self._last_good(hidden)
        self._held, self._seen = opened, sight
        return opened

    def _in_force(self) -> Path:
        try:
            folder = Path(self._link).resolve()
        except (OSError, RuntimeError) as fault:  # a link that leads to itself
            raise BrokenRelease("the link to the release in force leads nowhere") from fault
        if folder.parent != self.releases.resolve():
            raise BrokenRelease("the release in force stands elsewhere than among the releases")
        if folder in self._set_aside:
            raise BrokenRelease(f"release in {folder.name}: set aside")
        return folder

    def _hidden(self) -> withdrawn.Hidden:
        """Everything withdrawn. What was hidden once stays hidden, should the list itself be damaged."""
        known = self._known_hidden or withdrawn.Hidden()
        try:
            self._known_hidden = known | withdrawn.hidden_in(self._list)
        except OSError as fault:
            log.error("the list of withdrawals cannot be read: %s", fault.strerror)  # noqa: TRY400  # the sentence is enough
            if self._known_hidden is None:
                raise NoRelease("what was withdrawn is not known") from fault
        return self._known_hidden

    def _last_good(self, hidden: withdrawn.Hidden) -> Release:
        candidates = [self._held.folder] if self._held else []
        candidates += [self.releases.resolve() / str(number) for number in self._next_best()]
        for folder in candidates:
            if folder not in self._set_aside:
                try:
                    return Release(folder, hidden)
                except BrokenRelease:
                    continue
        if self._held is not None and self._held.told_hidden == hidden:
            return self._held
        raise NoRelease("nothing has been published yet")

    def _next_best(self) -> list[int]:
        """Earlier releases, the latest first. Later ones, which a roll-back left behind, come last."""
        try:
            named = int(Path(self._link).readlink().name)
        except (OSError, ValueError):
            return self.numbers()[::-1]
        return sorted(self.numbers(), key=lambda number: (number > named, -number))

    def doubt(self, fault: sqlite3.DatabaseError) -> bool:
        """A release failed while it was being read: look at those held, set aside the broken ones. Tells if any was."""
        with self._lock:
            held = [self._held, *(release for _, release in self._earlier.values())]
            broken = {release.folder for release in held if release is not None and not release.sound()}
            self._earlier = {n: kept for n, kept in self._earlier.items() if kept[1].folder not in broken}
            for folder in sorted(broken - self._set_aside):
                log.error("release in %s: %s; it is set aside", folder.name, fault)
            self._set_aside |= broken
            if self._held is not None and self._held.folder in broken:
                self._held = None
            return bool(broken)

    def numbers(self) -> list[int]:
        """Numbers of all releases kept, the first first."""
        try:
            names = os.listdir(self.releases)  # noqa: PTH208  # names are all we need
        except FileNotFoundError:
            return []
        return sorted(int(name) for name in names if name.isascii() and name.isdigit())

    def numbered(self, number: int) -> Release | None:
        """An earlier release, or None if there is none of that number that can be read."""
        path = self.releases.resolve() / str(number)
        try:
            sight = self._look(str(path))
        except (OSError, ValueError):
            return None
        if path in self._set_aside:
            return None
        kept = self._earlier.get(number)
        if kept is not None and kept[0] == sight:
            return kept[1]
        try:
            opened = Release(path, self._hidden())
        except BrokenRelease as fault:
            log.error("%s", fault)  # noqa: TRY400  # the sentence is enough
            return None
        with self._lock:
            while len(self._earlier) >= _KEPT_OPEN:
                self._earlier.pop(next(iter(self._earlier)))
            self._earlier[number] = (sight, opened)
        return opened


def _touched(folder: Path) -> tuple[int, ...]:
    """When the files that make a release readable were last written, and how long they are."""
    told: list[int] = []
    for name in (f"content/{schema.FILE}", "release.json"):
        try:
            seen = (folder / name).stat()
        except OSError:
            told.append(-1)
        else:
            told += [seen.st_ino, seen.st_mtime_ns, seen.st_size]
    return tuple(told)


_place: Place | None = None


def serve_from(folder: Path | str) -> None:
    """Read releases from this folder from now on (it holds ``releases/``)."""
    global _place  # noqa: PLW0603  # one process serves one place
    _place = Place(Path(folder))


def _standing() -> Place:
    if _place is None:
        serve_from(os.environ.get("PARVIS_VAR", "var"))
    assert _place is not None
    return _place


def root() -> Path:
    """The folder releases are read from."""
    return _standing().folder


def current() -> Release:
    """The release in force. Raises NoRelease when there is none."""
    return _standing().current()


def current_or_none() -> Release | None:
    try:
        return current()
    except NoRelease:
        return None


def numbered(number: int) -> Release | None:
    """Release of that number, or None."""
    return _standing().numbered(number)


def numbers() -> list[int]:
    """Numbers of all releases kept, the first first."""
    return _standing().numbers()


def steadied(answer: Callable[P, A]) -> Callable[P, A]:
    """Answer again, once, when a release turns out broken while it is being read."""

    @wraps(answer)
    def twice(*args: P.args, **kwargs: P.kwargs) -> A:
        try:
            return answer(*args, **kwargs)
        except sqlite3.DatabaseError as fault:
            if not _standing().doubt(fault):
                raise
            return answer(*args, **kwargs)

    return twice
