"""What an IATI 2.03 file may hold, element by element, and which lists its codes come from.

Restated from the schema and the code lists of IATI (IATI open licence), read 2026-11-25, in three tables:
``elements.csv`` (in the order they must come in), ``listed.csv`` and ``lists.csv``.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@dataclass(slots=True)
class Spec:
    """An element: what its text is, its attributes and which are needed, its children in order with how many."""

    path: str
    text: str
    attributes: dict[str, str]
    needed: tuple[str, ...]
    children: dict[str, tuple[int, Spec]] = field(default_factory=dict)
    least: tuple[str, ...] = ()
    single: frozenset[str] = frozenset()
    listed: tuple[Listed, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """An attribute (or the text, where it is empty) whose values come from a list; for one vocabulary, if named."""

    attribute: str
    name: str
    codes: frozenset[str]
    complete: bool
    vocabulary: str


@cache
def code_lists() -> Mapping[str, tuple[bool, frozenset[str]]]:
    """Each list of codes: whether it is complete, and its codes."""
    with (_HERE / "lists.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["list"]: (row["complete"] == "yes", frozenset(row["codes"].split(" "))) for row in csv.DictReader(file)
        }


@cache
def schemas() -> Mapping[str, Spec]:
    """The two kinds of files, by the name of their outermost element."""
    specs: dict[str, Spec] = {}
    order: dict[str, list[tuple[str, str, str]]] = {}
    with (_HERE / "elements.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            said = [one.split("=") for one in row["attributes"].split()]
            attributes = {name.rstrip("!"): kind for name, kind in said}
            needed = tuple(name[:-1] for name, _kind in said if name.endswith("!"))
            specs[row["path"]] = Spec(row["path"], row["text"], attributes, needed)
            above, _slash, name = row["path"].rpartition("/")
            order.setdefault(above, []).append((name, row["least"], row["most"]))
    for above, children in order.items():
        if above:
            spec = specs[above]
            spec.children = {name: (place, specs[f"{above}/{name}"]) for place, (name, _l, _m) in enumerate(children)}
            spec.least = tuple(name for name, least, _most in children if least != "0")
            spec.single = frozenset(name for name, _least, most in children if most == "1")
    _list(specs)
    return {name: specs[f"/{name}"] for name in ("iati-activities", "iati-organisations")}


def _list(specs: Mapping[str, Spec]) -> None:
    found: dict[str, list[Listed]] = {}
    with (_HERE / "listed.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            complete, codes = code_lists()[row["list"]]
            stem, _slash, last = row["path"].rpartition("/")
            attribute = last.removeprefix("@") if last.startswith("@") else ""
            one = Listed(attribute, row["list"], codes, complete, row["vocabulary"])
            for path in specs:
                if path.endswith(f"/{stem}") or not stem:
                    found.setdefault(path, []).append(one)
    for path, listed in found.items():
        specs[path].listed = tuple(listed)
