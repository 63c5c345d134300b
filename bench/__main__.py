"""``make bench``: synthetic cities baked and served, measured, and written down in docs/benchmarks.md."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import applications, exchange, exchange_out
from bench.addresses import Asked, Paths
from bench.serving import Measured, Side, ask, datasette, memory_of, parvis
from bench.synthetic import CITY, COUNTRIES, SyntheticCity
from bench.writing import BUSY, again, baked, busy, given_out, head, put_down, served
from parvis.publication.bake.releasing import release
from parvis.publication.releases.archive import Archive

SIZES = (1_000, 10_000, 100_000)
_AIMS = {"record": 3.0, "list": 6.0, "list, two filters": 6.0, "search": 4.0}
#: Seconds in which templates and sets are read for the first time, and nothing is measured.
_WARMING = 10


def main() -> None:
    options, started, before = _options(), time.monotonic(), os.getloadavg()[0]
    if before > BUSY:
        print(busy(before), flush=True)
    figures = {"day": datetime.now(UTC).date().isoformat(), "machine": _machine(), "load": before}
    if set(options.parts) == set(_PARTS):
        measured = [_PARTS[part](options) for part in options.parts]
        _tell(head(figures | {"took": time.monotonic() - started}) + "".join(measured), options)
        return
    for part in options.parts:  # each is put down as soon as it is measured: a later one may fail
        _tell(_PARTS[part](options) + again(figures), options)


def _tell(text: str, options: argparse.Namespace) -> None:
    print(text, flush=True)
    if not options.only_show:
        put_down(text)


def _say(what: str) -> None:
    print(f"{datetime.now(UTC):%H:%M:%S} {what} (load {os.getloadavg()[0]:.1f})", flush=True)


def _options() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--parts", nargs="+", choices=_PARTS, default=list(_PARTS), help="what is measured")
    asked.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="records of each city")
    asked.add_argument("--seconds", type=int, default=5, help="seconds of each round")
    asked.add_argument("--rounds", type=int, default=3, help="rounds on each side, one after the other")
    asked.add_argument("--only-show", action="store_true", help="write nothing down")
    return asked.parse_args()


def _machine() -> str:
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"


def _baked(size: int) -> dict[str, Any]:
    """A bake in a process of its own, so that its memory is its own."""
    _say(f"baking {size} records")
    said = subprocess.run(
        [sys.executable, "-m", "bench.baking", str(size)], check=True, capture_output=True, text=True
    ).stdout
    print(said, end="")
    return json.loads(said)  # type: ignore[no-any-return]


def _bakes(options: argparse.Namespace) -> str:
    return baked([_baked(size) for size in options.sizes])


def _sites(options: argparse.Namespace) -> str:
    with tempfile.TemporaryDirectory(prefix="parvis bench ") as folder:
        return served(_served(Path(folder), max(options.sizes), options.seconds, options.rounds))


def _given_out(_options: argparse.Namespace) -> str:
    _say("files of grants")
    return given_out(exchange_out.figures())


def _files(_options: argparse.Namespace) -> str:
    _say("files brought in")
    return exchange.written(exchange.figures())


def _applications(_options: argparse.Namespace) -> str:
    _say("application files at the desk")
    return applications.written(applications.figures())


def _served(folder: Path, size: int, seconds: int, rounds: int) -> dict[str, Any]:
    _say(f"publishing {size} records, to be served")
    city = SyntheticCity(size)
    number = release(Archive(folder), city.tables(), city=CITY, moment=datetime.now(UTC))
    file = Archive(folder).content(number) / "site.sqlite"
    asked = Asked(city, COUNTRIES)
    pairs = {
        "record": asked.records(),
        "list": asked.lists(),
        "list, two filters": asked.narrowed_lists(),
        "search": asked.searches(),
    }
    with parvis(folder, workers=1) as ours, datasette(file) as theirs:
        compared = [_compared(name, ours, theirs, pairs[name], seconds, rounds) for name in pairs]
        memory = {"parvis": memory_of(ours[1]), "datasette": memory_of(theirs[1])}
    with parvis(folder, workers=2) as side:
        kinds = {"partner": asked.partner_pages(), "list": asked.list_pages(), "search": asked.search_pages()}
        _say("pages")
        for paths in kinds.values():
            ask(side, paths, seconds=_WARMING, clients=8)
        pages = {name: ask(side, paths, seconds=seconds * rounds, clients=8) for name, paths in kinds.items()}
        memory["pages"] = memory_of(side[1])
    return {"size": size, "compared": compared, "pages": pages, "memory": memory}


def _compared(
    name: str, ours: Side, theirs: Side, paths: tuple[Paths, Paths], seconds: int, rounds: int
) -> dict[str, Any]:
    """One after the other, several times over, so that what else the machine does weighs on both."""
    results: list[tuple[Measured, Measured]] = []
    for side, asked in ((ours, paths[0]), (theirs, paths[1])):
        ask(side, asked, seconds=1, clients=4)
    for _ in range(rounds):
        pair = tuple(
            ask(side, asked, seconds=seconds, clients=4) for side, asked in ((ours, paths[0]), (theirs, paths[1]))
        )
        results.append(pair)  # type: ignore[arg-type]
        print(name, *(f"{one.rate:.0f}/s, {one.work:.2f} ms of work ({one.bad} bad)" for one in pair))
    return {
        "name": name,
        "our_work": statistics.median(pair[0].work for pair in results),
        "their_work": statistics.median(pair[1].work for pair in results),
        "ours": statistics.median(pair[0].rate for pair in results),
        "theirs": statistics.median(pair[1].rate for pair in results),
        "times": statistics.median(pair[0].rate / pair[1].rate for pair in results),
        "work": statistics.median(pair[1].work / pair[0].work for pair in results),
        "aim": _AIMS[name],
        "bad": sum(one.bad for pair in results for one in pair),
    }


_PARTS: dict[str, Callable[[argparse.Namespace], str]] = {
    "baking": _bakes, "serving": _sites, "standards": _given_out, "files": _files, "applications": _applications,
}  # fmt: skip

if __name__ == "__main__":
    main()
