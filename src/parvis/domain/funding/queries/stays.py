"""Stays paid to researchers and students, counted by country and by field. Nobody is named, and no small number is.

A number under five would point at somebody: such groups are told together, and a year that has fewer in all is not
told. Where the rest would itself be small, the smallest group joins it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from parvis.domain.funding.enums import STAYS, GrantState
from parvis.domain.funding.models import Application, Grant
from parvis.domain.funding.queries.sharing import FEWEST_PERSONS

_GIVEN = (GrantState.AWARDED, GrantState.CLOSED)
#: What stays are counted by: the column of the grant.
BY = {"country": "country", "field": "discipline"}


def stays_given() -> list[dict[str, Any]]:
    """Each stay given: its kind, year, country and field; nothing that tells who."""
    files = Application.objects.filter(call__subject__kind__in=STAYS, number__isnull=False)
    kinds = dict(files.values_list("number", "call__subject__kind"))
    grants = Grant.objects.filter(state__in=_GIVEN, file__in=list(kinds)).order_by("year", "pk")
    rows = grants.values_list("file", "year", "country", "discipline")
    return [
        {"kind": kinds[file], "year": year, "country": country, "field": discipline}
        for file, year, country, discipline in rows
    ]


def stays_to_share() -> Iterator[dict[str, Any]]:
    """How many stays of each kind and year, by country and by field, the most numerous first."""
    years: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for stay in stays_given():
        years[stay["kind"], stay["year"]].append(stay)
    for (kind, year), stays in sorted(years.items()):
        for by in BY:
            counted = Counter(stay[by] for stay in stays)
            for value, number in folded(counted):
                yield {"kind": kind, "year": year, "by": by, "value": value, "stays": number}


def folded(counted: Mapping[str, int], fewest: int = FEWEST_PERSONS) -> list[tuple[str, int]]:
    """Groups large enough to be told, then the rest under no name; nothing where all are too few."""
    if sum(counted.values()) < fewest:
        return []
    told = sorted((pair for pair in counted.items() if pair[0]), key=lambda pair: (-pair[1], pair[0]))
    rest = counted.get("", 0)
    while told and (told[-1][1] < fewest or 0 < rest < fewest):
        rest += told.pop()[1]
    return [*told, ("", rest)] if rest else told
