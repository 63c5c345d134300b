"""An amount of money, always with its currency, never a float."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache
from typing import Self

from babel.numbers import list_currencies

#: Decimal places of the currencies that do not have two (ISO 4217).
_NO_PLACES = (
    "BIF",
    "CLP",
    "DJF",
    "GNF",
    "ISK",
    "JPY",
    "KMF",
    "KRW",
    "PYG",
    "RWF",
    "UGX",
    "UYI",
    "VND",
    "VUV",
)
_PLACES = {
    **dict.fromkeys((*_NO_PLACES, "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}


@cache
def _known_currencies() -> frozenset[str]:
    return frozenset(list_currencies())


def smallest_unit(currency: str) -> Decimal:
    """The smallest amount of a currency: a cent of a euro, one yen.

    Raises ValueError for what is no currency of ISO 4217, of today or of the past.
    """
    if currency not in _known_currencies():
        raise ValueError(f"{currency!r} is not a currency of ISO 4217 (write EUR, USD or XOF)")
    return Decimal(1).scaleb(-_PLACES.get(currency, 2))


def places_of(currency: str) -> int:
    """How many decimals amounts of a currency have."""
    return -int(smallest_unit(currency).as_tuple().exponent)


@dataclass(frozen=True, slots=True)
class Money:
    """So much of a currency, held to its smallest unit."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal):
            raise TypeError(f"an amount is a Decimal, not a {type(self.amount).__name__}")
        unit = smallest_unit(self.currency)
        if not self.amount.is_finite():
            raise ValueError(f"{self.amount} is not an amount")
        try:
            held = self.amount.quantize(unit)
        except InvalidOperation:
            raise ValueError(f"{self.amount} {self.currency} is too large an amount") from None
        if held != self.amount:
            raise ValueError(f"{self.amount} {self.currency} is finer than {unit} {self.currency}")
        object.__setattr__(self, "amount", held)

    @classmethod
    def rounded(cls, amount: Decimal, currency: str) -> Self:
        """To the nearest smallest unit; half goes away from zero."""
        return cls(amount.quantize(smallest_unit(currency), ROUND_HALF_UP), currency)

    @classmethod
    def floored(cls, amount: Decimal, currency: str) -> Self:
        """Down to the smallest unit, as a ceiling is computed: never a cent too much."""
        return cls(amount.quantize(smallest_unit(currency), ROUND_FLOOR), currency)

    def _same_currency(self, other: Money) -> None:
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up: convert with a dated rate")

    def __add__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        self._same_currency(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        return self + -other

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __lt__(self, other: Money) -> bool:
        self._same_currency(other)
        return self.amount < other.amount

    def __le__(self, other: Money) -> bool:
        self._same_currency(other)
        return self.amount <= other.amount

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"
