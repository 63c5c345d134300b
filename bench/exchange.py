"""How fast strangers' files come in: a table of grants through the whole import, and real activities of IATI.

Each measure runs in a process of its own, so that its memory is its own. The import runs on a clone of the database of
the tests (``fsync`` off); its seconds hold the database's work too, its processor time does not.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_HEAD = ("Année", "Bénéficiaire", "SIRET", "Objet", "Montant demandé", "Montant voté", "Numéro de dossier", "Remarque")
#: What files in the manner of the SCDL say of a grant beside it.
_PAID = ("conditionsVersement", "datesPeriodeVersement")
_BODIES = 2_000
_REAL = Path(__file__).resolve().parents[2] / "shared/standards/iati/real/activities-637.xml.gz"
_CALLED = {"csv": "CSV", "scdl": "CSV, with how each is paid", "xlsx": "XLSX"}
_IATI_BYTES = 100_000_000


def figures(rows: int = 100_000, sheet_rows: int = 50_000) -> list[dict[str, Any]]:
    """Every figure, each from a process of its own."""
    asked = [("csv", str(rows)), ("scdl", str(rows)), ("xlsx", str(sheet_rows))]
    if _REAL.exists():
        asked += [("iati", "read"), ("iati", "judge")]
    return [_apart(*one) for one in asked]


def _apart(*asked: str) -> dict[str, Any]:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.support.settings"}
    said = subprocess.run(
        [sys.executable, "-m", "bench.exchange", *asked], check=True, capture_output=True, text=True, env=environment
    ).stdout
    print(said, end="")
    return json.loads(said.strip().splitlines()[-1])  # type: ignore[no-any-return]


def _timed(do: Callable[[], Any]) -> tuple[float, float, Any]:
    start, work = time.perf_counter(), time.process_time()
    done = do()
    return round(time.perf_counter() - start, 1), round(time.process_time() - work, 1), done


def _memory() -> int:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _grants(rows: int) -> Iterator[list[Any]]:
    chance = random.Random(7)
    for number in range(rows):
        asked = chance.randrange(500, 90_000)
        body = number % _BODIES
        yield [
            2000 + number % 25, f"Association {body}", "", f"Projet {number} de coopération, phase {number % 7}",
            asked, f"{asked * 0.8:.2f}".replace(".", ","), f"D-{number}", "sans suite",
        ]  # fmt: skip


def _paid(number: int) -> tuple[str, str]:
    """What the SCDL says of how a grant is paid: in how many times, and when."""
    return ("unique", "échelonné", "autre")[
        number % 3
    ], f"{2000 + number % 25}-{1 + number % 12:02}-{1 + number % 28:02}"


def imported(kind: str, rows: int) -> dict[str, Any]:
    """A table of grants: columns understood, every row judged, all accepted."""
    import django

    django.setup()
    from tests.support import databases

    with databases.serving(), tempfile.TemporaryDirectory() as folder:
        databases.template()
        name = databases.clone(f"clone_{os.getpid()}_bench")
        try:
            return _imported(kind, rows, Path(folder), name)
        finally:
            from django.db import connection

            connection.close()
            databases.drop(name)


def _imported(kind: str, rows: int, folder: Path, database: str) -> dict[str, Any]:
    from django.conf import settings
    from django.db import connection

    from parvis.exchange.inbound import actions
    from parvis.foundation.accounts.models import Role, User

    connection.close()
    connection.settings_dict["NAME"] = database
    settings.VAR_DIR = folder
    clerk, at = User.objects.create_user("bench@ville.example", role=Role.PUBLISHER), datetime.now(UTC)
    _enter_bodies(clerk, at)
    file = folder / ("grants.xlsx" if kind == "xlsx" else "grants.csv")
    _write(file, rows, paid=kind == "scdl")
    by_at = {"by": clerk, "at": at}

    def preview() -> Any:
        found = actions.receive_file(
            chunks=_chunks(file), name=file.name, target="grants", language="fr", spoken="fr", speaks="self_reported",
            **by_at,
        )  # fmt: skip
        found = actions.choose_columns(imported=found, chosen={}, written={}, options={}, remember_as="", **by_at)
        return actions.judge_import(imported=found, **by_at)

    seconds, work, found = _timed(preview)
    told = {
        "what": f"{rows} grants, {_CALLED[kind]}",
        "preview": seconds,
        "preview_work": work,
        "rows": found.tallies["verdicts"],
    }

    def accept() -> Any:
        begun = actions.begin_accepting(imported=found, chosen="all", numbers=(), **by_at)
        return actions.accept_import(imported=begun, **by_at)

    seconds, work, found = _timed(accept)
    assert found.tallies.get("written") == rows, found.fault
    return told | {"accept": seconds, "accept_work": work, "memory_mb": _memory()}


def _enter_bodies(clerk: Any, at: datetime) -> None:
    from parvis.domain.directory.models import Body
    from parvis.register.actions import enter_records
    from parvis.register.entry import take_apart

    contents = [{"key": f"association-{n}", "title": {"fr": f"Association {n}"}} for n in range(_BODIES)]
    enter_records(Body, [take_apart(Body, content) for content in contents], by=clerk, at=at)


def _write(file: Path, rows: int, *, paid: bool) -> None:
    if file.suffix == ".csv":
        with file.open("w", encoding="cp1252", newline="") as out:
            writer = csv.writer(out, delimiter=";")
            writer.writerow((*_HEAD, *_PAID) if paid else _HEAD)
            writer.writerows([*row, *_paid(number)] if paid else row for number, row in enumerate(_grants(rows)))
        return
    import xlsxwriter

    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, _HEAD)
    for place, row in enumerate(_grants(rows), 1):
        sheet.write_row(place, 0, row)
    book.close()


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while chunk := opened.read(1 << 16):
            yield chunk


def activities(how: str) -> dict[str, Any]:
    """100 MB of real activities, repeated with new identifiers: every element read, or every activity judged."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "activities.xml"
        _repeat(file)
        seconds, work, count = _timed(lambda: (_read if how == "read" else _judged)(file))
        size = round(file.stat().st_size / 1e6)
    told = {"what": f"IATI, {size} MB, {how}", "activities": count, "seconds": seconds, "work": work}
    return told | {"a_second": round(count / work), "memory_mb": _memory()}


def _read(file: Path) -> int:
    """Every record made whole, element by element."""
    from parvis.exchange.formats.iati.reading import read_records

    return sum(1 for _record in read_records(file, file.name))


def _judged(file: Path) -> int:
    from parvis.exchange.formats.iati.judging import judge_file

    return sum(1 for _judged in judge_file(file, file.name, on=datetime.now(UTC).date()))


def _repeat(file: Path) -> None:
    text = gzip.decompress(_REAL.read_bytes())
    head, _tag, rest = text.partition(b"<iati-activity")
    body = b"<iati-activity" + rest.rpartition(b"</iati-activities>")[0]
    with file.open("wb") as out:
        out.write(head)
        for again in range(max(1, round(_IATI_BYTES / len(text)))):
            out.write(body.replace(b"<iati-identifier>", f"<iati-identifier>{again}-".encode()))
        out.write(b"</iati-activities>")


def written(found: list[dict[str, Any]]) -> str:
    """The figures as a section of the page."""
    files = [
        f"| {one['what']} | {one['preview']} ({one['preview_work']}) | {one['accept']} ({one['accept_work']})"
        f" | {one['memory_mb']} |\n"
        for one in found
        if "preview" in one
    ]
    aid = [
        f"| {one['what']} | {one['activities']} | {one['seconds']} ({one['work']}) | {one['a_second']}"
        f" | {one['memory_mb']} |\n"
        for one in found
        if "a_second" in one
    ]
    return "".join((_TOP, *files, _IATI, *aid))


_TOP = """
## Files brought in

Seconds, and in brackets seconds of this process's processor, without the database's. *Preview*: the file kept, its
columns understood, every row judged. *Accept*: every row written in one transaction, with its source, history and
journal. Aims: 100 000 rows of CSV seen in 20 s and written in 60 s, 50 000 rows of XLSX in 60 s, under 500 MB. On the
database of the tests (`fsync` off).

| file | preview | accept | memory, MB |
|:--|--:|--:|--:|
"""
_IATI = """
Real activities repeated with new identifiers; every element is kept, with its attributes, text and line. *Judge*:
schema, code lists and rules, each fault with its line. Aims: 2 000 activities a second of one processor read, 500
judged, under 250 MB.

| file | activities | seconds | activities a second of processor | memory, MB |
|:--|--:|--:|--:|--:|
"""

if __name__ == "__main__":
    what, how = sys.argv[1:3]
    print(json.dumps(activities(how) if what == "iati" else imported(what, int(how))))
