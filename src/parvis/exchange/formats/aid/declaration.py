"""What a year's declaration says: amounts paid by country, sector, channel and levy."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

import orjson

#: What the law asks to be told apart. What no record speaks of stays empty, which is not zero.
PARTS = ("projects", "in_kind", "refugees", "scholarships", "awareness", "staff")


@dataclass(frozen=True, slots=True, order=True)
class Heading:
    """What amounts are gathered by."""

    part: str
    country: str
    sector: str
    channel: str
    levy: str
    currency: str


@dataclass(frozen=True, slots=True)
class Payment:
    """What was paid for one record in a year. ``paid`` is None where no record says; ``voted`` is beside it."""

    year: int
    heading: Heading
    paid: Decimal | None
    voted: Decimal | None
    key: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a declaration. ``each`` says what was paid for each of its records."""

    heading: Heading
    paid: Decimal | None
    voted: Decimal | None
    each: Mapping[str, Decimal | None]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(sorted(self.each))

    @property
    def unknown(self) -> int:
        """Of how many records nobody wrote down what was paid."""
        return sum(paid is None for paid in self.each.values())


def declaration(payments: Iterable[Payment], year: int) -> list[Line]:
    """The lines of a year. What was paid is added; a grant whose payment nobody recorded is counted, never guessed."""
    held: dict[Heading, list[Payment]] = {}
    for payment in payments:
        if payment.year == year:
            held.setdefault(payment.heading, []).append(payment)
    return [_line(heading, held[heading]) for heading in sorted(held)]


def _line(heading: Heading, payments: list[Payment]) -> Line:
    each: dict[str, Decimal | None] = {}
    for one in sorted(payments, key=lambda payment: payment.key):
        before = each.get(one.key)
        each[one.key] = one.paid if before is None else before + (one.paid or 0)
    voted = [one.voted for one in payments if one.voted is not None]
    return Line(heading, added(each.values()), sum(voted, Decimal()) if voted else None, each)


def added(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Amounts that are known, added; None when none is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal()) if known else None


def as_kept(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Lines as plain data, to be kept for good."""
    return [
        {
            "heading": asdict(line.heading),
            "paid": _text(line.paid),
            "voted": _text(line.voted),
            "each": {key: _text(line.each[key]) for key in line.keys},
        }
        for line in lines
    ]


def from_kept(kept: Iterable[Mapping[str, Any]]) -> list[Line]:
    """Lines as they were kept."""
    return [
        Line(
            Heading(**one["heading"]),
            _amount(one["paid"]),
            _amount(one["voted"]),
            {key: _amount(paid) for key, paid in one["each"].items()},
        )
        for one in kept
    ]


def digest_of(kept: list[dict[str, Any]]) -> str:
    """What tells one declaration from any other: the sha256 of its lines."""
    return hashlib.sha256(orjson.dumps(kept, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
