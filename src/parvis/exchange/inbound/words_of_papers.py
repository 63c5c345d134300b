"""A stranger's document, read by a process of its own, so that one that hangs or swells takes nothing with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import orjson

from parvis.exchange.formats.texts import Passage, Unreadable

#: Seconds on the clock. The time a document may take of the processor is bounded where it is read, and is far less.
_LONGEST_WAIT = 120
_MOST_BYTES = 40_000_000


def words_of(path: Path, media_type: str) -> list[Passage]:
    """Every passage of a document.

    Raises Unreadable, with what could be read: a picture, a damaged file, one too long to be read in time.
    """
    command = [sys.executable, "-m", "parvis.exchange.formats.texts", str(path), media_type]
    environment = {"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.defpath, "LANG": "C.UTF-8"}
    try:
        done = subprocess.run(  # noqa: S603  # our own module, on a file named by its digest
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=_LONGEST_WAIT, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        raise Unreadable from late
    if len(done.stdout) > _MOST_BYTES:
        raise Unreadable
    found = [Passage(*orjson.loads(line)) for line in done.stdout.splitlines(keepends=True) if line.endswith(b"\n")]
    if done.returncode:
        raise Unreadable(found)
    if not any(one.text.strip() for one in found if one.kind != "property"):
        raise Unreadable(found)  # a scanned page holds a picture of words
    return found
