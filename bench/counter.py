"""The last minute of a call: many applicants save and send at once.

``python -m bench.counter`` starts an office of its own (four workers, the embedded database, a folder that is
thrown away) and plays 500 applicants, each with 20 saves and a sending, within 60 seconds. ``--kills 50`` plays
on, minute after minute, with as many applicants at the same pace, each taking up another file when one is sent, while
workers, the server and its database are killed; then it looks that every receipt has its file whole.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from typing import Any

from bench import killing, ledger, writing
from bench.office import PORT, PROJECT, Office, opened, said_of_run


def main() -> None:
    options = _options()
    kept = nullcontext(options.folder) if options.folder else tempfile.TemporaryDirectory(prefix="parvis-bench-")
    load = os.getloadavg()[0]
    with kept as folder, opened(folder, options.workers) as office:
        files = killing.minutes(options) if options.kills else 1
        known = office.ask_inside("counter", "prepare", str(options.applicants), str(files))
        figures = killing.figures(office, known, options) if options.kills else last_minute(office, known, options)
        drawn = ledger.figures(office, options.attempts) if options.kills and options.attempts else {}
    figures |= {"workers": options.workers, **said_of_run(load)}
    print(json.dumps(figures | drawn, indent=1))
    if not options.only_show:
        writing.put_down(writing.under_fire(figures) if options.kills else writing.last_minute(figures))
    if drawn and not options.only_show:
        writing.put_down(writing.ledger(drawn | said_of_run(load)))
    print(figures["verdict"], drawn.get("ledger_verdict", ""), drawn.get("verified", ""), sep="\n")
    sys.exit(0 if figures["held"] and not drawn.get("ledger_faults") else 1)


def _options() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--applicants", type=int, default=500)
    asked.add_argument("--saves", type=int, default=20)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--workers", type=int, default=4)
    asked.add_argument("--folder", default="", help="keep the office in this folder, and find it again next time")
    asked.add_argument("--kills", type=int, default=0, help="kill -9 so many times, at random moments, under that load")
    asked.add_argument("--seed", type=int, default=0, help="of the kills; 0 draws one, and tells it")
    asked.add_argument("--attempts", type=int, default=ledger.ATTEMPTS, help="on one envelope, after the kills")
    asked.add_argument("--only-show", action="store_true", help="write nothing down")
    return asked.parse_args()


def last_minute(office: Office, known: list[dict[str, str]], options: argparse.Namespace) -> dict[str, Any]:
    """Play it, and look at what was kept. The processor's seconds are told by part, for a machine that others share."""
    before = office.work()
    asked = {"port": PORT, "known": known, "saves": options.saves, "within": options.seconds}
    crowd = subprocess.run(
        [sys.executable, "-m", "bench.crowd"], cwd=PROJECT, input=json.dumps(asked) + "\n", check=True,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    told, after = json.loads(crowd.stdout), office.work()
    asked_in_all = len(told["saves"]) + 2 * len(told["sendings"])
    kept = killing.looked_at(office, told)
    work = {part: after[part] - before.get(part, 0) for part in after} | {"crowd": told["work"]}
    figures = {
        "applicants": len(known), "seconds": told["seconds"], "saves": _spread(told["saves"]),
        "sendings": _spread(told["sendings"]), "wrong": told["wrong"], **kept,
        "work_ms": {part: round(seconds / asked_in_all * 1000, 2) for part, seconds in work.items()},
    }  # fmt: skip
    wanted = len(known) * options.saves
    return figures | _judged(figures, wanted)


def _judged(figures: dict[str, Any], wanted: int) -> dict[str, Any]:
    faults = [name for name in ("wrong", "words_lost", "hollow", "half_done") if figures[name]]
    if figures["saves"]["n"] != wanted or figures["sendings"]["n"] != figures["applicants"]:
        faults.append("not all was taken")
    late = [
        f"p95 of {name} {figures[name]['p95']} ms"
        for name, most in (("saves", 300), ("sendings", 1000))
        if figures[name]["p95"] >= most
    ]
    said = "Nothing lost, no error." if not faults else f"NOT HELD: {', '.join(faults)}."
    return {"held": not faults and not late, "verdict": f"{said} {'In time.' if not late else f'LATE: {late}'}"}


def _spread(seconds: list[float]) -> dict[str, float]:
    if not seconds:
        return {"n": 0, "half": 0, "p95": 0, "p99": 0}
    ordered = sorted(seconds)
    told = {"half": statistics.median(ordered), "p95": ordered[int(len(ordered) * 0.95)]}
    told["p99"] = ordered[int(len(ordered) * 0.99)]
    return {"n": len(ordered), **{name: round(value * 1000) for name, value in told.items()}}


if __name__ == "__main__":
    main()
