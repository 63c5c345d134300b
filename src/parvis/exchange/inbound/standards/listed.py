"""Catalogues of datasets, which become sources, and calls for funding, which become programmes of others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from parvis.exchange.formats.dcat.reading import Dataset, read_catalogue
from parvis.exchange.formats.eu_calls.reading import Call, read_calls
from parvis.exchange.formats.tables.reading import Row
from parvis.exchange.formats.tables.rows import How
from parvis.exchange.inbound.lines import item

from .standard import Asked, Heading, Opened, Read, Standard
from .tabled import told_apart
from .words import spread, unspoken, worded

_ = str  # marks a sentence for translation

DATASET = (
    Heading("dataset", "id"), *worded("title", "title"), *worded("description", "summary"),
    Heading("publisher", "publisher"), Heading("modified", "date"), Heading("kind", "kind", made=True),
)  # fmt: skip
CALL = (
    Heading("code", "id"), Heading("title", "title", "en"), Heading("kind", "kind", made=True),
    Heading("opens", "since"), Heading("closes", "until"), Heading("budget", "budgets", "en"),
    Heading("deadlineDate", "deadlines"), Heading("typesOfAction", "actions", "en"), Heading("link", "papers", "en"),
)  # fmt: skip


def open_catalogue(path: Path, name: str, asked: Asked) -> Opened:
    """A catalogue in Turtle, JSON-LD or RDF/XML."""
    found = list(read_catalogue(path, name))
    return Opened(How("rdf", encoding="utf-8"), DATASET, partial(_datasets, found, asked))


def _datasets(found: list[Dataset], asked: Asked) -> Iterator[Read]:
    for number, one in enumerate(found, 1):
        cells = {
            "dataset": one.address,
            **spread("title", one.title, asked.language),
            **spread("description", one.description, asked.language),
            "publisher": one.publisher,
            "modified": one.modified or one.issued,
            "kind": "dataset",
        }
        wrong = told_apart(one.faults)
        refusing = one.faults if not one.title else ()
        left, ours = tuple(_left_of_dataset(one)), _of_this_site(one.address, asked)
        yield Read(Row(number, cells, refusing), one.address[-120:], wrong, left, ours)


def _of_this_site(address: str, asked: Asked) -> bool:
    """Whether a dataset is one of our own publication: it would be a source of what it is made from."""
    return bool(asked.site) and address.startswith(f"{asked.site}/")


def _left_of_dataset(one: Dataset) -> Iterator[str]:
    yield from unspoken("title", one.title)
    held = {
        "dcat:keyword": one.keywords, "dct:license": one.licences, "dcat:landingPage": one.landing_page,
        "dcat:distribution": one.distributions,
    }  # fmt: skip
    yield from (name for name, value in held.items() if value)
    yield from one.left_over


def open_calls(path: Path, name: str, _asked: Asked) -> Opened:
    """Calls of the European funding portal, or a plain list of them."""
    return Opened(How("json", encoding="utf-8"), CALL, partial(_calls, path, name))


def _calls(path: Path, name: str) -> Iterator[Read]:
    for call in read_calls(path, name):
        cells = {
            "code": call.code, "title": " ".join(call.title.split()), "kind": "call", "opens": call.opens,
            "closes": max(call.closes, default=""), "budget": _budget(call),
            "deadlineDate": "; ".join(_deadlines(call)), "typesOfAction": "; ".join(item(one) for one in call.actions),
            "link": call.link.replace(";", "%3B").replace("|", "%7C"),
        }  # fmt: skip
        yield Read(
            Row(call.place, cells, call.faults), call.code[:120], told_apart(call.faults), tuple(_left_of_call(call))
        )


def _budget(call: Call) -> str:
    """What there is, on the day the call opens, or else closes; nothing where no day dates it."""
    day = call.opens or max(call.closes, default="")
    return "" if call.budget is None or not day else item(f"announced {day} {call.budget:f} EUR")


def _deadlines(call: Call) -> Iterator[str]:
    """Every day files are due, with its stage where there are several."""
    days = sorted(set(call.closes))
    for place, day in enumerate(days, 1):
        yield item(day, f"{place}/{len(days)}" if len(days) > 1 else "")


def _left_of_call(call: Call) -> Iterator[str]:
    held: dict[str, object] = {"programme": call.programme, "status": call.status, "keywords": call.keywords}
    if call.budget is not None and not _budget(call):
        held["budget"] = call.budget
    yield from (name for name, value in held.items() if value)
    yield from call.left_over


CATALOGUE = Standard("dcat", _("DCAT catalogue"), "sources", open_catalogue, headings=DATASET, is_tree=True)
CALLS = Standard("eu_calls", _("European funding calls"), "programmes", open_calls, headings=CALL)
