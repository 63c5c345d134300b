"""Servers of a benchmark, started and stopped, and the one who asks (wrk)."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

_SCRIPT = Path(__file__).with_name("ask.lua")


#: A server: its port and its process.
Side = tuple[int, psutil.Process]


@dataclass(frozen=True)
class Measured:
    """What wrk saw: answers a second, then milliseconds: half, 95 and 99 of a hundred answers, the slowest of all.

    ``work`` is the processor's time for one answer, in milliseconds.
    """

    rate: float
    half: float
    p95: float
    p99: float
    most: float
    bad: int
    work: float


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def parvis(var: Path, *, workers: int) -> Iterator[Side]:
    """The public site, as ``make run`` serves it, with every middleware."""
    port = free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")},
        "PARVIS_VAR": str(var), "PARVIS_API_RATE": "0",
        "PARVIS_PUBLIC_PORT": str(port), "DJANGO_SETTINGS_MODULE": "parvis.config.public",
        "PYTHONPATH": os.pathsep.join(("src", ".")),
    }  # fmt: skip
    collect = [sys.executable, "-m", "django", "collectstatic", "--no-input", "-v0"]
    subprocess.run(collect, env=environment, check=True)
    command = [
        sys.executable, "-m", "gunicorn", "parvis.config.wsgi_public:application",
        "--config", "python:parvis.config.serving", "--bind", f"127.0.0.1:{port}", "--workers", str(workers),
    ]  # fmt: skip
    with _running(command, environment, port) as process:
        _until_all_stand(process, workers)
        yield port, process


@contextmanager
def datasette(file: Path) -> Iterator[Side]:
    """Datasette on the same file, as quick as its settings make it."""
    port = free_port()
    command = [
        sys.executable, "-m", "datasette", "serve", "-i", str(file), "--host", "127.0.0.1", "--port", str(port),
        *(word for name, value in _SETTINGS.items() for word in ("--setting", name, value)),
    ]  # fmt: skip
    with _running(command, dict(os.environ), port) as process:
        yield port, process


_SETTINGS = {
    "suggest_facets": "off", "default_cache_ttl": "0", "sql_time_limit_ms": "20000", "facet_time_limit_ms": "20000",
    "num_sql_threads": "3", "max_returned_rows": "1000",
}  # fmt: skip


@contextmanager
def _running(command: list[str], environment: dict[str, str], port: int) -> Iterator[psutil.Process]:
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait(port, process, log)
            yield psutil.Process(process.pid)
        finally:
            process.terminate()
            process.wait(20)


def _wait(port: int, process: subprocess.Popen[bytes], log: object) -> None:
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        if process.poll() is not None:
            log.seek(0)  # type: ignore[attr-defined]
            raise SystemExit(log.read().decode()[-2000:])  # type: ignore[attr-defined]
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"nothing answers on port {port}")


def _until_all_stand(process: psutil.Process, workers: int) -> None:
    """Wait for the last worker. The first opens the door a second sooner, and would be the only one warmed."""
    limit, before = time.monotonic() + 20, -1.0
    while time.monotonic() < limit:
        time.sleep(0.5)
        spent = _work_of(process)
        if len(process.children()) == workers and spent == before:
            return
        before = spent


def ask(side: Side, paths: list[str], *, seconds: int, clients: int) -> Measured:
    """Ask for these addresses, one after the other, from so many clients at once."""
    port, process = side
    wrk = shutil.which("wrk")
    if wrk is None:
        raise SystemExit("The benchmark needs wrk (apt-get install wrk).")
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(paths))
        file.flush()
        before = _work_of(process)
        said = subprocess.run(
            [wrk, "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "30s", "-s", str(_SCRIPT),
             f"http://127.0.0.1:{port}", "--", file.name],
            check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
    line = next(line for line in said.splitlines() if line.startswith("RESULT"))
    spent = _work_of(process) - before
    requests, micros, bad, half, p95, p99, most = (float(word) for word in line.split()[1:])
    return Measured(requests / (micros / 1e6), half, p95, p99, most, int(bad), spent / max(1, requests) * 1000)


def _work_of(process: psutil.Process) -> float:
    """Seconds of processor this server has used, its workers with it."""
    family = [process, *process.children(recursive=True)]
    return sum(sum(one.cpu_times()[:2]) for one in family)


def memory_of(process: psutil.Process) -> list[float]:
    """Megabytes each worker holds, pages of files it shares with others included."""
    return [round(worker.memory_info().rss / 2**20, 1) for worker in process.children() or [process]]


def own_memory_of(process: psutil.Process) -> list[float]:
    """Megabytes that would be free again if the worker stopped: without the libraries that all of them read."""
    return [round(worker.memory_full_info().uss / 2**20, 1) for worker in process.children() or [process]]
