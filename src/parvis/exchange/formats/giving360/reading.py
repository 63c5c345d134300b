"""Grants from 360Giving files: JSON grant by grant, or a flat table whose headings are titles of the standard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from parvis.exchange.formats.tables.encodings import encoding_of
from parvis.exchange.formats.tables.faults import Fault
from parvis.exchange.formats.tables.pieces import members
from parvis.exchange.formats.tables.reading import Table, open_table
from parvis.exchange.formats.tables.rows import refuse
from parvis.exchange.formats.tables.values import NotSo, Writing, day, number
from parvis.foundation.values.text import squeeze

from .checking import Wrong, check_grant, fields, unknown_fields

_ = str  # marks a sentence for translation

_DATES = ("date", "partial", "moment")


@dataclass(frozen=True, slots=True)
class ReadGrant:
    """A grant as the file says it, every field kept; what is wrong with it; what the standard does not know.

    ``row`` is its row in a table; a package has none.
    """

    place: int
    content: dict[str, Any]
    wrong: tuple[Wrong, ...] = ()
    unknown: tuple[str, ...] = ()
    row: int = 0

    @property
    def holds(self) -> bool:
        return not self.wrong


def read_grants(path: Path, name: str) -> Iterator[ReadGrant]:
    """Every grant of a file of any of the three kinds. Raises Unreadable where it is none."""
    with path.open("rb") as file:
        start = file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return read_json(path, name) if start in (b"{", b"[") else read_table(open_table(path, name))


def read_json(path: Path, name: str) -> Iterator[ReadGrant]:
    """Grants of a JSON package, one at a time, in constant memory."""
    encoding = encoding_of(path)
    if not encoding.name.startswith("utf-8") or encoding.mixed:
        raise refuse(name, _("JSON is written in UTF-8; this file is not."))
    place = 0
    for content in members(path, name, "grants", skip=3 if encoding.name == "utf-8-sig" else 0):
        unknown = unknown_fields(content) if isinstance(content, dict) else ()
        kept = content if isinstance(content, dict) else {}
        yield ReadGrant(place, kept, tuple(check_grant(content, place)), unknown)
        place += 1
    if not place:
        raise refuse(name, _("The file holds no grants: a 360Giving package has a list of “grants”."))


def read_table(table: Table) -> Iterator[ReadGrant]:
    """Grants of a flat table, nested as in JSON. Headings the standard does not know are kept under their own name."""
    paths = {column: path_of(column) for column in table.columns}
    if not any(paths.values()):
        raise refuse(table.name, _("No heading of this table is a title of the 360Giving standard."), row=1)
    for place, row in enumerate(table.rows()):
        content: dict[str, Any] = {}
        wrong = [Wrong(f"grants/{place}", "row", fault) for fault in row.faults]
        for column, text in row.cells.items():
            path = paths[column]
            if text and path is None:
                content[column] = text
            elif text and path is not None:
                _put(content, path, _typed(text, path, wrong, place, row.number, column))
        unknown = tuple(column for column, path in paths.items() if path is None)
        yield ReadGrant(place, content, (*wrong, *check_grant(content, place)), unknown, row.number)


@cache
def _titles() -> Mapping[str, tuple[str, ...]]:
    """The path of each title of the standard: ``Recipient Org:Name`` is the name of the first recipient."""
    found: dict[str, tuple[str, ...]] = {}
    for name, spec in fields()["grant"].items():
        found[squeeze(spec["title"])] = found[squeeze(name)] = (name,)
        if spec.get("of"):
            for inner, inner_spec in fields()[spec["of"]].items():
                for outside in (spec["title"], name):
                    for inside in (inner_spec["title"], inner):
                        found[squeeze(f"{outside}:{inside}")] = (name, inner)
                        found[squeeze(f"{outside}:0:{inside}")] = (name, inner)
    return found


def path_of(heading: str) -> tuple[str, ...] | None:
    """The path a heading stands for; None where the standard has no such title."""
    return _titles().get(squeeze(re.sub(r"\s*[:/]\s*", ":", heading).replace(":", " : ")))


def _typed(text: str, path: tuple[str, ...], wrong: list[Wrong], place: int, row: int, column: str) -> Any:
    """A cell as its field is: a number, a date in ISO 8601, or the text."""
    spec = _spec(path)
    try:
        if spec["kind"] == "number":
            found = number(text, Writing(".", "dmy"))
            return int(found) if found == found.to_integral_value() else found
        if spec["kind"] in _DATES:
            return day(text, Writing(".", "dmy")) if "T" not in text else text
    except NotSo as reason:
        wrong.append(
            Wrong(f"grants/{place}/{'/'.join(path)}", "type", Fault(reason.sentence, reason.facts, row, column))
        )
    return [part.strip() for part in text.split(";")] if spec["kind"] == "list" else text


def _spec(path: tuple[str, ...]) -> Mapping[str, Any]:
    spec = fields()["grant"][path[0]]
    return spec if len(path) == 1 else fields()[spec["of"]][path[1]]


def _put(content: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    if len(path) == 1:
        content[path[0]] = value
        return
    many = fields()["grant"][path[0]]["kind"] == "lines"
    held = content.setdefault(path[0], [{}] if many else {})
    inner = held[0] if many and isinstance(held, list) else held
    if isinstance(inner, dict):  # another column may have put a text there, which is told as wrong
        inner[path[1]] = value


def amount_of(content: Mapping[str, Any]) -> Decimal | None:
    """The amount awarded, where it is a number."""
    found = content.get("amountAwarded")
    return Decimal(str(found)) if isinstance(found, int | float | Decimal) and not isinstance(found, bool) else None
