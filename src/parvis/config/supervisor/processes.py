"""The processes of a running Parvis: started, watched, started again, and stopped together."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from parvis.config.faults import Fault

_GRACE = 10.0
_DEATHS_ALLOWED = 5
_DEATHS_WITHIN = 60.0
#: A process that served this long and died was killed; one that dies sooner cannot start.
_SETTLED = 5.0
_PAUSE = 0.5
_LOG_KEPT = 2_000_000


def die_with_parent() -> None:
    """On Linux the kernel stops a child whose supervisor was killed, so that no port stays taken."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
        if os.getppid() == 1:
            os._exit(1)


class Child:
    """One process of ours, and its log."""

    def __init__(
        self, name: str, command: list[str], environment: Mapping[str, str], logs: Path, *, opens: bool = True
    ) -> None:
        self.name = name
        #: Whether somebody waits for it: what only works behind the sites starts once they are open.
        self.opens = opens
        self.command = command
        self.environment = environment
        self.log = logs / f"{name}.log"
        self.deaths: list[float] = []
        self.started = 0.0
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, its words going to its log."""
        self.started = time.monotonic()
        if self.log.exists() and self.log.stat().st_size > _LOG_KEPT:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(  # noqa: S603  # our own command
                self.command, env=dict(self.environment), stdin=subprocess.DEVNULL, stdout=out,
                stderr=subprocess.STDOUT, start_new_session=True, preexec_fn=die_with_parent,  # noqa: PLW1509
            )  # fmt: skip

    def is_dead(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def revive(self, now: float) -> None:
        """Start it again, unless it dies again and again as it starts."""
        self.bury()
        self.deaths = [death for death in self.deaths if now - death < _DEATHS_WITHIN]
        if now - self.started < _SETTLED:
            self.deaths.append(now)
        if len(self.deaths) >= _DEATHS_ALLOWED:
            raise Fault(f"The {self.name} stops again and again: {self.last_words()} (all of it is in {self.log})")
        self.start()

    def bury(self) -> None:
        """Ask its workers to leave: they outlive a head that was killed, and would keep its port."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGTERM)

    def last_words(self) -> str:
        lines = self.log.read_text(errors="replace").strip().splitlines() if self.log.exists() else []
        return lines[-1].strip() if lines else "it said nothing"

    def send(self, number: int) -> None:
        """A signal to the process and to its workers."""
        if self.process is not None and not self.is_dead():
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


class Family:
    """All the children."""

    def __init__(self, children: list[Child]) -> None:
        self.children = children

    def start(self, *, opens: bool = True) -> None:
        """Start those that somebody waits for, or those that nobody does."""
        for child in self.children:
            if child.opens is opens:
                child.start()

    def has_dead(self) -> bool:
        return any(child.is_dead() for child in self.children)

    def revive_the_dead(self) -> list[str]:
        """Start again those that died; name them."""
        dead = [child for child in self.children if child.is_dead()]
        if dead:
            time.sleep(_PAUSE)
        for child in dead:
            child.revive(time.monotonic())
        return [child.name for child in dead]

    def stop(self) -> None:
        """Ask all to stop, then insist."""
        for child in self.children:
            child.send(signal.SIGTERM)
        end = time.monotonic() + _GRACE
        while time.monotonic() < end and not all(child.is_dead() for child in self.children):
            time.sleep(0.05)
        for child in self.children:
            child.send(signal.SIGKILL)
