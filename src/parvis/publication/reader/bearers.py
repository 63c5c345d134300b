"""Which records of a noun bear each value of a facet: as bits where they are many, as numbers where they are few.

A facet of twelve thousand towns would be twelve thousand sets of a bit for each record, nearly all of them nought.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping

from . import bits
from .places import Places


class Bearers:
    """The positions of the records that bear each value of one facet."""

    __slots__ = ("_few", "_many")

    def __init__(self, many: Mapping[str, int], few: Mapping[str, array[int]] | None = None) -> None:
        self._many = many
        self._few = few or {}

    @classmethod
    def read(cls, rows: Iterable[tuple[str, bytes]]) -> Bearers:
        """Values, each with its places as a release keeps them."""
        many, few = {}, {}
        for value, blob in rows:
            held = Places.read(blob)
            if held.bits is None:
                few[value] = array("I", held.all())
            else:
                many[value] = held.bits
        return cls(many, few)

    def __iter__(self) -> Iterator[str]:
        yield from self._many
        yield from self._few

    def of(self, value: str) -> int:
        """Those who bear a value, as a set of bits."""
        if value in self._few:
            return bits.of_few(self._few[value])
        return self._many.get(value, 0)

    def but(self, values: Iterable[str]) -> Bearers:
        """The same without these values."""
        gone = frozenset(values)
        many = {value: held for value, held in self._many.items() if value not in gone}
        return Bearers(many, {value: held for value, held in self._few.items() if value not in gone})

    def moved(self, away: Iterable[int], now: Mapping[str, Iterable[int]]) -> Bearers:
        """The same with these positions taken off every value, then put where they are now."""
        gone = frozenset(away)
        kept = ~bits.of_few(gone)
        many = {value: held & kept for value, held in self._many.items()}
        few = {value: array("I", (p for p in held if p not in gone)) for value, held in self._few.items()}
        for value, positions in now.items():
            if value in many:
                many[value] |= bits.of_few(positions)
            else:
                few[value] = array("I", sorted((*few.get(value, ()), *positions)))
        return Bearers(
            {value: held for value, held in many.items() if held}, {value: held for value, held in few.items() if held}
        )

    def items(self) -> Iterator[tuple[str, int]]:
        """Every value, and who bears it as a set of bits."""
        return ((value, self.of(value)) for value in self)

    def counted(self, among: int, size: int) -> Iterator[tuple[str, int]]:
        """How many of a set, out of so many records, bear each value; those that none bears are left out."""
        for value, borne_by in self._many.items():
            if number := (borne_by & among).bit_count():
                yield value, number
        if not self._few:
            return
        chosen = bits.to_flags(among, size).__getitem__
        for value, positions in self._few.items():
            if number := sum(map(chosen, positions)):
                yield value, number
