"""The public site in a process of its own, as it is served: gunicorn, hashed and compressed files."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts import open_site

PROJECT = Path(__file__).resolve().parents[2]


@contextmanager
def serving_public(folder: Path, _scratch: Path, *, rate: str = "") -> Iterator[str]:
    """Serve the release under ``folder`` on a free port, for as long as this lasts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **{
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PARVIS_", "DATABASE_", "DJANGO_"))
        },
        "PYTHONPATH": str(PROJECT / "src"),
        "DJANGO_SETTINGS_MODULE": "parvis.config.public",
        "PARVIS_VAR": str(folder),
        "PARVIS_API_RATE": rate,
    }
    _collect(folder)
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        "python:parvis.config.serving",
        "-b",
        f"127.0.0.1:{port}",
        "-w",
        "1",
        "parvis.config.wsgi_public",
    ]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        origin = f"http://127.0.0.1:{port}"
        _wait_for(origin, server)
        yield origin
    finally:
        server.terminate()
        server.wait(20)


def _collect(folder: Path) -> None:
    """The static files the judges of pages were shown, collected and compressed once, laid where this site looks."""
    if not (folder / "static" / "public" / "staticfiles.json").exists():
        shutil.copytree(open_site.static_files(), folder / "static" / "public", dirs_exist_ok=True)


def _wait_for(origin: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{origin}/robots.txt", timeout=2).close()
        except OSError:
            if server.poll() is not None:
                raise RuntimeError("the public site did not start") from None
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the public site did not answer")
