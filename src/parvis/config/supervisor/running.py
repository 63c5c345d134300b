"""A whole Parvis, from the command to Ctrl-C."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from parvis.config.faults import Fault
from parvis.config.settings.addresses import OFFICE_ORIGIN, OFFICE_PORT, PUBLIC_ORIGIN, PUBLIC_PORT
from parvis.config.settings.environment import asked, asked_whole
from parvis.config.settings.paths import DATA, PROJECT, VAR

from .database import Database, as_app, ready_database
from .processes import Child, Family
from .steps import prepare

_LISTEN = "127.0.0.1"
_WATCH_EVERY = 0.5
_DATABASE_WATCH_EVERY = 2.0
_READY_WITHIN = 60.0
_PORT_FREED_WITHIN = 3.0
_SEAL_EVERY = "5"
_LOOK_EVERY = "3600"
_POST_EVERY = "15"
#: They take as long to start as the sites themselves, and nobody waits for them.
_BEHIND_THE_SITES = {
    "task-worker": ("do_tasks", "--interval", "1"),
    "journal-clock": ("seal_journal", "--every", _SEAL_EVERY, "--look", _LOOK_EVERY),
    "outbox-clock": ("send_emails", "--every", _POST_EVERY),
}


def run() -> None:
    """Start everything, stay, and stop everything."""
    _refuse_what_cannot_be()
    stopping = _stop_on_signals()
    started = time.monotonic()
    with _alone(VAR):
        for port, variable in ((PUBLIC_PORT, "PARVIS_PUBLIC_PORT"), (OFFICE_PORT, "PARVIS_OFFICE_PORT")):
            _claim(port, variable)
        tell("Database…")
        with ready_database() as database:
            tell(f"Database: {database.server} answers after {time.monotonic() - started:.1f} s")
            if database.note:
                tell(database.note)
            prepare(database, tell)
            if not stopping.is_set():
                _serve(database, stopping, started)
    tell("Parvis has stopped.")


def _refuse_what_cannot_be() -> None:
    """What was asked by variables, looked at before anything long begins."""
    if PUBLIC_PORT == OFFICE_PORT:
        raise Fault(f"PARVIS_PUBLIC_PORT and PARVIS_OFFICE_PORT are both {PUBLIC_PORT}: give each site its own.")
    city = asked("PARVIS_CITY")
    if not (DATA / city / "city.yaml").is_file():
        known = ", ".join(sorted(file.parent.name for file in DATA.glob("*/city.yaml")))
        raise Fault(f"PARVIS_CITY names “{city}”, and there is no {DATA / city / 'city.yaml'}. Cities here: {known}.")
    for variable in ("PARVIS_PUBLIC_WORKERS", "PARVIS_OFFICE_WORKERS"):
        asked_whole(variable, 1, 64)
    asked_whole("PARVIS_API_RATE", 0, 1_000_000)
    asked_whole("PARVIS_OUTBOX_MINUTES", 0, 100_000)
    asked_whole("PARVIS_OUTBOX_RETRY_HOURS", 0, 1_000)
    if VAR.exists() and not VAR.is_dir():
        raise Fault(f"PARVIS_VAR names {VAR}, which is a file: name a folder.")


def _serve(database: Database, stopping: threading.Event, started: float) -> None:
    family = Family(_children(database))
    try:
        family.start()
        link = _link(database)
        _wait_until_open(family, stopping)
        _welcome(link, time.monotonic() - started)
        family.start(opens=False)
        _watch(family, database, stopping)
    finally:
        family.stop()


def _children(database: Database) -> list[Child]:
    logs = VAR / "log"
    logs.mkdir(parents=True, exist_ok=True)
    office = as_app(database) | {"DJANGO_SETTINGS_MODULE": "parvis.config.office"}
    public = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    public |= {"DJANGO_SETTINGS_MODULE": "parvis.config.public"}
    django = [sys.executable, "-m", "django"]
    return [
        Child("public-site", _gunicorn("public", PUBLIC_PORT, asked("PARVIS_PUBLIC_WORKERS")), public, logs),
        Child("office", _gunicorn("office", OFFICE_PORT, asked("PARVIS_OFFICE_WORKERS")), office, logs),
        *(Child(name, [*django, *command], office, logs, opens=False) for name, command in _BEHIND_THE_SITES.items()),
    ]


def _gunicorn(site: str, port: int, workers: str) -> list[str]:
    """A site is read once, before its workers part: nothing of it opens a connection or a release until it is asked."""
    return [
        sys.executable, "-m", "gunicorn", f"parvis.config.wsgi_{site}:application",
        "--config", "python:parvis.config.serving", "--bind", f"{_LISTEN}:{port}", "--workers", workers,
        "--name", f"parvis-{site}", "--preload",
    ]  # fmt: skip


def _link(database: Database) -> str:
    """A one-time link, made by a process of its own: the supervisor itself stays small."""
    made = subprocess.run(
        [sys.executable, "-m", "parvis.config.supervisor.link"],
        env=as_app(database), check=False, capture_output=True, text=True,
    )  # fmt: skip
    if made.returncode:
        raise Fault(f"The sign-in link could not be made: {made.stderr.strip().splitlines()[-1]}")
    return made.stdout.strip()


def _wait_until_open(family: Family, stopping: threading.Event) -> None:
    end = time.monotonic() + _READY_WITHIN
    for port in (PUBLIC_PORT, OFFICE_PORT):
        while not stopping.is_set() and not _answers(port):
            family.revive_the_dead()
            if time.monotonic() > end:
                raise Fault(f"Nothing answers on port {port}: read the logs in {VAR / 'log'}.")
            time.sleep(0.1)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{_LISTEN}:{port}/robots.txt", timeout=10):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _watch(family: Family, database: Database, stopping: threading.Event) -> None:
    """Until asked to stop, start again what dies."""
    checked = time.monotonic()
    while not stopping.wait(_WATCH_EVERY):
        if family.has_dead() or time.monotonic() - checked > _DATABASE_WATCH_EVERY:
            if database.mend():  # before the others, which die of its absence
                tell("The database had stopped: started again.")
            checked = time.monotonic()
        for name in family.revive_the_dead():
            tell(f"The {name} had stopped: started again.")
    tell("Stopping…")


def _welcome(link: str, seconds: float) -> None:
    tell(f"Parvis is open after {seconds:.1f} s.")
    tell(f"  The public site: {PUBLIC_ORIGIN}")
    tell(f"  The office:      {OFFICE_ORIGIN}")
    tell(f"  Sign in once, within 15 minutes: {link}")
    tell("  Ctrl-C stops everything.")


def tell(words: str) -> None:
    """Say something to whoever started Parvis."""
    print(words, flush=True)  # noqa: T201  # a command speaks


def _stop_on_signals() -> threading.Event:
    """Ctrl-C, a closed terminal and a plain kill all ask for the same. During the steps they interrupt."""
    stopping = threading.Event()

    def ask(*_: Any) -> None:
        if not stopping.is_set():
            stopping.set()
            raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, ask)
    return stopping


@contextmanager
def _alone(var: Path) -> Iterator[None]:
    """One Parvis a folder."""
    try:
        var.mkdir(parents=True, exist_ok=True)
        file = (var / "running").open("a+")
    except PermissionError as fault:
        raise Fault(
            f"{var} belongs to another user of this machine: name another folder with PARVIS_VAR, or take it back."
        ) from fault
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise Fault(f"Parvis already runs from {PROJECT}: stop it first (Ctrl-C where it was started).") from fault
        yield


def _claim(port: int, variable: str) -> None:
    """Make sure a port is free before anything long begins. One just left may take a moment."""
    end = time.monotonic() + _PORT_FREED_WITHIN
    while True:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                attempt.bind((_LISTEN, port))
            except PermissionError as fault:
                raise Fault(f"Port {port} may not be used by this user: choose another with {variable}.") from fault
            except OSError as fault:
                if time.monotonic() < end:
                    time.sleep(0.2)
                    continue
                raise Fault(
                    f"Port {port} is taken by another program: stop it, or choose another with {variable}."
                ) from fault
            return
