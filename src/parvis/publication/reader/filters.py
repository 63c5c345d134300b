"""What is asked of a release, and the shape of what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import orjson

from .schema import NARROWING

Row = dict[str, Any]


class UnknownSort(ValueError):  # an answer
    """Nobody sorts by that."""


@dataclass(frozen=True, slots=True)
class Filters:
    """How a list is narrowed. Several values of one filter mean any of them; several filters mean all.

    ``from_year`` and ``to_year`` keep what overlaps those years, both included. ``text`` are words that
    every record kept must contain.
    """

    kinds: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    funds: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    from_year: int | None = None
    to_year: int | None = None
    text: str = ""

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """Facet by facet, the values asked for, those without any left out."""
        asked = {
            "kind": self.kinds,
            "state": self.states,
            "theme": self.themes,
            "area": self.areas,
            "country": self.countries,
            "year": self.years,
            "fund": self.funds,
            "body": self.bodies,
            "place": self.places,
        }
        return {facet: values for facet, values in asked.items() if values}

    @property
    def by_year(self) -> bool:
        return self.from_year is not None or self.to_year is not None

    @property
    def single(self) -> tuple[str, str] | None:
        """The one facet and value asked for, when nothing else is and its counts were laid down."""
        chosen = self.chosen
        if len(chosen) != 1 or self.by_year or self.text.strip():
            return None
        ((facet, values),) = chosen.items()
        return (facet, values[0]) if len(values) == 1 and facet in NARROWING else None

    @property
    def empty(self) -> bool:
        return not self.chosen and not self.by_year and not self.text.strip()


@dataclass(frozen=True, slots=True)
class Sum:
    """Money of several records, in the city's currency. ``silent`` is how many of them say no such sum."""

    amount: Decimal
    counted: int
    silent: int


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list. ``facets``: for each facet, its values with how many records each would show.

    Rows are mappings, or their JSON where it was asked for as it is ``written``.
    """

    rows: list[Any]
    total: int
    facets: Mapping[str, list[tuple[str, int]]]
    page: int
    pages: int
    size: int
    stored_counts: bool = False
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found.

    ``cards``: the rows of the page, as JSON; ``rows`` are the same, read. ``exact``: the one record that bears
    this very name. ``ambiguous``: the candidates when several places bear it; nobody chose between them.
    ``matched``: by key, the spelling that made the match when the title does not show it. ``interrupted``: the
    search took too long and what is given is not all.
    """

    query: str
    exact: Row | None = None
    ambiguous: list[Row] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)
    counts: Mapping[str, int] = field(default_factory=dict)
    total: int = 0
    page: int = 1
    pages: int = 1
    matched: Mapping[str, str] = field(default_factory=dict)
    interrupted: bool = False

    @property
    def rows(self) -> list[Row]:
        """The rows of the page."""
        return [orjson.loads(card) for card in self.cards]
