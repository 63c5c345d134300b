"""The public site as it is in service, opened for a judge: gunicorn, collected files, Paris freshly published.

What was published and collected is kept under ``var/tests/site`` and made anew when the code, the data or the
packages change: the judges of pages and the tests read the same release. ``python -m scripts.open_site`` makes both
beforehand.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SITE = PROJECT / "var" / "tests" / "site"
_PATIENCE = 60.0
#: Judged alone, a browser speaks to nobody but the page.
FLAGS = (
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def open_site() -> Iterator[str]:
    """The origin of the public site, for as long as this lasts."""
    prepare()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        origin = f"http://127.0.0.1:{probe.getsockname()[1]}"
    listen = origin.removeprefix("http://")
    command = [
        "gunicorn", "parvis.config.wsgi_public:application", "--config", "python:parvis.config.serving",
        "--bind", listen, "--workers", "1",
    ]  # fmt: skip
    server = subprocess.Popen([sys.executable, "-m", *command], env=_public(origin), cwd=PROJECT)
    try:
        _wait_for(origin, server)
        yield origin
    finally:
        server.terminate()
        server.wait(15)


def chromium() -> str:
    """Debian's Chromium, or nothing."""
    return shutil.which("chromium") or ""


def skipped_for_want_of_a_browser(what: str) -> bool:
    """Say loudly what a machine without Chromium did not judge."""
    if chromium():
        return False
    print(f"NOT DONE: {what}, for want of Chromium (apt install chromium).", flush=True)
    return True


def prepare() -> None:
    """Publish Paris and collect the static files, unless both stand as the files of this copy say."""
    paris()
    static_files()


def paris() -> Path:
    """Where the release of Paris stands, as the files of this copy say it. It is there to be read."""
    told = [
        PROJECT / "src" / "parvis",
        PROJECT / "data" / "paris",
        PROJECT / "requirements" / "run.txt",
        PROJECT / "tests" / "support" / "paris.py",
    ]
    _unless_done("release", _mark(told, but=("/static/", "/templates/", "/doors/portal/")), _publish)
    return SITE


def static_files() -> Path:
    """Where the files of the public site's look stand, hashed and compressed. They are there to be read."""
    told = [
        *(PROJECT / "src" / "parvis").rglob("static"),
        PROJECT / "package-lock.json",
        PROJECT / "requirements" / "run.txt",
    ]
    _unless_done("static", _mark(told), _collect)
    return SITE / "static" / "public"


def _unless_done(name: str, mark: str, make: Callable[[], None]) -> None:
    SITE.mkdir(parents=True, exist_ok=True)
    stamp = SITE / f"{name}.done"
    with (SITE / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several processes of the tests may ask at once
        if stamp.exists() and stamp.read_text() == mark:
            return
        stamp.unlink(missing_ok=True)
        make()
        stamp.write_text(mark)


def _publish() -> None:
    shutil.rmtree(SITE / "releases", ignore_errors=True)
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    _run("tests.support.paris", str(SITE), environment=environment)


def _collect() -> None:
    _run("django", "collectstatic", "--no-input", "--clear", "-v0", environment=_public("http://127.0.0.1"))


def _run(*command: str, environment: dict[str, str]) -> None:
    paths = os.pathsep.join((str(PROJECT / "src"), str(PROJECT)))
    subprocess.run([sys.executable, "-m", *command], env={**environment, "PYTHONPATH": paths}, cwd=PROJECT, check=True)


def _public(origin: str) -> dict[str, str]:
    """The environment of the site in service: no debugging, its own folder."""
    paths = os.pathsep.join((str(PROJECT / "src"), str(PROJECT)))
    told = {"PARVIS_VAR": str(SITE), "PARVIS_PUBLIC_ORIGIN": origin, "PARVIS_DEBUG": "", "PYTHONPATH": paths}
    return {**os.environ, **told, "DJANGO_SETTINGS_MODULE": "parvis.config.public"}


def _mark(roots: Iterable[Path], but: tuple[str, ...] = ()) -> str:
    """A digest of files, by their name and content."""
    digest = hashlib.sha256()
    for root in sorted(roots):
        files = [root] if root.is_file() else sorted(path for path in root.rglob("*") if path.is_file())
        for path in files:
            said = path.as_posix()
            if path.suffix == ".pyc" or any(part in said for part in but):
                continue
            digest.update(said.encode() + path.read_bytes())
    return digest.hexdigest()


def _wait_for(origin: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(f"{origin}/robots.txt", timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("The public site did not start.")


if __name__ == "__main__":
    prepare()
