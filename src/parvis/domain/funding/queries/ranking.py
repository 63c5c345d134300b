"""How files are ranked: weighted marks, readers who differ, and what a ranking owes to each of them.

Totals are out of 100, to two decimals, halves rounded up. Nothing here reads the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

#: The best mark of a criterion.
BEST = 5
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reviewer gave one file, out of 100."""

    file: str
    reviewer: int
    total: Decimal


@dataclass(frozen=True, slots=True)
class Ranked:
    """A file in its place. ``highest`` and ``lowest`` are the places it takes when one reviewer is left out."""

    file: str
    score: Decimal
    rank: int
    highest: int
    lowest: int
    spread: Decimal
    totals: tuple[Decimal, ...]


def total_of(marks: Mapping[str, int], weights: Mapping[str, int]) -> Decimal | None:
    """The weighted total of a review, out of 100; None while a criterion has no mark."""
    if not weights or set(weights) - set(marks):
        return None
    reached = sum(weight * marks[code] for code, weight in weights.items())
    return _rounded(Decimal(100 * reached) / (BEST * sum(weights.values())))


def rank(readings: Sequence[Reading]) -> list[Ranked]:
    """Files by the mean of their totals; equal scores share a place. The order does not depend on that of readings."""
    scores = _scores(readings)
    places = _places(scores)
    highest, lowest = _reach(readings, places)
    totals = defaultdict(list)
    for reading in sorted(readings, key=lambda one: one.reviewer):
        totals[reading.file].append(reading.total)
    return [
        Ranked(
            file=file,
            score=scores[file],
            rank=place,
            highest=highest[file],
            lowest=lowest[file],
            spread=max(totals[file]) - min(totals[file]),
            totals=tuple(totals[file]),
        )
        for file, place in sorted(places.items(), key=lambda one: (one[1], one[0]))
    ]


def severities(readings: Sequence[Reading]) -> dict[int, Decimal]:
    """How far each reviewer stands from the others who read the same files, on average; below zero is severe.

    A reviewer who shared no file has none.
    """
    by_file = defaultdict(list)
    for reading in readings:
        by_file[reading.file].append(reading)
    gaps: dict[int, list[Decimal]] = defaultdict(list)
    for shared in by_file.values():
        for reading in shared:
            others = [other.total for other in shared if other.reviewer != reading.reviewer]
            if others:
                gaps[reading.reviewer].append(reading.total - _mean(others))
    return {reviewer: _rounded(_mean(found)) for reviewer, found in sorted(gaps.items())}


def _scores(readings: Iterable[Reading]) -> dict[str, Decimal]:
    totals = defaultdict(list)
    for reading in readings:
        totals[reading.file].append(reading.total)
    return {file: _rounded(_mean(found)) for file, found in totals.items()}


def _places(scores: Mapping[str, Decimal]) -> dict[str, int]:
    ordered = sorted(scores.values(), reverse=True)
    first = {score: place for place, score in reversed(list(enumerate(ordered, start=1)))}
    return {file: first[score] for file, score in scores.items()}


def _reach(readings: Sequence[Reading], places: Mapping[str, int]) -> tuple[dict[str, int], dict[str, int]]:
    """The best and the worst place of each file over the rankings that leave one reviewer out.

    A file whose only reading is left out has no place in that ranking, and the others move up.
    """
    highest, lowest = dict(places), dict(places)
    for without in _without_each(readings).values():
        for file, place in _places(without).items():
            highest[file] = min(highest[file], place)
            lowest[file] = max(lowest[file], place)
    return highest, lowest


def scores_without_each(readings: Sequence[Reading]) -> dict[int, list[tuple[str, Decimal]]]:
    """By reviewer: the files that are left without their readings, from the best score down."""
    found = {}
    for reviewer, scores in _without_each(readings).items():
        found[reviewer] = sorted(scores.items(), key=lambda one: (-one[1], one[0]))
    return found


def _without_each(readings: Sequence[Reading]) -> dict[int, dict[str, Decimal]]:
    """The scores left when each reviewer is left out: only the files they read are worked out again."""
    whole, totals, own = _scores(readings), defaultdict(list), defaultdict(list)
    for reading in readings:
        totals[reading.file].append(reading)
        own[reading.reviewer].append(reading.file)
    found = {}
    for reviewer, files in own.items():
        scores = dict(whole)
        for file in files:
            left = [one.total for one in totals[file] if one.reviewer != reviewer]
            if left:
                scores[file] = _rounded(_mean(left))
            else:
                scores.pop(file, None)
        found[reviewer] = scores
    return found


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_CENT, rounding=ROUND_HALF_UP)
