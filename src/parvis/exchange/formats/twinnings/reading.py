"""A list of twinnings read pair by pair: two towns, their countries, where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from parvis.exchange.formats.tables.faults import Fault
from parvis.exchange.formats.tables.reading import Row, Table, open_table
from parvis.exchange.formats.tables.rows import refuse
from parvis.exchange.formats.tables.values import NotSo, Writing, number
from parvis.foundation.values.text import squeeze

_ = str  # marks a sentence for translation

#: Headings of the lists met, by what they say.
_HEADINGS = {
    "name": ("origincityLabel", "ville", "city", "town", "nom"),
    "country": ("origincountry", "pays", "country"),
    "latitude": ("originlat",),
    "longitude": ("originlong",),
    "population": ("originpopulation",),
    "twin": ("sistercityLabel", "ville jumelée", "sister city", "twin town", "jumelage"),
    "twin_country": ("destination_countryLabel", "pays de la ville jumelée", "twin country"),
    "twin_latitude": ("destinationlat",),
    "twin_longitude": ("destinationlong",),
    "twin_population": ("destinationpopulation",),
    "distance": ("dist", "distance"),
    "union": ("eu",),
}
_NEEDED = ("name", "twin")
_POINT = Writing(".", "dmy")


@dataclass(frozen=True, slots=True)
class Town:
    """A town as the list says it."""

    name: str
    country: str
    latitude: Decimal | None
    longitude: Decimal | None
    population: int | None


@dataclass(frozen=True, slots=True)
class Twinning:
    """Two towns said to be twinned; a claim of the list, until an agreement says so."""

    row: int
    town: Town
    twin: Town
    kilometres: int | None
    in_union: bool
    faults: tuple[Fault, ...] = ()


def read_twinnings(path: Path, name: str) -> Iterator[Twinning]:
    """Every pair of a list. Raises Unreadable where the two towns have no column."""
    table = open_table(path, name)
    columns = _columns(table)
    for row in table.rows():
        yield _pair(row, columns)


def names_two_towns(columns: Sequence[str]) -> bool:
    """Whether these are the columns of a list of twinnings."""
    found = _found(columns)
    return all(what in found for what in _NEEDED)


def _found(columns: Sequence[str]) -> dict[str, str]:
    known = {squeeze(heading): what for what, headings in _HEADINGS.items() for heading in headings}
    return {known[squeeze(column)]: column for column in columns if squeeze(column) in known}


def _columns(table: Table) -> dict[str, str]:
    found = _found(table.columns)
    if not all(what in found for what in _NEEDED):
        raise refuse(table.name, _("A list of twinnings names two towns in each row: a column is missing."), row=1)
    return found


def unclaimed(table: Table) -> tuple[str, ...]:
    claimed = set(_columns(table).values())
    return tuple(column for column in table.columns if column not in claimed)


def _pair(row: Row, columns: dict[str, str]) -> Twinning:
    faults = list(row.faults)

    def text(what: str) -> str:
        return row.cells.get(columns.get(what, ""), "")

    def amount(what: str) -> Decimal | None:
        said = text(what)
        try:
            return number(said, _POINT) if said else None
        except NotSo as reason:
            faults.append(Fault(reason.sentence, reason.facts, row.number, columns[what]))
            return None

    def whole(what: str) -> int | None:
        found = amount(what)
        return None if found is None else int(found)

    bare = [columns[what] for what in _NEEDED if not text(what)]
    faults += [Fault(_("This town has no name."), {}, row.number, column) for column in bare]
    town = Town(text("name"), text("country"), amount("latitude"), amount("longitude"), whole("population"))
    twin = Town(
        text("twin"), text("twin_country"), amount("twin_latitude"), amount("twin_longitude"), whole("twin_population")
    )
    return Twinning(row.number, town, twin, whole("distance"), text("union").upper() == "EU", tuple(faults))
