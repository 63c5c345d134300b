"""A whole Parvis, started and struck at in every part; then the public site, alone."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from parvis.config.places import places
from tests.support.public_server import serving_public

PROJECT = Path(__file__).resolve().parents[3]
_PATIENCE = 480


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Start:
    """One start of Parvis: what it said, and its processes."""

    def __init__(self, var: Path, public: int, office: int) -> None:
        self.var, self.public, self.office = var, f"http://127.0.0.1:{public}", f"http://127.0.0.1:{office}"
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PARVIS_", "DATABASE_", "DJANGO_"))
        }
        environment = kept | {
            "PYTHONPATH": str(PROJECT / "src"),
            "PARVIS_VAR": str(var),
            "PARVIS_CITY": "riviera",
            "PARVIS_PUBLIC_PORT": str(public),
            "PARVIS_OFFICE_PORT": str(office),
        }
        self.said: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "parvis.config.supervisor", "run"], env=environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def until(self, words: str) -> str:
        """Read on until a line holds these words."""
        end = time.monotonic() + _PATIENCE
        for line in self.process.stdout:
            self.said.append(line.rstrip())
            if words in line:
                return line.strip()
            assert time.monotonic() < end, self.said
        raise AssertionError("\n".join(self.said))

    def rest(self) -> tuple[int, list[str]]:
        """How it ended, and its last words."""
        return self.process.wait(60), [line.rstrip() for line in self.process.stdout]

    def child(self, name: str) -> int:
        """Process number of a child, by what it runs."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            command = ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(self.process.pid)]
            mine = subprocess.run(command, capture_output=True, text=True, check=False).stdout
            found = [int(line.split()[0]) for line in mine.splitlines() if name in line]
            if found:
                return found[0]
            time.sleep(0.2)
        raise AssertionError(f"no part runs {name}: {mine}")


def answers(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=10) as page:
            return page.status
    except urllib.error.HTTPError as answer:
        return answer.code
    except OSError:
        return 0


def runs(pid: int) -> bool:
    """Whether a process lives; one that ended and waits to be asked after does not."""
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def soon(address: str, code: int) -> bool:
    end = time.monotonic() + 30
    while answers(address) != code and time.monotonic() < end:
        time.sleep(0.2)
    return answers(address) == code


@contextmanager
def port_taken(port: int) -> Iterator[None]:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", port))
        taken.listen()
        yield


def test_a_whole_life(var):
    public, office = free_port(), free_port()
    started = Start(var, public, office)
    try:
        link = started.until("Sign in once").split()[-1]
        it_opened(started, link)
        a_second_start_is_refused(started, public, office)
        struck_parts_come_back(started)
        started = a_killed_supervisor_is_mended(started, public, office)
        it_stops_whole(started, public, office)
        a_taken_port_is_told(var, public, office)
        the_public_site_walks_alone(var)
    finally:
        started.process.terminate()
        started.process.wait(60)


def it_opened(start: Start, link: str) -> None:
    assert answers(f"{start.public}/en") == 200
    assert answers(f"{start.office}/compte/login/") == 200
    path = link[link.index("/entree/") :]
    assert answers(start.office + path) == 200
    assert answers(start.office + path) == 410


def a_second_start_is_refused(start: Start, public: int, office: int) -> None:
    code, words = Start(start.var, public, office).rest()

    assert code == 1
    assert [line.startswith("Parvis already runs from") for line in words] == [True]


def struck_parts_come_back(start: Start) -> None:
    for part in ("wsgi_public", "wsgi_office", "do_tasks", "seal_journal"):
        os.kill(start.child(part), signal.SIGKILL)
        start.until("started again")
    assert soon(f"{start.public}/en", 200)
    assert soon(f"{start.office}/compte/login/", 200)
    os.kill(int((places(start.var).data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    start.until("The database had stopped: started again.")
    assert soon(f"{start.office}/compte/login/", 200)


def a_killed_supervisor_is_mended(start: Start, public: int, office: int) -> Start:
    start.process.kill()
    start.process.wait()

    again = Start(start.var, public, office)
    again.until("Ctrl-C stops everything")

    steps = [line for line in again.said if line.endswith("…") and not line.startswith("Static files")]
    assert steps == ["Database…"]  # nothing done twice; static files may have been edited meanwhile
    assert soon(f"{again.public}/en", 200)
    return again


def it_stops_whole(start: Start, public: int, office: int) -> None:
    server = int((places(start.var).data / "postmaster.pid").read_text().split()[0])
    start.process.send_signal(signal.SIGINT)
    code, words = start.rest()

    assert (code, words[-1]) == (0, "Parvis has stopped.")
    assert (answers(start.public), answers(start.office)) == (0, 0)
    assert not runs(server)


def a_taken_port_is_told(var: Path, public: int, office: int) -> None:
    with port_taken(office):
        code, words = Start(var, public, office).rest()

    assert code == 1
    assert words == [f"Port {office} is taken by another program: stop it, or choose another with PARVIS_OFFICE_PORT."]


def the_public_site_walks_alone(var: Path) -> None:
    """Every page answers with PostgreSQL stopped and no address of any, and sets no cookie."""
    with serving_public(var, var) as origin:
        seen, waiting = set(), ["/fr", "/en"]
        while waiting:
            path = waiting.pop()
            if path in seen or len(seen) > 1500:
                continue
            seen.add(path)
            with urllib.request.urlopen(origin + path, timeout=20) as page:
                assert page.headers["Set-Cookie"] is None, path
                body = page.read()
            if page.headers["Content-Type"].startswith("text/html"):
                links = re.findall(r'href="(/[^"#?]*)', body.decode())
                waiting += [link for link in links if link not in seen and not link.startswith("/static/")]
        assert len(seen) > 50
