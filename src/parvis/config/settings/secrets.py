"""Secrets: made once by this machine, kept in ``var/secret``, readable by their owner alone."""

import os
import secrets
import tempfile
from pathlib import Path

from .paths import SECRETS


def kept_secret(name: str, folder: Path = SECRETS) -> str:
    """The secret of this name, made at its first use. Two processes that ask at once get the same one."""
    path = folder / name
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=folder)  # private to its owner from the start
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        os.link(draft, path)  # whole or not at all, and never over another's
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()
    return path.read_text(encoding="ascii")
