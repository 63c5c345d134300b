"""Everything that judges the code, in order, ending with pytest: what CI and ``make test`` run.

A judge that objects does not silence the others; the answer is no if one of them said no, and pytest's last lines say
which: whoever sees only the end of a long run sees why.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread

PROJECT = Path(__file__).resolve().parent.parent
OLDEST_POSTGRES = Path("/usr/lib/postgresql/15/bin")
#: Processes of tests: two cores are what CI has.
WORKERS = min(4, os.cpu_count() or 2)
PYTEST = ("pytest", "-q", "--dist", "worksteal", "-n")
#: One more than there are cores: many tests wait for a database, a browser or a server; with two more, all take longer.
BUSY = (*PYTEST, str(WORKERS + 1))

#: Programs that are no modules, and what their file is.
PROGRAMS = {"lint-imports": "script", "djade": "binary"}

JUDGES: dict[str, tuple[str, ...]] = {
    "style": ("ruff", "check", "--quiet", "."),
    "layout": ("ruff", "format", "--quiet", "--check", "."),
    "types": ("mypy", "--no-error-summary"),
    "contracts": ("lint-imports", "--no-cache"),
}

#: How many of its last lines are said again of a judge that refuses.
LINES_SAID_AGAIN = 12
#: Seconds that a judge's last words may take; what it left running may hold them open, and nobody waits for that.
WORDS_LEFT = 5

#: It measures what a reader waits for, so nothing else runs beside it.
ALONE = {"Lighthouse": "scripts.lighthouse"}


def main(*, quick: bool) -> int:
    """Ask every judge; 0 when all agree."""
    _bring_what_ci_lacks()
    with ThreadPoolExecutor() as beside:  # each keeps one core busy, and a machine has two
        site = None if quick else beside.submit(_of_the_site)
        refused = _of_the_code()
        if site:
            _prepare_the_tests()
            refused += site.result()
    if quick:
        refused += [] if _ask("house tests", *PYTEST, str(WORKERS), "tests/house") else ["house tests"]
        return _verdict(refused)
    left_out: tuple[str, ...] = ()
    if OLDEST_POSTGRES.exists():
        left_out = ("--after-oldest",)
        if not _ask("PostgreSQL 15", "tests.support.oldest", *BUSY[1:]):
            refused.append("PostgreSQL 15")
    else:
        print(
            "NOT DONE: the tests on PostgreSQL 15, which is not on this machine (apt install postgresql-15).",
            flush=True,
        )
    refused += [name for name, module in ALONE.items() if not _ask(name, module)]
    _verdict(refused)
    return 0 if _ask_the_tests(refused, *left_out) and not refused else 1


def _of_the_site() -> list[str]:
    """The site that is to be judged, and what its pages weigh, which no neighbour changes; those that refuse."""
    if not _runs("scripts.open_site"):
        return ["the site to be judged"]
    return [] if _ask("weights", "scripts.weights") else ["weights"]


def _prepare_the_tests() -> None:
    """What each process of the tests would otherwise do or wait for: files compiled, tables of the oldest database.

    Neither judges anything: what fails here fails again, and is told, where it counts.
    """
    if OLDEST_POSTGRES.exists():
        _runs("tests.support.oldest", "prepare", quietly=True)
    _runs("pytest", "-q", "--collect-only", quietly=True)


def _of_the_code() -> list[str]:
    """The judges that read the code without running it, those that refuse."""
    refused = [name for name, command in JUDGES.items() if not _ask(name, *command)]
    if not _ask("templates", "djade", "--check", "--target-version", "5.2", *_templates()):
        refused.append("templates")
    return refused


def _ask(name: str, *command: str) -> bool:
    started = time.monotonic()
    print(f"== {name}", flush=True)
    last = _last_lines_if_it_refuses(*command)
    agrees = last is None
    if last is not None:
        _SAID[name] = last
    print(f"== {name}: {'agrees' if agrees else 'REFUSES'} after {time.monotonic() - started:.0f} s", flush=True)
    return agrees


#: The last words of each judge that refused.
_SAID: dict[str, str] = {}


def _last_lines_if_it_refuses(*command: str) -> str | None:
    """Run a judge, its words shown as they come; ``None`` when it agrees."""
    last: deque[str] = deque(maxlen=LINES_SAID_AGAIN)
    judge = subprocess.Popen(
        _spelt(*command), cwd=PROJECT, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    heard = Thread(target=_say_and_keep, args=(judge.stdout or (), last), daemon=True)
    heard.start()
    judge.wait()
    heard.join(timeout=WORDS_LEFT)
    return "".join(last) if judge.returncode else None


def _say_and_keep(words: Iterable[str], last: deque[str]) -> None:
    for line in words:
        print(line, end="", flush=True)
        last.append(line)


def _ask_the_tests(refused: list[str], *left_out: str) -> bool:
    """The tests end with pytest's closing line; what other judges refused stands just above it."""
    print("== tests", flush=True)
    above = "".join(f"== REFUSED BY {name}:\n{_SAID.get(name, '')}" for name in refused)
    return _runs(*BUSY, "--durations", "10", *left_out, PARVIS_REFUSED=above)


def _runs(*command: str, quietly: bool = False, **more: str) -> bool:
    told = subprocess.DEVNULL if quietly else None
    asked = _environment() | more
    done = subprocess.run(_spelt(*command), cwd=PROJECT, env=asked, stdout=told, stderr=told, check=False)
    return done.returncode == 0


def _spelt(name: str, *arguments: str) -> list[str]:
    """A module is run by this Python; a program without one, by its own file, whatever the spaces in its path."""
    if name not in PROGRAMS:
        return [sys.executable, "-m", name, *arguments]
    program = str(Path(sys.executable).parent / name)
    return [program, *arguments] if PROGRAMS[name] == "binary" else [sys.executable, program, *arguments]


def _environment() -> dict[str, str]:
    """Bytecode is kept, whatever the machine says: hundreds of processes of the tests would each compile the house."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPATH": os.pathsep.join((str(PROJECT / "src"), str(PROJECT)))}


def _templates() -> list[str]:
    return [str(path.relative_to(PROJECT)) for path in sorted((PROJECT / "src").rglob("templates/**/*.html"))]


def _verdict(refused: list[str]) -> int:
    if refused:
        print(f"== REFUSED BY: {', '.join(refused)}", flush=True)
    return 1 if refused else 0


def _bring_what_ci_lacks() -> None:
    """On CI's machine, as root, take from Debian what a person has or does without."""
    wanted: dict[str, Callable[[], bool]] = {
        "chromium": lambda: shutil.which("chromium") is not None,
        "postgresql-15": OLDEST_POSTGRES.exists,
    }
    missing = [name for name, is_here in wanted.items() if not is_here()]
    if not missing or os.environ.get("CI") != "true" or os.getuid() != 0 or not shutil.which("apt-get"):
        return
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
    subprocess.run(["apt-get", "install", "-qq", "-y", "--no-install-recommends", *missing], env=quiet, check=False)


if __name__ == "__main__":
    sys.exit(main(quick="--quick" in sys.argv[1:]))
