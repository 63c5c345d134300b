"""Asking ClamAV whether a file carries something known to be bad."""

from __future__ import annotations

from pathlib import Path

import clamd


class Found(Exception):
    """The scanner knows what is in the file. Its text is the name of it."""


class ScannerSilent(Exception):
    """A scanner is named, and does not answer: nothing is taken unscanned."""


def scan(path: Path, socket: str) -> bool:
    """Whether a file was scanned and found clean; False where no scanner is named. Raises Found, ScannerSilent."""
    if not socket:
        return False
    try:
        with path.open("rb") as file:
            answer = clamd.ClamdUnixSocket(path=socket, timeout=30).instream(file)
    except (clamd.ClamdError, OSError) as fault:
        raise ScannerSilent from fault
    status, name = (answer or {}).get("stream", ("ERROR", ""))
    if status == "FOUND":
        raise Found(name)
    if status != "OK":
        raise ScannerSilent
    return True
