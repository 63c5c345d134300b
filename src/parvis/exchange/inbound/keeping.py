"""Where files brought in lie, privately, and how far the worker is."""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings

from parvis.exchange.inbound.models import Import


def folder() -> Path:
    """The folder of files brought in; only the office may read it."""
    path = Path(settings.VAR_DIR) / "imports"
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    return path


def keep(chunks: Iterable[bytes]) -> tuple[str, str, int]:
    """Keep a file under a name of no meaning. Returns that name, the digest and the size."""
    name, digest, size = uuid.uuid4().hex, hashlib.sha256(), 0
    path = folder() / name
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for chunk in chunks:
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return name, digest.hexdigest(), size


def path_of(imported: Import) -> Path:
    return folder() / imported.stored


def forget(stored: str) -> None:
    (folder() / stored).unlink(missing_ok=True)
    for beside in ("progress", "verdicts"):
        (folder() / f"{stored}.{beside}").unlink(missing_ok=True)


def tell_progress(imported: Import, done: int, *, what: str) -> None:
    """Say how far the work is, outside the transaction it is done in."""
    path = folder() / f"{imported.stored}.progress"
    part = path.with_suffix(".part")
    part.write_text(json.dumps({"done": done, "what": what}), encoding="utf-8")
    part.replace(path)


def progress(imported: Import) -> dict[str, Any]:
    """How far the worker is; nothing where it has not begun."""
    try:
        said: dict[str, Any] = json.loads((folder() / f"{imported.stored}.progress").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said
