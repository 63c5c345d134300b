"""``kill -9`` at random moments while applicants save and send: the server, its workers, the database, its processes.

Every receipt given must have its file whole, every word answered for must stand, and nothing may be half done.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from bench.office import PORT, PROJECT, Office, Process

#: Who is killed: the whole server, one worker, the whole database, its head alone, one of its processes.
_WAYS = ("server", "worker", "database", "head of the database", "process of the database")
#: Between a recovery and the next kill, in seconds.
_QUIET = (0.5, 5.0)
#: What a kill takes of the load's time at the very most, in seconds: files are made ready for as long.
_A_KILL = 9
_PATIENCE = 600


def minutes(options: argparse.Namespace) -> int:
    """How many files each applicant may need until the last kill."""
    return 1 + math.ceil(options.kills * _A_KILL / options.seconds)


def figures(office: Office, known: list[dict[str, str]], options: argparse.Namespace) -> dict[str, Any]:
    """Play until all the kills are done, and look at what was kept."""
    seed = options.seed or random.SystemRandom().randrange(1, 10**6)
    asked = {"port": PORT, "known": known, "saves": options.saves, "at_once": options.applicants}
    asked["pause"] = options.seconds / (options.saves + 1)
    begun = time.monotonic()
    crowd = subprocess.Popen(
        [sys.executable, "-m", "bench.crowd"], cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert crowd.stdin is not None
    crowd.stdin.write(json.dumps(asked) + "\n")
    crowd.stdin.flush()
    killed, back = _kill(office, options.kills, random.Random(seed), crowd)
    told = json.loads(crowd.communicate("stop\n", timeout=_PATIENCE)[0])
    office.wait()
    kept = looked_at(office, told)
    faults = [name for name in ("words_lost", "hollow", "half_done", "journal") if kept[name]]
    faults += [f"{count} times {name}" for name, count in told["wrong"].items()]
    if sum(killed.values()) < options.kills:
        faults.append(f"only {sum(killed.values())} kills")
    said = f"{sum(killed.values())} kills, {len(told['receipts'])} receipts, {len(told['saves'])} saves"
    played = round(time.monotonic() - begun)
    return {
        "seed": seed, "killed": dict(killed), "back_half": round(sorted(back)[len(back) // 2], 1),
        "back_most": round(max(back), 1), "saves": len(told["saves"]), "receipts": len(told["receipts"]),
        "interrupted": told["interrupted"], "wrong": told["wrong"], **kept,
        "seconds": played, "a_second": round(len(told["saves"]) / played),
        "held": not faults, "at_once": options.applicants,
        "verdict": f"{said}: {faults or 'every receipt has its file whole, nothing is half done'}.",
    }  # fmt: skip


def _kill(
    office: Office, rounds: int, chance: random.Random, crowd: subprocess.Popen[str]
) -> tuple[Counter[str], list[float]]:
    """Kill, wait until the office answers again, wait a little, and again. Returns who was, and how long it took."""
    killed: Counter[str] = Counter()
    back = []
    for turn in range(rounds):
        time.sleep(chance.uniform(*_QUIET))
        if crowd.poll() is not None:
            break
        way = _WAYS[turn % len(_WAYS)] if turn < len(_WAYS) else chance.choice(_WAYS)
        begun, victims = time.monotonic(), _victims(office, way, chance)
        for one in victims:
            _end(one.pid)
        killed[way] += bool(victims)
        while any(_stands(one.pid) for one in victims):
            time.sleep(0.02)
        office.wait(60)
        back.append(time.monotonic() - begun)
        print(f"{turn + 1}/{rounds} {way}: {len(victims)} killed, back after {back[-1]:.1f} s", flush=True)
    return killed, back


def _victims(office: Office, way: str, chance: random.Random) -> list[Process]:
    family = office.family()
    servers = [one for one in family if one.part == "office"]
    database = [one for one in family if one.part == "database"]
    heads: Callable[[list[Process]], list[Process]] = lambda rows: [  # noqa: E731
        one for one in rows if one.parent == office.supervisor.pid
    ]
    rest: Callable[[list[Process]], list[Process]] = lambda rows: [  # noqa: E731
        chance.choice(left) for left in [[one for one in rows if one.parent != office.supervisor.pid]] if left
    ]
    return {
        "server": servers, "worker": rest(servers), "database": database, "head of the database": heads(database),
        "process of the database": rest(database),
    }[way]  # fmt: skip


def _end(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _stands(pid: int) -> bool:
    """Whether a killed process is still on its way out; one nobody asked after yet is gone all the same."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def looked_at(office: Office, told: dict[str, Any]) -> dict[str, Any]:
    """What the database holds against what was answered."""
    held = office.ask_inside("counter", "check")
    lost = [
        f"{file}: {name}"
        for file, words in told["words"].items()
        for name, value in words.items()
        if held["answers"].get(file, {}).get(name) != value
    ]
    hollow = [file for file, number in told["receipts"].items() if not number or held["whole"].get(file) != number]
    return {"words_lost": lost, "hollow": hollow, "half_done": held["half_done"], "journal": held["journal"]}
