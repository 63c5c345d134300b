"""The PostgreSQL of this copy of Parvis: binaries from a wheel, life-cycle ours.

Whoever uses the server holds a shared lock on a file, which the kernel lets go of however the process ends;
the last user out stops the server. So a killed process leaves nothing that the next start does not mend.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from parvis.config.faults import Fault
from parvis.config.places import Places, wheel

ADMIN = "parvis"
_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "unix_socket_permissions": "0700",
    "log_min_messages": "error",
    "log_min_error_statement": "panic",  # statements may hold people's data
    "log_error_verbosity": "terse",
    "timezone": "UTC",
}
if sys.platform == "linux":
    # After a crash every file is made sure of at once, in half a second, not one by one in fourteen.
    _SETTINGS["recovery_init_sync_method"] = "syncfs"
_LOCALE = ("--locale-provider=builtin", "--locale=C.UTF-8")
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PATH": "/usr/bin:/bin"}
_PATIENCE = 60.0
_REJECTING = 1  # pg_isready: somebody is there, and takes no connection
#: What PostgreSQL says while the processes of a killed server are still leaving, or when one is killed as it starts.
_LEAVING = ("is still in use", "already exists", "already in use", "terminated by signal")
#: How long a server that neither answers nor leaves is waited for, before it is stopped where it stands.
_STUCK = 20.0
#: How long a server that lives may be silent on a loaded machine: to stop it would cut everybody's work.
_SLOW = 60.0


class Embedded:
    """One server in one folder."""

    def __init__(
        self, places: Places, settings: Mapping[str, str] | None = None, locale: tuple[str, ...] = _LOCALE
    ) -> None:
        self.places = places
        self.locale = locale
        self._started: subprocess.Popen[bytes] | None = None
        self._silent_since: float | None = None
        self.settings = {**_SETTINGS, **(settings or {})}

    @contextmanager
    def used(self) -> Iterator[Places]:
        """Keep the server up for as long as this lasts."""
        self._make_run_folder()
        with (self.places.run / "gate").open("w") as gate, (self.places.run / "users").open("w") as users:
            with _held(gate):
                self.make_and_start()
                fcntl.flock(users, fcntl.LOCK_SH)
            try:
                yield self.places
            finally:
                self._leave(gate, users)

    def mend(self) -> bool:
        """Start the server again if it died. Tells whether it had. One that lives and is slow is given time."""
        reached = self._reached()
        if reached == 0 or (reached != _REJECTING and self._is_only_slow()):
            if reached == 0:
                self._silent_since = None
            return False
        self._silent_since = None
        with (self.places.run / "gate").open("w") as gate, _held(gate):
            self.make_and_start()
        return True

    def answers(self) -> bool:
        """Whether the server takes connections."""
        return self._reached() == 0

    def _reached(self) -> int:
        asking = ("-q", "-t", "2", "-h", str(self.places.run), "-U", ADMIN, "-d", "postgres")
        return self._call("pg_isready", *asking).returncode

    def _is_only_slow(self) -> bool:
        """Whether the server lives, and has not been silent for so long that it must be stuck."""
        now = time.monotonic()
        self._silent_since = self._silent_since or now
        return now - self._silent_since < _SLOW and _lives(self.places.data)

    def make_and_start(self) -> None:
        """Make the cluster where there is none, and start the server where it does not answer."""
        self.make()
        if not self.answers():
            self._start()

    def make(self) -> None:
        """Make the cluster where there is none."""
        self._lend_binaries()
        if not (self.places.data / "PG_VERSION").exists():
            self._make_cluster()

    def _make_run_folder(self) -> None:
        run = self.places.run
        run.mkdir(mode=0o700, exist_ok=True)
        owner = run.stat(follow_symlinks=False).st_uid
        if run.is_symlink() or owner not in {os.getuid(), self._uid()}:
            raise Fault(
                f"{run} belongs to somebody else, and Parvis will not talk to a database through it: remove it."
            )
        self.lend(run)

    def _make_cluster(self) -> None:
        data = self.places.data
        making = data.with_name(f"{data.name}.making")
        shutil.rmtree(making, ignore_errors=True)
        data.parent.mkdir(parents=True, exist_ok=True)
        self.lend(data.parent)
        done = self._call(
            "initdb", "-D", str(making), "-U", ADMIN, "--auth=trust", "-E", "UTF8",
            *self.locale, "--no-instructions",
        )  # fmt: skip
        if done.returncode:
            raise Fault(_in_words("PostgreSQL could not make its folder", done.stderr))
        making.rename(data)

    def _start(self) -> None:
        end, stuck = time.monotonic() + _PATIENCE, time.monotonic() + _STUCK
        while True:
            if _is_recycled(self.places.data):
                (self.places.data / "postmaster.pid").unlink()
            said = self._try_to_start(end)
            if said is None:
                return
            if time.monotonic() > end or not any(words in said for words in _LEAVING):
                raise Fault(_in_words("PostgreSQL could not start", said))
            if time.monotonic() > stuck:
                self._stop("immediate")
                end, stuck = time.monotonic() + _PATIENCE, end
            time.sleep(0.2)

    def _try_to_start(self, end: float) -> str | None:
        """Start once. None when the server answers, otherwise what it said as it gave up."""
        log = self.places.run / "log"
        log.write_bytes(b"")
        with log.open("ab") as out:  # at its end: a server on its way out may still be writing there
            options = [part for name, value in self.settings.items() for part in ("-c", f"{name}={value}")]
            process = subprocess.Popen(  # noqa: S603  # our own binaries
                [self.places.binaries / "postgres", "-D", self.places.data, "-k", self.places.run, *options],
                env=_ENVIRONMENT, cwd="/", stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
                start_new_session=True, **self._lent(),
            )  # fmt: skip
        self._started = process
        while not self.answers():
            if (process.poll() or 0) < 0:
                return "terminated by signal"
            if process.poll() is not None or time.monotonic() > end:
                return log.read_text(errors="replace") or "it gave no reason"
            time.sleep(0.03)
        return None

    def _leave(self, gate: IO[str], users: IO[str]) -> None:
        with _held(gate):
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return  # somebody else still uses it
            self._bury()
            self._recover()
            if not self._stop("fast"):
                self._stop("immediate")

    def _stop(self, mode: str) -> bool:
        """Ask the server to stop, and wait. One stopped where it stands mends its files at the next start."""
        return not self._call("pg_ctl", "-D", str(self.places.data), "-m", mode, "-w", "-t", "20", "stop").returncode

    def _recover(self) -> None:
        """Let a server that mends itself finish: asked to stop in the middle, PostgreSQL 18 never does."""
        end = time.monotonic() + _STUCK
        while self._reached() == _REJECTING and time.monotonic() < end:
            time.sleep(0.1)

    def _bury(self) -> None:
        """A server of ours that was killed stays listed until asked after, and would be waited for in vain."""
        if self._started is not None and not self.answers():
            with suppress(subprocess.TimeoutExpired):
                self._started.wait(1)

    def _call(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603  # our own binaries
            [self.places.binaries / program, *arguments], env=_ENVIRONMENT, cwd="/", check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            errors="replace", **self._lent(),
        )  # fmt: skip

    def _lent(self) -> dict[str, Any]:
        who = self.places.lent_to
        return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []} if who else {}

    def _uid(self) -> int:
        return self.places.lent_to.pw_uid if self.places.lent_to else os.getuid()

    def lend(self, folder: Path) -> None:
        """As root, give a folder to whom the server runs as."""
        if self.places.lent_to:
            os.chown(folder, self.places.lent_to.pw_uid, self.places.lent_to.pw_gid)

    def _lend_binaries(self) -> None:
        """As root, copy the binaries to where ``nobody`` can run them: once a version."""
        if not self.places.lent_to or (self.places.binaries / "postgres").exists():
            return
        copy = self.places.binaries.parents[2]
        making = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.rmtree(making, ignore_errors=True)
        source = wheel()
        making.mkdir(mode=0o755, parents=True)
        shutil.copytree(source / "pginstall18", making / source.name / "pginstall18", symlinks=True)
        libraries = source.with_name(f"{source.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, making / libraries.name)
        for folder in (copy.parent, making, making / source.name):
            folder.chmod(0o755)
        try:
            making.rename(copy)
        except OSError:
            if not (self.places.binaries / "postgres").exists():
                raise
            shutil.rmtree(making)  # another start made the same copy meanwhile


#: What a server says to those who ask too early: never the reason.
_ON_THE_WAY = ("is starting up", "is shutting down", "not yet accepting", "in recovery mode")


def _in_words(what: str, said: str) -> str:
    """One sentence of what PostgreSQL wrote."""
    if "No space left on device" in said:
        return f"{what}: the disk is full."
    told = [line for line in said.splitlines() if not any(words in line for words in _ON_THE_WAY)]
    lines = [line.partition("FATAL:")[2] or line.partition("error:")[2] for line in told]
    last = next(
        (line.strip() for line in lines if line.strip()),
        told[-1].strip() if told and told[-1].strip() else "it did not come to an end in time",
    )
    return f"{what}: {last}."


def _lives(data: Path) -> bool:
    """Whether the process that the lock file names is a PostgreSQL; one that was killed has no command any more."""
    try:
        pid = int((data / "postmaster.pid").read_text().split()[0])
        if Path("/proc/self").exists():
            return b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes()
        os.kill(pid, 0)
    except (OSError, ValueError, IndexError):
        return False
    return True


def _is_recycled(data: Path) -> bool:
    """Whether the lock file names a living process that is not PostgreSQL (after a reboot, in a container).

    Anything else is left to PostgreSQL's own judgement: it alone knows of orphans still attached to its memory.
    """
    try:
        pid = int((data / "postmaster.pid").read_text().split()[0])
        running = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError, IndexError):
        return False
    return b"postgres" not in running and not any(_works_in(data, process) for process in Path("/proc").iterdir())


def _works_in(data: Path, process: Path) -> bool:
    try:
        return process.name.isdigit() and (process / "cwd").readlink() == data
    except OSError:
        return False


@contextmanager
def _held(gate: IO[str]) -> Iterator[None]:
    fcntl.flock(gate, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(gate, fcntl.LOCK_UN)
