"""Many who award from one envelope at once: thirty-two connections, ten thousand attempts, as the serving role.

``make attempts`` opens an office of its own; ``make chaos`` does the same in the office it was killing. Each
connection reserves, awards and raises grants of one envelope, which holds money for some two thirds of what is asked;
then the whole ledger is added up again, as ``make verify-ledger`` does.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import nullcontext
from typing import Any

from bench import writing
from bench.office import PROJECT, Office, opened, said_of_run

CONNECTIONS, PROCESSES = 32, 4
ATTEMPTS = 10_000


def figures(office: Office, attempts: int = ATTEMPTS) -> dict[str, Any]:
    """Draw on one envelope from all sides, then add everything up."""
    plan = office.ask_inside("ledger", "prepare", str(attempts))
    before, begun = office.work(), time.monotonic()
    env, command = office.inside(), [sys.executable, "-m", "bench.ledger_inside", "draw"]
    drawing = [
        subprocess.Popen([*command, str(place)], env=env, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for place in range(PROCESSES)
    ]
    for one in drawing:
        assert one.stdin is not None
        one.stdin.write(json.dumps(plan).encode() + b"\n")
        one.stdin.flush()
    told = [json.loads(one.communicate()[0]) for one in drawing]
    took, after = time.monotonic() - begun, office.work()
    outcomes: Counter[str] = Counter()
    for one in told:
        outcomes.update(one["outcomes"])
    waits = sorted(wait for one in told for wait in one["waits"])
    kept = office.ask_inside("ledger", "check", json.dumps(plan))
    faults = [*kept["faults"], *(f"{n} times {name}" for name, n in outcomes.items() if name not in _EXPECTED)]
    tried = sum(outcomes.values())
    if tried < attempts:
        faults.append(f"only {tried} attempts")
    return {
        "attempts": tried, "connections": CONNECTIONS, "outcomes": dict(outcomes), "took": round(took, 1),
        "half_ms": round(waits[len(waits) // 2] * 1000), "p95_ms": round(waits[int(len(waits) * 0.95)] * 1000),
        "work_ms": {
            "ledger": round(sum(one["work"] for one in told) / tried * 1000, 1),
            "database": round((after["database"] - before.get("database", 0)) / tried * 1000, 1),
        },
        "verified": _verified(office),
        **{name: kept[name] for name in ("voted", "left", "reserved", "engaged")}, "ledger_faults": faults,
        "ledger_verdict": f"{tried} attempts: {faults or 'never a cent over, no deadlock, the ledger adds up'}.",
    }  # fmt: skip


def _verified(office: Office) -> str:
    """What ``make verify-ledger`` says of it, in its own words."""
    command = [sys.executable, "-m", "django", "verify_ledger"]
    made = subprocess.run(command, env=office.inside(), cwd=PROJECT, capture_output=True, text=True, check=False)
    return (made.stdout or made.stderr).strip()


#: What an attempt may come to: done, or refused for one of these reasons.
_EXPECTED = {"done", "NotEnoughLeft", "NotAwarded"}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--attempts", type=int, default=ATTEMPTS)
    asked.add_argument("--folder", default="", help="keep the office in this folder, and find it again next time")
    asked.add_argument("--only-show", action="store_true", help="write nothing down")
    options = asked.parse_args()
    kept = nullcontext(options.folder) if options.folder else tempfile.TemporaryDirectory(prefix="parvis-bench-")
    load = os.getloadavg()[0]
    with kept as folder, opened(folder, workers=1) as office:
        told = figures(office, options.attempts) | said_of_run(load)
    print(json.dumps(told, indent=1))
    if not options.only_show:
        writing.put_down(writing.ledger(told))
    print(told["ledger_verdict"], told["verified"], sep="\n")
    sys.exit(1 if told["ledger_faults"] else 0)


if __name__ == "__main__":
    main()
