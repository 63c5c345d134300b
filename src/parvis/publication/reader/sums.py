"""The money that the records of a list stand for, added up as it is asked for, exactly."""

from __future__ import annotations

import sqlite3
from array import array
from decimal import Decimal
from itertools import compress

from . import bits
from .filters import Sum
from .listing import Selection
from .shelf import Shelf

#: Sums are kept in thousandths, the finest any currency in use is cut.
PLACES = 3
#: What stands where a record says no sum, or says it in another currency.
SILENT = -1


class Sums:
    """The sum each record of a noun stands for, by its position, read at the first need."""

    def __init__(self) -> None:
        self._sums: dict[str, array[int]] = {}

    def of(self, shelf: Shelf, held: int, db: sqlite3.Connection) -> Sum | None:
        """The money of the records held; None for a noun that stands for no sum, or a release made before."""
        sums = self._of_noun(shelf, db)
        if not sums:
            return None
        chosen = compress(sums, bits.to_flags(held, shelf.size))
        told = [one for one in chosen if one != SILENT]
        return Sum(Decimal(sum(told)).scaleb(-PLACES), len(told), held.bit_count() - len(told))

    def of_all(self, selection: Selection, db: sqlite3.Connection) -> Sum | None:
        """The money of everything selected."""
        return next((self.of(shelf, held, db) for shelf, held in selection.held), None)

    def by(self, facet: str, selection: Selection, db: sqlite3.Connection) -> dict[str, Sum]:
        """The money of what is selected, for each value of a facet that something of it bears."""
        found: dict[str, Sum] = {}
        for shelf, held in selection.held:
            for value, borne_by in sorted(shelf.facet(facet).items()):
                told = self.of(shelf, held & borne_by, db) if held & borne_by else None
                if told is not None:
                    found[value] = told
        return found

    def _of_noun(self, shelf: Shelf, db: sqlite3.Connection) -> array[int]:
        if shelf.noun not in self._sums:
            self._sums[shelf.noun] = _read(shelf.noun, db)
        return self._sums[shelf.noun]


def _read(noun: str, db: sqlite3.Connection) -> array[int]:
    sums = array("q")
    if db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'sum'").fetchone():
        row = db.execute("SELECT sums FROM sum WHERE noun = ?", (noun,)).fetchone()
        sums.frombytes(row[0] if row else b"")
    return sums
