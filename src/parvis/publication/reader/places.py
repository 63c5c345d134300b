"""Places of records in an order, few or many: met with each other, and the first of them taken."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Sequence
from itertools import compress

from . import bits

#: When more than one record in so many is told, bits are shorter than numbers, and quicker to ask.
WIDE = 32
#: A list so many times longer than another is searched, and not read.
_MUCH_LONGER = 16
#: How a set was written: the first byte of it.
_NUMBERS, _BITS = b"n", b"b"
#: Bytes of bits looked through at once for the first places.
_A_STRETCH = 256


class Places:
    """A set of places in their order: as numbers, or as bits of which the first stands for place 0."""

    __slots__ = ("_flags", "_numbers")

    def __init__(self, numbers: Sequence[int] | None, flags: bytes = b"") -> None:
        self._numbers = numbers
        self._flags = flags

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
        return len(self._numbers) if self._numbers is not None else 8 * len(self._flags)

    def all(self) -> Sequence[int]:
        """Every one, in order."""
        if self._numbers is None:
            self._numbers = _told(self._flags, 0)
        return self._numbers

    def first(self, wanted: int) -> Sequence[int]:
        """The first ones, as many as wanted or as there are."""
        if self._numbers is not None:
            return self._numbers[:wanted]
        found: list[int] = []
        for start in range(0, len(self._flags), _A_STRETCH):
            found += _told(self._flags[start : start + _A_STRETCH], 8 * start)
            if len(found) >= wanted:
                break
        return found[:wanted]

    def met(self, other: Places) -> Places:
        """Those of both."""
        if self._numbers is not None and other._numbers is not None:
            return Places(both(self._numbers, other._numbers))
        if self._numbers is not None:
            return Places(_among(self._numbers, other._flags))
        if other._numbers is not None:
            return Places(_among(other._numbers, self._flags))
        found = bits.read(self._flags) & bits.read(other._flags)
        return Places(None, bits.stored(found))

    def without(self, away: Collection[int]) -> Places:
        """All but these."""
        return Places([one for one in self.all() if one not in away])

    def holds(self, place: int) -> bool:
        """Whether it is one of them."""
        found = self.all()
        at = bisect_left(found, place)
        return at < len(found) and found[at] == place


NOWHERE = Places(())


def written(numbers: Sequence[int], size: int) -> bytes:
    """Places in order as they are kept, of so many records: one bit a record when many are told."""
    if len(numbers) * WIDE <= size:
        return _NUMBERS + array("I", numbers).tobytes()
    flags = bytearray(size // 8 + 1)
    for place in numbers:
        flags[place >> 3] |= 1 << (place & 7)
    return _BITS + flags


def _told(flags: bytes, start: int) -> list[int]:
    size = 8 * len(flags)
    return list(compress(range(start, start + size), bits.to_flags(bits.read(flags), size)))


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
