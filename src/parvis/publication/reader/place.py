"""Where releases stand on disk, and which one is in force. Noticed anew at each request, by one look."""

from __future__ import annotations

import logging
import os
import threading
import time
from pathlib import Path

from . import withdrawn
from .release import BrokenRelease, Release

log = logging.getLogger(__name__)

_KEPT_OPEN = 4
_LOOKS, _BETWEEN_LOOKS = 5, 0.01
Sight = tuple[int, int, int, withdrawn.Stamp | None]


class NoRelease(Exception):  # noqa: N818  # said as it is
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
        self._lock = threading.Lock()
        self._earlier: dict[int, tuple[Sight, Release]] = {}

    def current(self) -> Release:
        """The release in force; the last good one when what is in force cannot be read."""
        sight = self._look_again()
        held = self._held
        if held is not None and sight == self._seen:
            return held
        with self._lock:
            return self._noticed(sight)

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
        hidden = withdrawn.keys_in(self._list)
        try:
            opened = Release(Path(self._link).resolve(), hidden)
        except BrokenRelease as fault:
            log.error("%s; the last good release is served instead", fault)  # noqa: TRY400  # the sentence is enough
            opened = self._last_good(hidden)
        self._held, self._seen = opened, sight
        return opened

    def _last_good(self, hidden: frozenset[str]) -> Release:
        candidates = [self._held.folder] if self._held else []
        candidates += [self.releases / str(number) for number in sorted(self.numbers(), reverse=True)]
        for folder in candidates:
            try:
                return Release(folder, hidden)
            except BrokenRelease:
                continue
        if self._held is not None and self._held.withdrawn == hidden:
            return self._held
        raise NoRelease("nothing has been published yet")

    def numbers(self) -> list[int]:
        """Numbers of all releases kept, the first first."""
        try:
            names = os.listdir(self.releases)  # noqa: PTH208  # names are all we need
        except FileNotFoundError:
            return []
        return sorted(int(name) for name in names if name.isascii() and name.isdigit())

    def numbered(self, number: int) -> Release | None:
        """An earlier release, or None if there is none of that number that can be read."""
        path = self.releases / str(number)
        try:
            sight = self._look(str(path))
        except (OSError, ValueError):
            return None
        kept = self._earlier.get(number)
        if kept is not None and kept[0] == sight:
            return kept[1]
        try:
            opened = Release(path, withdrawn.keys_in(self._list))
        except BrokenRelease as fault:
            log.error("%s", fault)  # noqa: TRY400  # the sentence is enough
            return None
        with self._lock:
            while len(self._earlier) >= _KEPT_OPEN:
                self._earlier.pop(next(iter(self._earlier)))
            self._earlier[number] = (sight, opened)
        return opened


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
