"""360Giving in its three kinds: grants, with the faults its judges name."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from parvis.exchange.formats.giving360.reading import ReadGrant, read_grants
from parvis.exchange.formats.tables.faults import Fault
from parvis.exchange.formats.tables.reading import Row, open_table
from parvis.exchange.formats.tables.rows import How

from .standard import Asked, Heading, Opened, Read, Remark, Standard

_ = str  # marks a sentence for translation

HEADINGS = (
    Heading("id", "id"), Heading("title", "title"), Heading("description", "purpose"),
    Heading("recipientOrganization.0.name", "beneficiary"), Heading("amountAwarded", "amount_voted"),
    Heading("amountAppliedFor", "amount_asked"), Heading("amountDisbursed", "amount_paid"),
    Heading("currency", "currency"), Heading("awardDate", "decided"), Heading("plannedDates.0.startDate", "starts"),
    Heading("plannedDates.0.endDate", "ends"), Heading("beneficiaryLocation.0.countryCode", "country"),
    Heading("fundingOrganization.0.name", "giver"),
    Heading("fundingOrganization.0.id", "giver_number"), Heading("recipientOrganization.0.id", "org_id"),
)  # fmt: skip
_HELD = {heading.name for heading in HEADINGS}
_LISTS = frozenset({"enum", "codelist"})


def open_giving(path: Path, name: str, _asked: Asked) -> Opened:
    """A package, or a flat table under titles of the standard."""
    with path.open("rb") as file:
        nested = file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")
    how = How("json", encoding="utf-8") if nested else open_table(path, name).how
    return Opened(how, HEADINGS, partial(_reads, path, name))


def _reads(path: Path, name: str) -> Iterator[Read]:
    for grant in read_grants(path, name):
        cells, left = _cells(grant)
        number = grant.row or grant.place + 1
        faults = [one.fault for one in grant.wrong if one.rule == "row"]
        if grant.content.get("recipientIndividual") and not cells["recipientOrganization.0.name"]:
            faults.append(Fault(_("A person receives this grant: persons are not recorded as beneficiaries."), {}))
        wrong = tuple(
            Remark("list" if one.rule in _LISTS else "schema", one.rule, one.rule != "codelist", _at(one.fault, grant))
            for one in grant.wrong
        )
        yield Read(Row(number, cells, tuple(faults)), cells["id"][:120], wrong, tuple(left))


def _at(fault: Fault, grant: ReadGrant) -> Fault:
    return Fault(fault.sentence, fault.facts, fault.row or grant.row or None, fault.column)


def _cells(grant: ReadGrant) -> tuple[dict[str, str], list[str]]:
    cells, left = dict.fromkeys((heading.name for heading in HEADINGS), ""), []
    for path, text in _flat(grant.content):
        if path in _HELD:
            cells[path] = text
        elif text:
            left.append(path)
    return cells, [*left]


def _flat(held: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Each value with its path; what is said of persons is named by its first step only."""
    if isinstance(held, dict):
        for name, value in held.items():
            yield from _flat(value, f"{path}.{name}" if path else str(name))
    elif isinstance(held, list):
        for place, value in enumerate(held):
            yield from _flat(value, f"{path}.{place}")
    else:
        yield path, _plain(held)


def _plain(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if isinstance(value, Decimal | float):
        return format(Decimal(str(value)), "f")
    return " ".join(str(value).split())


GIVING = Standard("giving360", _("360Giving (1.4)"), "grants", open_giving, headings=HEADINGS, judged=True)
