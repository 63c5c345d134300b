"""What the grants come to: by year, and by country and year. Amounts voted, in one currency, added exactly.

A grant that serves several countries is never shared out among them by a rule of ours: it counts whole in
each, so that the countries of a year may come to more than the year. One whose country nobody knows stands
under ``NOWHERE``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from parvis.observatory.tables import Row, Tables, rows, text

NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Voted:
    """Money voted, and in how many grants."""

    amount: Decimal
    grants: int


@dataclass(frozen=True, slots=True)
class Served:
    """One grant as it is counted: its year, its amount, the countries it serves, its fund."""

    year: int
    amount: Decimal
    countries: tuple[str, ...]
    programme: str = ""


def served(tables: Tables, currency: str) -> list[Served]:
    """Grants with an amount voted in this currency. What was refused or cancelled gives nothing."""
    country_of = {row["key"]: text(row, "country") for row in rows(tables, "places")}
    further: dict[str, list[str]] = defaultdict(list)
    for row in rows(tables, "grant_places"):
        further[row["grant"]].append(text(row, "place"))
    return [
        Served(
            year=int(row["year"]),
            amount=Decimal(str(row["amount_voted"])),
            countries=_countries(row, country_of, further[row["key"]]),
            programme=text(row, "programme"),
        )
        for row in rows(tables, "grants")
        if row["amount_voted"] not in (None, "")
        and text(row, "currency") == currency
        and text(row, "state") not in ("refused", "cancelled")
    ]


def _countries(row: Row, country_of: Mapping[str, str], further: Iterable[str]) -> tuple[str, ...]:
    places = [key for key in (text(row, "place"), *further) if key]
    named = [country_of.get(key, "") for key in places] or [text(row, "country")]
    return tuple(dict.fromkeys(country for country in named if country))


def by_year(grants: Iterable[Served]) -> dict[int, Voted]:
    """Years in order; a year without a grant is absent, never zero."""
    found: dict[int, list[Served]] = defaultdict(list)
    for grant in grants:
        found[grant.year].append(grant)
    return {year: _together(found[year]) for year in sorted(found)}


def by_country_and_year(grants: Iterable[Served]) -> dict[str, dict[int, Voted]]:
    """For each country its years, the countries that received most first; what no country is known of, last."""
    found: dict[str, list[Served]] = defaultdict(list)
    for grant in grants:
        for country in grant.countries or (NOWHERE,):
            found[country].append(grant)
    totals = {country: _together(held).amount for country, held in found.items()}
    ordered = sorted(found, key=lambda country: (country == NOWHERE, -totals[country], country))
    return {country: by_year(found[country]) for country in ordered}


def _together(grants: Iterable[Served]) -> Voted:
    held = list(grants)
    return Voted(sum((grant.amount for grant in held), Decimal(0)), len(held))
