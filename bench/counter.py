"""The last minute of a call: many applicants save and send at once, and the server or its database may be killed.

``python -m bench.counter`` starts an office of its own (four workers, the embedded database, a folder that is
thrown away) and plays 500 applicants, each with 20 saves and a sending, within 60 seconds. ``--kills 5`` kills a worker
or the database at random moments, and looks afterwards that every receipt given has its file whole.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from parvis.config.places import places

PROJECT = Path(__file__).resolve().parents[1]
PORT = 8391
FIELDS = ("title", "summary", "need", "people", "starts", "ends", "signatory", "contact")


@dataclass
class Told:
    """What was measured."""

    saves: list[float] = field(default_factory=list)
    sendings: list[float] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)
    receipts: dict[str, str] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Applicant:
    """One person with one file: a connection, a session, a window."""

    def __init__(self, known: dict[str, str], told: Told, *, stubborn: bool) -> None:
        self.known, self.told, self.stubborn = known, told, stubborn
        self.cookie = f"parvis_session={known['session']}; parvis_csrf={known['csrf']}"
        self.revisions: dict[str, int] = {}
        self.connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: str = "", kind: str = "application/json") -> tuple[int, str]:
        """One question. A connection the server had closed meanwhile is opened again once, as browsers do."""
        headers = {"Cookie": self.cookie, "X-CSRFToken": self.known["csrf"], "Content-Type": kind}
        headers |= {"Accept-Language": "en", "Origin": f"http://localhost:{PORT}", "Host": f"localhost:{PORT}"}
        for _turn in range(2):
            fresh = self.connection is None
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
            try:
                self.connection.request(method, path, body, headers)
                answer = self.connection.getresponse()
                return answer.status, answer.read().decode()
            except (OSError, http.client.HTTPException):
                self.connection.close()
                self.connection = None
                if fresh:
                    break
        return 0, ""

    def save(self, name: str, value: str) -> None:
        """Save one field; under fire, again until it is answered, as the page's script does."""
        path = f"/guichet/dossiers/{self.known['file']}/enregistrer/"
        end = time.monotonic() + 60
        while True:
            said = {"window": "bench", "saves": [{"field": name, "value": value, "base": self.revisions.get(name, 0)}]}
            begun = time.monotonic()
            status, text = self.ask("POST", path, json.dumps(said))
            if status == 200:
                self.revisions |= json.loads(text)["revisions"]
                with self.told.lock:
                    self.told.saves.append(time.monotonic() - begun)
                    self.told.words.setdefault(self.known["file"], {})[name] = value
                return
            if not self.stubborn or time.monotonic() > end:
                with self.told.lock:
                    self.told.wrong[f"save {status}"] += 1
                return
            time.sleep(0.5)

    def send(self) -> None:
        path = f"/guichet/dossiers/{self.known['file']}/envoyer/"
        end = time.monotonic() + 60
        while True:
            begun = time.monotonic()
            body = f"csrfmiddlewaretoken={self.known['csrf']}"
            status, text = self.ask("POST", path, body, "application/x-www-form-urlencoded")
            if status == 302:
                with self.told.lock:
                    self.told.sendings.append(time.monotonic() - begun)
                _status, page = self.ask("GET", f"/guichet/dossiers/{self.known['file']}/")
                number = re.search(r"\d{4}-MAR-\d{4,}", page)
                with self.told.lock:
                    self.told.receipts[self.known["file"]] = number[0] if number else ""
                return
            if not self.stubborn or time.monotonic() > end:
                with self.told.lock:
                    self.told.wrong[
                        f"sending {status} {re.sub('<[^>]+>', ' ', text)[-80:] if status == 409 else ''}"
                    ] += 1
                return
            time.sleep(0.5)


def play(known: list[dict[str, str]], saves: int, within: float, *, stubborn: bool) -> Told:
    """Every applicant at once, their saves spread over the time there is."""
    told = Told()
    start = time.monotonic()

    def one(person: dict[str, str]) -> None:
        chance = random.Random(person["file"])  # spreads a load, and is the same each time
        applicant = Applicant(person, told, stubborn=stubborn)
        moments = sorted(chance.random() * within * 0.9 for _turn in range(saves))
        for turn, moment in enumerate(moments):
            time.sleep(max(0.0, start + moment - time.monotonic()))
            name = FIELDS[turn % len(FIELDS)]
            applicant.save(name, value_of(name, turn))
        time.sleep(max(0.0, start + within * (0.9 + 0.1 * chance.random()) - time.monotonic()))
        applicant.send()

    with ThreadPoolExecutor(len(known)) as crowd:
        list(crowd.map(one, known))
    return told


def value_of(name: str, turn: int) -> str:
    return {
        "people": str(100 + turn),
        "starts": "2027-06-01",
        "ends": "2028-05-31",
        "contact": f"bench{turn}@assoc.example",
    }.get(name, f"{name} as it was written at turn {turn}")


def summary(told: Told, took: float) -> dict[str, object]:
    def p(values: list[float], share: float) -> float:
        return round(sorted(values)[int(len(values) * share)] * 1000) if values else 0

    return {
        "saves": len(told.saves),
        "saves_half_ms": round(statistics.median(told.saves) * 1000) if told.saves else 0,
        "saves_p95_ms": p(told.saves, 0.95),
        "sendings": len(told.sendings),
        "sendings_half_ms": round(statistics.median(told.sendings) * 1000) if told.sendings else 0,
        "sendings_p95_ms": p(told.sendings, 0.95),
        "wrong": dict(told.wrong),
        "seconds": round(took, 1),
    }


def killing(office: subprocess.Popen[bytes], rounds: int, within: float, done: threading.Event) -> list[str]:
    """Kill -9 a worker of the office or a process of its database, at random moments."""
    killed = []
    for _turn in range(rounds):
        if done.wait(random.random() * within / max(rounds, 1) * 1.6):
            break
        victims = _family(office.pid)
        named = [(pid, name) for pid, name in victims if "gunicorn" in name or "postgres" in name]
        if named:
            pid, name = random.choice(named)
            killed.append(name[:40])
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
    return killed


def _family(root: int) -> list[tuple[int, str]]:
    """Every process of this bench's own office, its database among them, by the folder they run in."""
    mine = os.environ["PARVIS_BENCH_VAR"]
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal() or int(entry.name) in (root, os.getpid()):
            continue
        try:
            words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            around = (entry / "environ").read_bytes().decode("utf-8", "replace")
        except (OSError, PermissionError):
            continue
        if f"PARVIS_VAR={mine}" in around or mine in words:
            found.append((int(entry.name), words))
    return found


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--applicants", type=int, default=500)
    asked.add_argument("--saves", type=int, default=20)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--workers", type=int, default=4)
    asked.add_argument("--folder", default="", help="keep the office in this folder, and find it again next time")
    asked.add_argument("--kills", type=int, default=0, help="kill -9 so many times, at random moments")
    options = asked.parse_args()
    with (
        nullcontext(options.folder) if options.folder else tempfile.TemporaryDirectory(prefix="parvis-bench-") as folder
    ):
        os.environ["PARVIS_BENCH_VAR"] = folder
        os.environ |= {
            "PARVIS_VAR": folder, "PARVIS_CITY": "riviera", "PARVIS_OFFICE_PORT": str(PORT),
            "PARVIS_PUBLIC_PORT": str(PORT + 1), "PARVIS_OFFICE_WORKERS": str(options.workers),
            "PARVIS_PUBLIC_WORKERS": "1", "PYTHONPATH": f"{PROJECT / 'src'}:{PROJECT}",
        }  # fmt: skip
        office = subprocess.Popen([sys.executable, "-m", "parvis.config.supervisor", "run"], cwd=PROJECT)
        try:
            _wait(office)
            known = _prepare(options.applicants)
            print(json.dumps(_measure(known, options, office), indent=1))
        finally:
            office.send_signal(signal.SIGINT)
            office.wait(timeout=30)


def _measure(
    known: list[dict[str, str]], options: argparse.Namespace, office: subprocess.Popen[bytes]
) -> dict[str, object]:
    done, killed = threading.Event(), []
    killer = threading.Thread(
        target=lambda: killed.extend(killing(office, options.kills, options.seconds, done)), daemon=True
    )
    begun = time.monotonic()
    killer.start()
    told = play(known, options.saves, options.seconds, stubborn=options.kills > 0)
    done.set()
    killer.join()
    figures = summary(told, time.monotonic() - begun)
    _wait(office)
    return figures | {"killed": killed, **_looked_at(told)}


def _looked_at(told: Told) -> dict[str, object]:
    """What the database holds against what was answered."""
    answers = _manage("bench.counter_inside", "check")
    held = json.loads(answers)
    lost = [
        f"{file}: {name}"
        for file, words in told.words.items()
        for name, value in words.items()
        if held["answers"].get(file, {}).get(name) != value
    ]
    hollow = [file for file, number in told.receipts.items() if held["whole"].get(file) != number or not number]
    return {"words_lost": lost, "receipts_without_a_whole_file": hollow, "half_done": held["half_done"]}


def _prepare(applicants: int) -> list[dict[str, str]]:
    return json.loads(_manage("bench.counter_inside", f"prepare {applicants}"))  # type: ignore[no-any-return]


def _manage(module: str, words: str) -> str:
    address = places(Path(os.environ["PARVIS_VAR"])).address("parvis_app", "parvis")
    env = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "parvis.config.office"}
    made = subprocess.run(
        [sys.executable, "-m", module, *words.split()], cwd=PROJECT, env=env, check=True, capture_output=True, text=True
    )
    return made.stdout


def _wait(office: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 240
    while time.monotonic() < end and office.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
            connection.request("GET", "/compte/login/", headers={"Host": f"localhost:{PORT}"})
            if connection.getresponse().status == 200:
                return
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.3)
    raise SystemExit("the office did not open")


if __name__ == "__main__":
    main()
