"""Which standard a file follows, told by what is in it; whatever its name says."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from parvis.exchange.formats.giving360.reading import path_of
from parvis.exchange.formats.tables.faults import Unreadable
from parvis.exchange.formats.tables.reading import Row, Table, open_table
from parvis.exchange.formats.twinnings.reading import names_two_towns
from parvis.exchange.inbound import keeping
from parvis.exchange.inbound.models import Import
from parvis.exchange.inbound.targets import headings
from parvis.exchange.inbound.words import home_country, our_names, our_site, our_ways

from .aid import ACTIVITIES, ORGANISATIONS
from .given import GIVEN, tells_our_money
from .giving import GIVING
from .listed import CALLS, CATALOGUE
from .projected import Projected
from .standard import Asked, Opened, Read, Standard
from .tabled import TABLED, recognise_table

STANDARDS: Mapping[str, Standard] = {
    one.name: one for one in (ACTIVITIES, GIVEN, ORGANISATIONS, GIVING, *TABLED, CATALOGUE, CALLS)
}

_HEAD = 65_536
_ROOT = re.compile(rb"<\s*(?:[\w.-]+:)?([A-Za-z][\w.-]*)[\s>/]")
_ROOTS = {b"iati-activities": "iati_activities", b"iati-organisations": "iati_organisations", b"RDF": "dcat"}
_GIVING_NEEDED = frozenset(("id", "title", "description", "currency", "amountAwarded", "awardDate"))
_TURTLE = re.compile(rb"(?i)^\s*(?:@prefix|prefix|@base|#|<http)")


def recognise(path: Path, name: str, *, trees_only: bool = False, target: str = "") -> Standard | None:
    """The standard a file follows; None where it follows none of them. ``trees_only``: tables are not asked.

    Activities of aid that our city pays for are its grants, others are projects, unless ``target`` says which.
    """
    with path.open("rb") as file:
        head = _in_utf8(file.read(_HEAD))
    if head[:1] == b"<":
        known = STANDARDS.get(_of_xml(head))
        return _ours_or_not(path, name, target) if known is ACTIVITIES else known
    if head[:1] not in (b"{", b"[") and b"dcat" in head and _TURTLE.match(head):
        return STANDARDS["dcat"]
    if trees_only:
        return None
    found = _of_json(head) if head[:1] in (b"{", b"[") else ""
    return STANDARDS.get(found) or _of_table(path, name)


def _in_utf8(head: bytes) -> bytes:
    """The head of a file as UTF-8 without its mark: XML is also written two bytes a sign."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head[: len(head) & ~1].decode("utf-16", errors="ignore").encode()
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")


def _ours_or_not(path: Path, name: str, target: str) -> Standard:
    if target in (GIVEN.target, ACTIVITIES.target):
        return GIVEN if target == GIVEN.target else ACTIVITIES
    return GIVEN if tells_our_money(path, name, ours()) else ACTIVITIES


def _of_xml(head: bytes) -> str:
    root = _ROOT.search(re.sub(rb"<[?!].*?>|<!--.*?-->", b"", head, flags=re.DOTALL))
    if root is None:
        return "dcat" if head.startswith(b"<http") and b"dcat" in head else ""
    return _ROOTS.get(root[1], "")


def _of_json(head: bytes) -> str:
    if b'"@context"' in head or b'"@graph"' in head or b'"@type"' in head:
        return "dcat" if b"dcat" in head else ""
    if b'"grants"' in head:
        return "giving360"
    if b'"metadata"' in head and b'"results"' in head:
        return "eu_calls"
    return "eu_calls" if b'"openDate"' in head and b'"closeDate"' in head else ""


def _of_table(path: Path, name: str) -> Standard | None:
    try:
        columns = open_table(path, name).columns
    except Unreadable:
        return None
    if known := recognise_table(columns):
        return STANDARDS[known]
    paths = {found[0] for found in map(path_of, columns) if found and len(found) == 1}
    if len(_GIVING_NEEDED & paths) >= len(_GIVING_NEEDED) - 1:
        return GIVING
    return _shown_before(columns) or (STANDARDS["twinnings"] if names_two_towns(columns) else None)


def _shown_before(columns: Sequence[str]) -> Standard | None:
    """A standard whose rows were refused, taken away as a spreadsheet, mended, and are brought back."""
    for one in STANDARDS.values():
        if one.headings and {heading.name for heading in one.headings} <= set(columns):
            return replace(one, open=_open_again(one), judged=False)
    return None


def _open_again(standard: Standard) -> Callable[[Path, str, Asked], Opened]:
    def opened(path: Path, name: str, _asked: Asked) -> Opened:
        table = open_table(path, name)

        def reads() -> Iterator[Read]:
            for row in table.rows():
                cells = {heading.name: row.cells[heading.name] for heading in standard.headings}
                yield Read(Row(row.number, cells, row.faults))

        return Opened(table.how, standard.headings, reads, notes=table.heading.notes)

    return opened


def ours() -> Asked:
    """What tells our own city in a file: its names, its numbers."""
    return Asked(date.min, ours=our_names(), numbers=our_ways())


def projected(path: Path, name: str, standard: Standard, *, on: date, language: str, strict: bool) -> Projected:
    """A file of a standard as a table. Raises Unreadable."""
    asked = Asked(on, language, our_names(), home_country(), our_ways(), our_site())
    return Projected(standard, standard.open(path, name, asked), strict=strict)


def source_of(imported: Import, *, on: date) -> Table | Projected:
    """The rows of an import, as they are read: a table, or the records of a standard. Raises Unreadable."""
    path, name = keeping.path_of(imported), imported.file_name
    known = imported.how.get("standard")
    if not known:
        return open_table(path, name, sheet=imported.sheet, known=headings())
    found = recognise(path, name, target=STANDARDS[known].target)
    standard = found if found and found.name == known else STANDARDS[known]
    strict = imported.options.get("strict", "refuse") == "refuse"
    return projected(path, name, standard, on=on, language=imported.language, strict=strict)
