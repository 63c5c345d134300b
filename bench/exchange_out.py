"""How quickly the files of standards are written, and how quickly the interface answers of a million rows.

``python -m bench.exchange_out`` shows the figures; ``make bench`` writes them down with the others.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psutil

from bench.serving import ask, memory_of, own_memory_of, parvis
from bench.synthetic import CITY, COUNTRIES
from parvis.exchange.formats.giving360.writing import write_package
from parvis.exchange.formats.iati.writing import write_activities
from parvis.exchange.formats.scdl.writing import write_subventions
from parvis.exchange.outbound import giving360, iati, scdl
from parvis.exchange.outbound.published import Published
from parvis.foundation.publishing import Audience, Column, PublishedTable
from parvis.publication.bake.releasing import release
from parvis.publication.releases.archive import Archive

GRANTS, ROWS = 100_000, 1_000_000
_SAID = {"fr": "donnée d'essai", "en": "trial data"}
_BODIES = 2_000
Row = dict[str, Any]


def grants(count: int) -> Published:
    """A city that gave so many grants, each with its decision and two payments; rows are made as they are asked for."""

    def each(table: str) -> Iterator[Row]:
        return _TABLES[table](count)

    tables = [{"name": name, "title": _SAID, "grain": _SAID, "noun": "", "rows": 0, "columns": []} for name in _TABLES]
    return Published(tables, each, CITY, "https://city.example.org", "2026-11-22T12:00:00+01:00")


def _subjects(count: int) -> Iterator[Row]:
    for number in range(_BODIES):
        yield {"key": f"body-{number:06}", "noun": "body", "kind": "association", "themes": [], "amended_on": None}
    for number in range(count):
        yield {"key": f"grant-{number}", "noun": "grant", "kind": "call", "themes": ["climate"],
               "amended_on": "2026-11-01"}  # fmt: skip
    yield {"key": "decision", "noun": "decision", "kind": "", "themes": [], "amended_on": None}


def _texts(count: int) -> Iterator[Row]:
    for key in (*(f"body-{n:06}" for n in range(_BODIES)), *(f"grant-{n}" for n in range(count))):
        for field, body in (("title", f"Eau & santé pour {key}"), ("summary", f"Un <projet> d'eau, {key}. " * 5)):
            yield {"subject": key, "field": field, "language": "fr", "body": body}


def _bodies(_count: int) -> Iterator[Row]:
    for number in range(_BODIES):
        yield {"key": f"body-{number:06}", "place": None, "identifiers": ["siret:49122604900014"]}


def _grants(count: int) -> Iterator[Row]:
    for number in range(count):
        yield {
            "key": f"grant-{number}", "beneficiary": f"body-{number % _BODIES:06}", "natural_person": False,
            "state": "awarded", "form": "cash", "year": 2024, "currency": "EUR", "amount_asked": None,
            "amount_voted": Decimal(1000 + number), "decision": "decision", "levy": None, "programme": None,
            "place": None, "country": COUNTRIES[number % len(COUNTRIES)], "starts": "2024-09-01", "ends": "2025",
        }  # fmt: skip


def _payments(count: int) -> Iterator[Row]:
    for number in range(count):
        yield {"grant": f"grant-{number}", "day": "2024-09-01", "amount": Decimal(500)}
        yield {"grant": f"grant-{number}", "day": "2025-03-01", "amount": Decimal(500 + number)}


_TABLES: dict[str, Callable[[int], Iterator[Row]]] = {
    "subjects": _subjects,
    "texts": _texts,
    "bodies": _bodies,
    "grants": _grants,
    "grant_payments": _payments,
    "decisions": lambda _count: iter([{"key": "decision", "number": "2024 DGRI 1", "day": "2024-07-10"}]),
}


def _timed(write: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the clock, and of the processor."""
    clock, work = time.monotonic(), time.process_time()
    write()
    return round(time.monotonic() - clock, 2), round(time.process_time() - work, 2)


def written(count: int) -> list[dict[str, Any]]:
    """Each format from published rows to the file."""
    found = []
    with tempfile.TemporaryDirectory(prefix="parvis bench ") as name:
        folder = Path(name)
        writers: dict[str, tuple[float, Callable[[], object]]] = {
            "IATI activities": (60, lambda: write_activities(
                iati.activities(grants(count)), folder / "a.xml", reporter=iati.reporter(grants(count)),
                made="2026-11-22T12:00:00Z", language="fr")),
            "360Giving": (30, lambda: write_package(
                giving360.grants(grants(count)), folder / "g.json", folder / "g.csv", title="t", issued="2026-11-22")),
            "SCDL": (30, lambda: write_subventions(
                scdl.subventions(grants(count)), folder / "s.csv", folder / "o.csv")),
        }  # fmt: skip
        for format_, (aim, write) in writers.items():
            clock, work = _timed(write)
            size = sum(path.stat().st_size for path in folder.iterdir())
            found.append({"format": format_, "rows": count, "seconds": clock, "work": work, "aim": aim,
                          "mb": round(size / 2**20, 1),
                          "memory": round(psutil.Process().memory_info().rss / 2**20)})  # fmt: skip
            for path in folder.iterdir():
                path.unlink()
    return found


def _table(name: str, columns: str, rows: Callable[[], Iterator[Row]], noun: str = "") -> PublishedTable:
    declared = tuple(Column(*column.split(":"), _SAID) for column in columns.split())
    return PublishedTable(name, _SAID, _SAID, Audience.PUBLIC, declared, rows, noun)


def million(rows: int) -> tuple[PublishedTable, ...]:
    """A thousand records, and a table of so many rows about them."""
    keys = [f"body-{number:06}" for number in range(1000)]

    def subjects() -> Iterator[Row]:
        for key in keys:
            yield {"key": key, "noun": "body", "kind": "association", "themes": [], "priorities": [],
                   "amended_on": "2026-11-01"}  # fmt: skip

    def texts() -> Iterator[Row]:
        for key in keys:
            yield {"subject": key, "field": "title", "language": "fr", "body": key, "state": "original",
                   "future_until": None}  # fmt: skip

    def lines() -> Iterator[Row]:
        for number in range(rows):
            mixed = (number * 0x9E3779B1) & 0xFFFFFFFF
            yield {
                "body": keys[number * 1000 // rows], "country": COUNTRIES[mixed % len(COUNTRIES)],
                "year": 2000 + mixed // 7 % 27, "day": f"{2000 + mixed // 7 % 27}-{1 + mixed % 12:02}",
                "amount": f"{mixed % 900_000}.{mixed % 100:02}", "state": ("voted", "paid", "closed")[mixed % 3],
                "line": f"ligne {number}",
            }  # fmt: skip

    return (
        _table("subjects", "key:key noun:text kind:text themes:list priorities:list amended_on:day", subjects),
        _table("texts", "subject:ref field:text language:text body:text state:text future_until:pdate", texts),
        _table("bodies", "key:key", lambda: iter({"key": key} for key in keys), "body"),
        _table("lines", "body:ref country:text year:int day:pdate amount:decimal(14,2) state:text line:text", lines),
    )


def pages(rows: int, seconds: int) -> dict[str, Any]:
    """A page of 100 rows narrowed by random filters: 8 clients, 2 workers."""
    questions = [
        {
            "where": f'country = "{country}" and year >= {year}',
            "order_by": order,
            "limit": 100,
            "offset": 100 * (year % 3),
        }
        for country in COUNTRIES
        for year in range(2002, 2026, 3)
        for order in ("", "amount desc")
    ]
    paths = [f"/api/v1/datasets/lines/records?{urlencode(question)}" for question in questions]
    with tempfile.TemporaryDirectory(prefix="parvis bench ") as name:
        release(Archive(Path(name)), million(rows), city=CITY, moment=datetime.now(UTC))
        with parvis(Path(name), workers=2) as side:
            ask(side, paths, seconds=max(3, seconds), clients=8)
            seen = ask(side, paths, seconds=seconds, clients=8)
            memory = {"memory": memory_of(side[1]), "own": own_memory_of(side[1])}
            return {"rows": rows, "rate": seen.rate, "half": seen.half, "p95": seen.p95, "p99": seen.p99,
                    "bad": seen.bad, "work": seen.work} | memory  # fmt: skip


def figures(count: int = GRANTS, rows: int = ROWS, seconds: int = 10) -> dict[str, Any]:
    return {"written": written(count), "pages": pages(rows, seconds)}


if __name__ == "__main__":
    print(json.dumps(figures(), indent=1))
