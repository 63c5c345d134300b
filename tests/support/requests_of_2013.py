"""The City's own file of the requests of 2013, and how four hundred were drawn from it.

It stands beside the checkout; where it does not, ``standing()`` says no. What is rehearsed is restated under data/.
"""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

FILE = Path(__file__).parents[3] / "shared" / "standards" / "paris" / "paris_2013_demandes_2tiers.csv"
#: The drawing is the same on every machine.
SEED = 2013
DRAWN = 400
FUNDED = "Financee"


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
    funded: bool

    @property
    def above(self) -> bool:
        """Whether more was voted than asked."""
        return self.voted > self.asked


def standing() -> bool:
    return FILE.exists()


@cache
def requests() -> tuple[Request, ...]:
    """Every request of the file, in its order."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_read(line, row) for line, row in enumerate(csv.DictReader(file, delimiter=";"), 2))


def _read(line: int, row: dict[str, str]) -> Request:
    return Request(
        line=line,
        body=row["Nom du partenaire"].strip(),
        siret=row["N SIRET"].strip(),
        town=row["Ville"].strip(),
        title=row["Intitule de la demande"].strip(),
        asked=Decimal(row["Montant demande"] or 0),
        voted=Decimal(row["Montant vote par demande"] or 0),
        funded=row["Financee/Non Financee"] == FUNDED,
    )


@cache
def drawn(count: int = DRAWN) -> tuple[Request, ...]:
    """So many requests that asked for something, drawn without replacement, in the order of the file."""
    asking = [request for request in requests() if request.asked > 0]
    taken = random.Random(SEED).sample(asking, count)  # a drawing to be repeated, not a secret
    return tuple(sorted(taken, key=lambda request: request.line))
