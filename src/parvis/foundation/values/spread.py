"""How a few numbers are spread: the middle one, and the one that nine in ten do not pass."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Spread:
    """So many numbers; their median, their ninth decile, the highest of them."""

    count: int
    median: Fraction
    ninth_decile: int
    most: int


def spread(numbers: Iterable[int]) -> Spread | None:
    """None of no number.

    The median is the middle number, or half-way between the two in the middle. The ninth decile is the lowest
    number that at least nine in ten do not pass: a number of the list itself, never one between two.
    """
    held = sorted(numbers)
    if not held:
        return None
    middle = len(held) // 2
    median = Fraction(held[middle]) if len(held) % 2 else Fraction(held[middle - 1] + held[middle], 2)
    return Spread(len(held), median, held[-(-len(held) * 9 // 10) - 1], held[-1])
