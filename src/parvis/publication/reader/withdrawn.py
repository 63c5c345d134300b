"""What the city has withdrawn, hidden whatever a release holds: a record in every release, or a text of one.

A text is taken out of the files of each release that holds it; until it is, its record is hidden there as a whole.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

log = logging.getLogger(__name__)

FILE = "withdrawals.jsonl"
#: Stands for the key of a record where a text belongs to none, as that of a cost of aid.
OF_NO_RECORD = ""
Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Hidden:
    """Keys hidden everywhere; and texts hidden in one release: its number, the mark of the line, the record's key."""

    keys: frozenset[str] = frozenset()
    texts: frozenset[tuple[int, str, str]] = frozenset()

    def __or__(self, other: Self) -> Hidden:
        return Hidden(self.keys | other.keys, self.texts | other.texts)

    def within(self, number: int, done: Collection[str]) -> frozenset[str]:
        """Keys to hide in a release, the marks of whose texts taken out are ``done``."""
        return self.keys | {key for release, mark, key in self.texts if release == number and mark not in done}

    def waits(self, number: int, done: Collection[str]) -> bool:
        """Whether a text of this release is still to be taken out of its files, wherever in them it stands."""
        return any(release == number and mark not in done for release, mark, _key in self.texts)


NOTHING = Hidden()


def stamp(path: Path) -> Stamp | None:
    """What changes whenever the list does; None when there is no list."""
    try:
        seen = os.stat(path)  # noqa: PTH116  # once a request: the shorter way
    except FileNotFoundError:
        return None
    return seen.st_ino, seen.st_size, seen.st_mtime_ns


def hidden_in(path: Path) -> Hidden:
    """Everything withdrawn. A line torn by a crash is passed over and logged: it was never confirmed."""
    keys, texts = set(), set()
    for line in _lines(path):
        if "release" in line:
            texts.add((int(line["release"]), str(line["mark"]), str(line["key"])))
        else:
            keys.add(str(line["key"]))
    return Hidden(frozenset(keys), frozenset(texts))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_text("utf-8", "replace").splitlines()
    except FileNotFoundError:
        return
    for number, line in enumerate(lines, 1):
        try:
            told = json.loads(line)
            if "release" in told:
                _whole = int(told["release"]), told["mark"]
            str(told["key"])
        except (ValueError, KeyError, TypeError):
            if line.strip():
                log.error("withdrawals: line %d cannot be read", number)  # noqa: TRY400  # the sentence is enough
        else:
            yield told
