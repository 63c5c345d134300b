"""Ten thousand files under one call: how long the desk takes to list, narrow, count and carry them out.

``python -m bench.applications`` shows the figures; ``make bench`` writes them down with the others. The files do not
exist, but their form does: the open call of Riviera, frozen as its officers would freeze it. They stand in a clone of
the database of the tests, on real PostgreSQL; every page goes through the office's own middlewares and templates.
"""

from __future__ import annotations

import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from bench.many_files import COUNTRIES, WORDS, database, fill, take_stock

FILES = 10_000
_TURNS = 100
_STATES = ("submitted", "eligible", "under_review", "ranked")


def figures(files: int = FILES) -> dict[str, Any]:
    """Every figure, from a process of its own, so that its memory is its own."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.support.settings"}
    said = subprocess.run(
        [sys.executable, "-m", "bench.applications", str(files)],
        check=True, capture_output=True, text=True, env=environment,
    ).stdout  # fmt: skip
    print(said, end="")
    return json.loads(said.strip().splitlines()[-1])  # type: ignore[no-any-return]


def measured(files: int) -> dict[str, Any]:
    """Fill, then measure."""
    with tempfile.TemporaryDirectory(prefix="parvis bench ") as folder, database():
        from django.conf import settings
        from django.db import connection
        from django.test import Client

        from parvis.foundation.accounts.models import User

        settings.VAULT_DIR = Path(folder)
        began = time.monotonic()
        fill(files, Path(folder))
        take_stock(connection.settings_dict["NAME"])
        told: dict[str, Any] = {"files": files, "filled": round(time.monotonic() - began, 1)}
        client = Client(SERVER_NAME="localhost", headers={"accept-language": "fr"})
        client.force_login(User.objects.get(email="bench@ville.example"))
        told["lists"] = [_list(client, name, asked) for name, asked in _asked(random.Random(3)).items()]
        told["taken"] = [_taken(form, files) for form in ("csv", "xlsx", "zip")]
        told["paper"] = _paper()
        return told


def _taken(form: str, files: int) -> dict[str, Any]:
    """Every field of every file carried out by a process of its own, so that its memory is its own."""
    from django.db import connection

    said = subprocess.run(
        [sys.executable, "-m", "bench.applications", "take", form, connection.settings_dict["NAME"],
         str(_vault())],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    return {"form": form, "files": files} | json.loads(said.strip().splitlines()[-1])


def _vault() -> Path:
    from django.conf import settings

    return Path(settings.VAULT_DIR)


def take(form: str, name: str, vault: str) -> dict[str, Any]:
    """One export through the office, as a worker would give it: each piece is counted and let go."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    from parvis.foundation.accounts.models import User

    connection.settings_dict["NAME"], settings.VAULT_DIR = name, Path(vault)
    client = Client(SERVER_NAME="localhost", headers={"accept-language": "fr"})
    client.force_login(User.objects.get(email="bench@ville.example"))
    shown = client.get("/bureau/dossiers/").content
    assert b"2027-MAR-" in shown, "the officer is shown no file: an empty export would be timed"
    before, first = _memory(), 0.0

    def whole() -> int:
        nonlocal first
        began, size = time.perf_counter(), 0
        answer = client.get(f"/bureau/dossiers/export.{form}")
        for part in answer.streaming_content:
            first = first or time.perf_counter() - began
            size += len(part)
        answer.close()
        return size

    seconds, work, size = timed(whole)
    most = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return {"seconds": seconds, "work": work, "mb": round(size / 1e6, 1), "before": before, "memory": most,
            "first": round(first, 1)}  # fmt: skip


def _paper(lines: int = 200) -> dict[str, Any]:
    """A report to the council, its lines as long as those of a real one; the first time apart from the next."""
    from parvis.exchange.formats import papers

    reason = "Le budget compte deux fois les mêmes billets : la somme est ramenée à ce que le projet coûte."
    rows = [
        [
            str(n),
            f"2027-MAR-{n:04}",
            f"Association {n} des amis du port\nUn quai pour le port {n}",
            "78,50",
            "15 000,00 €",
            "12 500,00 €",
            "27 500,00 €",
            reason,
        ]
        for n in range(1, lines + 1)
    ]
    facts: dict[str, Any] = {
        "language": "fr", "number": "", "city": "Riviera", "title": "Rapport au conseil", "sentences": ["Clos."],
        "heads": ["Rang", "Dossier", "Organisme et objet", "Note", "Demandé", "Proposé", "Total de l’année", "Motif"],
        "rows": rows,
        "interests_title": "Conflits d’intérêts", "no_interest": "Aucun.", "interests": [], "looks": [],
    }  # fmt: skip
    times = []
    for turn in range(11):
        facts["number"] = f"call-{turn}"
        began, work = time.perf_counter(), time.process_time()
        made = papers.council_report(facts, datetime.now(UTC))
        times.append((time.perf_counter() - began, time.process_time() - work))
    later = times[1:]
    return {
        "lines": lines, "kb": round(len(made) / 1000), "first": round(times[0][0], 2),
        "half": round(statistics.median(one[0] for one in later), 2),
        "work": round(statistics.median(one[1] for one in later), 2),
    }  # fmt: skip


def written(told: dict[str, Any]) -> str:
    """The figures as a section of the page."""
    lists = [
        f"| {one['name']} | {one['half']} | {one['p95']} | {one['p99']} | {one['work']} | {one['questions']} |\n"
        for one in told["lists"]
    ]
    taken = [
        f"| {one['form'].upper()} | {one['files']} | {one['seconds']} | {one['work']} | {one['first']} | {one['mb']}"
        f" | {one['before']} | {one['memory']} |\n"
        for one in told["taken"]
    ]
    paper = told["paper"]
    line = f"| {paper['lines']} | {paper['first']} | {paper['half']} | {paper['work']} | {paper['kb']} |\n"
    return "".join((_TOP.format(**told), *lists, _TAKEN, *taken, _PAPER, line))


_TOP = """
## Application files at the desk

{files} files that do not exist on a form that does (`bench/applications.py`), in PostgreSQL, each with its answers,
what was sent, two documents, readings of a third. A page of 50 with the counts of six facets, through every
middleware, one after another; how many questions the database is asked does not depend on how many files there are.
Aim: 95 of a hundred under 150 ms.

| list | half under, ms | 95 % under, ms | 99 % under, ms | of processor, ms | questions |
|:--|--:|--:|--:|--:|--:|
"""
_TAKEN = """
Every field of every file taken away: the ZIP with each document of 20 kB. Seconds of the clock, of this process's
processor, and until the first piece leaves. Aim: under 300 MB of memory.

| form | files | seconds | of processor, s | first piece, s | MB | memory before, MB | most memory, MB |
|:--|--:|--:|--:|--:|--:|--:|--:|
"""
_PAPER = """
The report to the council, a tagged PDF that keeps PDF/UA-1, set by typst. Aim: 200 lines under 0.2 s.

| lines | first, s | then, s | of processor, s | kB |
|--:|--:|--:|--:|--:|
"""


def _asked(chance: random.Random) -> dict[str, list[str]]:
    """Addresses a programme officer asks for, each list of them in random order."""
    return {
        "all, any page": [f"?page={chance.randrange(1, 200)}" for _ in range(_TURNS)],
        "one filter": [f"?state={chance.choice(_STATES)}" for _ in range(_TURNS)],
        "three filters, by amount": [
            f"?state={chance.choice(_STATES)}&country={chance.choice(COUNTRIES)}&band={chance.randrange(1, 4)}"
            "&sort=-asked"
            for _ in range(_TURNS)
        ],
        "words": [f"?q={chance.choice(WORDS)}+{chance.randrange(10, 99)}" for _ in range(_TURNS)],
    }


def _list(client: Any, name: str, asked: list[str]) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    path = "/bureau/dossiers/"
    for one in asked[:5]:
        client.get(path + one)
    with CaptureQueriesContext(connection) as questions:
        client.get(path + asked[0])
    many = len(questions)
    times, full, work = [], 0, time.process_time()
    for one in asked:
        began = time.perf_counter()
        answer = client.get(path + one)
        times.append(time.perf_counter() - began)
        assert answer.status_code == 200, one
        full += b"2027-MAR-" in answer.content
    work = time.process_time() - work
    assert full > len(asked) // 2, f"{name}: {full} lists of {len(asked)} show a file"
    cuts = statistics.quantiles(times, n=100)
    return {
        "name": name, "half": round(cuts[49] * 1000), "p95": round(cuts[94] * 1000), "p99": round(cuts[98] * 1000),
        "work": round(work / len(asked) * 1000), "questions": many,
    }  # fmt: skip


def _memory() -> int:
    return round(psutil.Process().memory_info().rss / 1e6)


def timed(do: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds of the clock, of this process's processor, and what came of it."""
    start, work = time.perf_counter(), time.process_time()
    done = do()
    return round(time.perf_counter() - start, 1), round(time.process_time() - work, 1), done


if __name__ == "__main__":
    if sys.argv[1:2] == ["take"]:
        print(json.dumps(take(*sys.argv[2:5])))
    else:
        print(json.dumps(measured(int(sys.argv[1]) if len(sys.argv) > 1 else FILES)))
