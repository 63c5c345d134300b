"""``run`` opens Parvis; ``manage …`` runs one command of Django with the database up; ``link`` signs in."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036  # whoever runs an older one must be told
    sys.exit(f"Parvis needs Python 3.11 or later, and this is {sys.version.split()[0]}.")

from parvis.config.faults import Fault
from parvis.config.settings.environment import asked


def main(words: list[str]) -> int:
    """Do what was asked; say what stands in the way in one sentence."""
    try:
        return _do(words)
    except Fault as fault:
        return _fail(str(fault))
    except KeyboardInterrupt:
        print("Parvis has stopped.", flush=True)  # noqa: T201
        return 0
    except OSError as fault:
        if fault.errno == errno.ENOSPC:
            return _fail("The disk is full: make room and start again.")
        if fault.errno in {errno.EACCES, errno.EROFS}:
            return _fail(
                f"Parvis may not write to {fault.filename}: give it that right, or name another folder with PARVIS_VAR."
            )
        raise


def _do(words: list[str]) -> int:
    if words[:1] == ["run"] and len(words) == 1:
        from .running import run  # noqa: PLC0415

        run()
        return 0
    if words[:1] == ["manage"] and len(words) > 1:
        return _with_database([sys.executable, "-m", "django", *words[1:]], owner=words[1] == "migrate")
    if words == ["link"]:
        return _with_database([sys.executable, "-m", "parvis.config.supervisor.link"])
    print("Usage: python -m parvis.config.supervisor run | manage COMMAND … | link", file=sys.stderr)  # noqa: T201
    return 2


def _with_database(command: list[str], *, owner: bool = False) -> int:
    from .database import as_app, as_owner, ready_database  # noqa: PLC0415

    with ready_database() as database:
        environment = {
            "DJANGO_SETTINGS_MODULE": "parvis.config.office",
            **(as_owner if owner else as_app)(database),
        }
        return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201
    return 1


def _told(code: int) -> int:
    """The code to end with: make ends with a 2 of its own, unless it is left word and told that all went well."""
    if code and (undone := asked("PARVIS_UNDONE")):
        Path(undone).write_text(f"{code}\n", encoding="utf-8")
        return 0
    return code


if __name__ == "__main__":
    os.environ.setdefault("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
    sys.exit(_told(main(sys.argv[1:])))
