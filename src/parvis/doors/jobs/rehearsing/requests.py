"""The real requests of 2013 that are played: restated in data/paris/rehearsal, with their origin and their licence."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.conf import settings

FOLDER = Path("paris") / "rehearsal"


@dataclass(frozen=True, slots=True)
class Request:
    """One request: who asked for what, how much, and what was voted. Nothing was voted where it was refused."""

    line: int
    body: str
    siret: str
    town: str
    title: str
    asked: Decimal
    voted: Decimal
    drawn: bool

    @property
    def above(self) -> bool:
        """Whether more was voted than asked."""
        return self.voted > self.asked


@cache
def requests() -> tuple[Request, ...]:
    """The requests restated: those drawn, and all that were voted more than they asked."""
    with (Path(settings.DATA_DIR) / FOLDER / "requests-2013.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_read(row) for row in csv.DictReader(file))


def drawn() -> tuple[Request, ...]:
    """The four hundred that are played, in the order of the City's file."""
    return tuple(one for one in requests() if one.drawn)


def _read(row: dict[str, str]) -> Request:
    return Request(
        line=int(row["line"]),
        body=row["body"],
        siret=row["siret"],
        town=row["town"],
        title=row["title"],
        asked=Decimal(row["asked"]),
        voted=Decimal(row["voted"]),
        drawn=row["drawn"] == "yes",
    )


def asked_in_all(held: Iterable[Request]) -> Decimal:
    return sum((one.asked for one in held), Decimal(0))


def voted_in_all(held: Iterable[Request]) -> Decimal:
    return sum((one.voted for one in held), Decimal(0))
