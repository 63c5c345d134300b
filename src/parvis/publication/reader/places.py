"""Places of records in an order, few or many: met with each other, and the first of them taken."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Sequence
from itertools import compress

from . import bits

#: When more than one record in so many is told, bits are kept. From 32 on numbers are shorter, up to four times here,
#: but two sets of bits meet in a microsecond, where a thousand numbers take a hundred.
WIDE = 128
#: A list so many times longer than another is searched, and not read.
_MUCH_LONGER = 16
#: How a set was written: the first byte of it.
_NUMBERS, _BITS = b"n", b"b"
#: Bits looked through at once for the first places.
_A_STRETCH = 2048
_STRETCH = bits.everything(_A_STRETCH)


class Places:
    """A set of places in their order: as numbers, or as bits of which the first stands for place 0."""

    __slots__ = ("_bits", "_flags", "_numbers")

    def __init__(self, numbers: Sequence[int] | None, flags: bytes | None = None, held: int | None = None) -> None:
        """As numbers, or else as bits: in bytes, in one integer, or in both once the other was asked for."""
        self._numbers = numbers
        self._flags = flags
        self._bits = held

    @classmethod
    def read(cls, blob: bytes) -> Places:
        """As they were written."""
        if blob[:1] == _BITS:
            return cls(None, blob[1:])
        numbers = array("I")
        numbers.frombytes(memoryview(blob)[1:])
        return cls(numbers)

    @property
    def size(self) -> int:
        """How many they are; of those kept as bits, how many they may be."""
        if self._numbers is not None:
            return len(self._numbers)
        return self._bits.bit_length() if self._bits is not None else 8 * len(self.flags)

    @property
    def flags(self) -> bytes:
        """Their bits in bytes, when they are kept so."""
        if self._flags is None:
            self._flags = bits.stored(self._bits or 0)
        return self._flags

    @property
    def bits(self) -> int | None:
        """Their bits in one integer, when they are kept so."""
        if self._bits is None and self._numbers is None:
            self._bits = bits.read(self.flags)
        return self._bits

    def all(self) -> Sequence[int]:
        """Every one, in order."""
        if self._numbers is not None:
            return self._numbers
        held = self.bits or 0
        return list(compress(range(held.bit_length()), bits.to_flags(held, held.bit_length())))

    def first(self, wanted: int) -> Sequence[int]:
        """The first ones, as many as wanted or as there are."""
        if self._numbers is not None:
            return self._numbers[:wanted]
        found: list[int] = []
        rest, start = self.bits or 0, 0
        while rest and len(found) < wanted:
            stretch = rest & _STRETCH
            while stretch and len(found) < wanted:
                lowest = stretch & -stretch
                found.append(start + lowest.bit_length() - 1)
                stretch ^= lowest
            rest >>= _A_STRETCH
            start += _A_STRETCH
        return found

    def met(self, other: Places) -> Places:
        """Those of both."""
        if self._numbers is not None and other._numbers is not None:
            return Places(both(self._numbers, other._numbers))
        if self._numbers is not None:
            return Places(_among(self._numbers, other.flags))
        if other._numbers is not None:
            return Places(_among(other._numbers, self.flags))
        return Places(None, held=(self.bits or 0) & (other.bits or 0))

    def without(self, away: Collection[int]) -> Places:
        """All but these."""
        return Places([one for one in self.all() if one not in away])

    def holds(self, place: int) -> bool:
        """Whether it is one of them."""
        if self._numbers is None:
            flags = self.flags
            return place >> 3 < len(flags) and bool(flags[place >> 3] >> (place & 7) & 1)
        at = bisect_left(self._numbers, place)
        return at < len(self._numbers) and self._numbers[at] == place


NOWHERE = Places(())


def written(numbers: Sequence[int], size: int) -> bytes:
    """Places in order as they are kept, of so many records: one bit a record when many are told."""
    if len(numbers) * WIDE <= size:
        return _NUMBERS + array("I", numbers).tobytes()
    flags = bytearray(size // 8 + 1)
    for place in numbers:
        flags[place >> 3] |= 1 << (place & 7)
    return _BITS + flags


def _among(numbers: Sequence[int], flags: bytes) -> list[int]:
    """Those of the numbers whose bit is set; flags that end sooner than the last of them are no fault."""
    end = 8 * len(flags)
    if numbers and numbers[-1] >= end:
        numbers = numbers[: bisect_left(numbers, end)]
    return [one for one in numbers if flags[one >> 3] >> (one & 7) & 1]


def both(few: Sequence[int], many: Sequence[int]) -> list[int]:
    """Those in both of two lists in order. Beside a much longer one, each of the few is looked for in it."""
    if len(few) > len(many):
        few, many = many, few
    if len(few) * _MUCH_LONGER < len(many):
        return [one for one in few if many[bisect_left(many, one, 0, len(many) - 1)] == one]
    known = set(many)
    return [one for one in few if one in known]
