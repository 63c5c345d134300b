"""360Giving files: a package as JSON and one flat table as CSV, with the titles that its tools know."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson

from parvis.foundation.values import as_cell

from .grant import VERSION, Grant, Location, Organisation, is_day, why_not

Json = dict[str, Any]

#: Titles of the flat table, each with the path it rolls up.
TITLES: tuple[str, ...] = (
    "Identifier", "Title", "Description", "Currency", "Amount Applied For", "Amount Awarded", "Amount Disbursed",
    "Award Date", "URL", "Planned Dates:Start Date", "Planned Dates:End Date", "Recipient Org:Identifier",
    "Recipient Org:Name", "Recipient Org:Country", "Funding Org:Identifier", "Funding Org:Name",
    "Grant Programme:Code", "Grant Programme:Title", "Beneficiary Location:Name", "Beneficiary Location:Country Code",
    "Beneficiary Location:Latitude", "Beneficiary Location:Longitude", "Last Modified",
)  # fmt: skip


#: Columns of the list of grants that the standard cannot hold.
LEFT_OUT = ("record", "lacks")


@dataclass(frozen=True, slots=True)
class Told:
    """How many grants were written; and of the others, each key with the fields it lacks."""

    written: int
    left_out: tuple[tuple[str, tuple[str, ...]], ...]


def write_package(grants: Iterable[Grant], package: Path, table: Path, *, title: str, issued: str) -> Told:
    """Write the grants that fit, one at a time. Without any, no package is written: the standard has no empty one."""
    left: list[tuple[str, tuple[str, ...]]] = []
    written = 0
    with package.open("wb") as told, table.open("w", encoding="utf-8", newline="") as text:
        flat = csv.writer(text, lineterminator="\r\n")
        flat.writerow(TITLES)
        head = {"version": VERSION, "title": title, "issued": issued}
        told.write(orjson.dumps(head)[:-1] + b',"grants":[')
        for grant in grants:
            lacking = why_not(grant)
            if lacking:
                left.append((grant.key, tuple(lacking)))
                continue
            told.write((b",\n" if written else b"\n") + orjson.dumps(as_json(grant), default=_exact))
            flat.writerow([as_cell(cell) for cell in _cells(grant)])
            written += 1
        told.write(b"\n]}\n")
    if not written:
        package.unlink()
    return Told(written, tuple(left))


def write_left_out(told: Told, path: Path) -> None:
    """The grants the standard cannot hold, each with the fields it lacks."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\r\n")
        table.writerow(LEFT_OUT)
        table.writerows((key, " ".join(fields)) for key, fields in told.left_out)


def as_json(grant: Grant) -> Json:
    """A grant as the schema shapes it; what is not known is left out."""
    assert grant.recipient is not None  # checked before
    told: Json = {
        "id": grant.id,
        "title": grant.title,
        "description": grant.description,
        "currency": grant.currency,
        "amountAppliedFor": grant.asked,
        "amountAwarded": grant.awarded,
        "amountDisbursed": grant.paid,
        "awardDate": grant.awarded_on,
        "url": grant.url,
        "plannedDates": _planned(grant),
        "recipientOrganization": [_organisation(grant.recipient)],
        "fundingOrganization": [_organisation(grant.funder)],
        "grantProgramme": [{"code": grant.programme[0], "title": grant.programme[1]}] if grant.programme else None,
        "beneficiaryLocation": [_location(place) for place in grant.locations],
        "classifications": [
            {"vocabulary": one.vocabulary, "code": one.code, "title": one.title} for one in grant.classifications
        ],
        "disbursementTransaction": [
            {"id": one.id, "transactionDate": one.day, "currency": grant.currency, "value": one.amount}
            for one in grant.disbursements
            if is_day(one.day)
        ],
        "dateModified": grant.modified,
    }
    return _known(told)


def _location(place: Location) -> Json:
    return _known(
        {
            "name": place.name,
            "countryCode": place.country,
            "latitude": place.latitude,
            "longitude": place.longitude,
        }
    )


def _known(told: Json) -> Json:
    return {name: value for name, value in told.items() if value not in (None, "", [], {})}


def _organisation(one: Organisation) -> Json:
    return _known({"id": one.id, "name": one.name, "addressCountry": one.country})


def _planned(grant: Grant) -> list[Json]:
    days = _known(
        {
            "startDate": grant.starts if is_day(grant.starts) else "",
            "endDate": grant.ends if is_day(grant.ends) else "",
        }
    )
    return [days] if days else []


def _exact(value: Any) -> orjson.Fragment:
    """Money to the cent, as a number."""
    if not isinstance(value, Decimal):
        raise TypeError
    text = f"{value:f}"
    return orjson.Fragment(text.rstrip("0").rstrip(".") if "." in text else text)


def _cells(grant: Grant) -> Iterator[str]:
    place = grant.locations[0] if grant.locations else None
    assert grant.recipient is not None  # checked before
    told: tuple[Any, ...] = (
        grant.id, grant.title, grant.description, grant.currency, grant.asked, grant.awarded, grant.paid,
        grant.awarded_on, grant.url, grant.starts if is_day(grant.starts) else "",
        grant.ends if is_day(grant.ends) else "", grant.recipient.id, grant.recipient.name, grant.recipient.country,
        grant.funder.id, grant.funder.name, *(grant.programme or ("", "")), place and place.name,
        place and place.country, place and place.latitude, place and place.longitude, grant.modified,
    )  # fmt: skip
    return ("" if one is None else f"{one:f}" if isinstance(one, Decimal) else str(one) for one in told)
