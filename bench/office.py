"""An office of the benchmark's own: opened in a folder, watched process by process, closed."""

from __future__ import annotations

import http.client
import json
import os
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from parvis.config.places import places

PROJECT = Path(__file__).resolve().parents[1]
PORT = 8391
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Process:
    """A process of the office: what it is for, and the seconds of processor it used."""

    pid: int
    parent: int
    words: str
    work: float

    @property
    def part(self) -> str:
        if "postgres" in self.words:
            return "database"
        if "wsgi_office" in self.words:
            return "office"
        return "rest"


class Office:
    """A running office."""

    def __init__(self, folder: Path, supervisor: subprocess.Popen[bytes]) -> None:
        self.folder, self.supervisor = folder, supervisor

    def family(self) -> list[Process]:
        """Every process under the supervisor."""
        alive = {one.pid: one for one in _processes()}
        found, news = [], [self.supervisor.pid]
        while news:
            parent = news.pop()
            children = [one for one in alive.values() if one.parent == parent]
            found += children
            news += [one.pid for one in children]
        return found

    def work(self) -> dict[str, float]:
        """Seconds of processor used so far, by part."""
        told: dict[str, float] = {}
        for one in self.family():
            told[one.part] = told.get(one.part, 0) + one.work
        return told

    def wait(self, patience: float = 240) -> float:
        """Until the office answers a question that reaches its database. Returns the seconds it took."""
        begun = time.monotonic()
        while time.monotonic() - begun < patience and self.supervisor.poll() is None:
            if self.answers():
                return time.monotonic() - begun
            time.sleep(0.1)
        raise SystemExit("the office did not open")

    def answers(self) -> bool:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
            cookie = {"Host": f"localhost:{PORT}", "Cookie": f"parvis_session={'0' * 32}"}
            connection.request("GET", "/guichet/", headers=cookie)
            return connection.getresponse().status == 302
        except (OSError, http.client.HTTPException):
            return False

    def inside(self) -> dict[str, str]:
        """What a process needs to reach the database as the serving role."""
        address = places(self.folder).address("parvis_app", "parvis")
        return os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "parvis.config.office"}

    def ask_inside(self, part: str, *words: str) -> Any:
        """What a look from inside says."""
        command = [sys.executable, "-m", f"bench.{part}_inside", *words]
        made = subprocess.run(command, cwd=PROJECT, env=self.inside(), check=True, stdout=subprocess.PIPE)
        return json.loads(made.stdout)


def said_of_run(load: float) -> dict[str, Any]:
    """When and on what a run was made, and how busy it was before."""
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    return {"day": datetime.now(UTC).date().isoformat(), "load": load, "machine": machine}


@contextmanager
def opened(folder: str, workers: int) -> Iterator[Office]:
    """An office that is open for as long as this lasts."""
    os.environ |= {
        "PARVIS_VAR": folder, "PARVIS_CITY": "riviera", "PARVIS_OFFICE_PORT": str(PORT),
        "PARVIS_PUBLIC_PORT": str(PORT + 1), "PARVIS_OFFICE_WORKERS": str(workers),
        "PARVIS_PUBLIC_WORKERS": "1", "PYTHONPATH": f"{PROJECT / 'src'}:{PROJECT}",
    }  # fmt: skip
    supervisor = subprocess.Popen([sys.executable, "-m", "parvis.config.supervisor", "run"], cwd=PROJECT)
    office = Office(Path(folder), supervisor)
    try:
        office.wait(900)  # the first opening migrates and loads, which a busy machine does slowly
        yield office
    finally:
        supervisor.send_signal(signal.SIGINT)
        supervisor.wait(timeout=60)


def _processes() -> Iterator[Process]:
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            told = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        used = sum(int(ticks) for ticks in told[11:15])  # with that of children that have left
        yield Process(int(entry.name), int(told[1]), words, used / _TICKS)
