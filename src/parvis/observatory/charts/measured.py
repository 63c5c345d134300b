"""What a number on a chart stands for, and the refusal to set unlike things on one axis."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from parvis.foundation.values.refusal import Refusal
from parvis.observatory.paper.phrases import compact, percent


class UnlikeAmounts(Refusal):
    """Yearly, cumulative, ceiling, per grant: they do not share an axis."""

    message = "These numbers cannot share an axis: %(kinds)s."


class NothingToDraw(Refusal):
    """A chart without a value would only be an empty frame."""

    message = "There is no value to draw."


@dataclass(frozen=True, slots=True)
class Kind:
    """What is counted, in which currency, and what sort of amount it is. Two equal kinds may be compared."""

    unit: str = ""
    currency: str = ""
    amount_kind: str = ""

    def written(self, value: float, lang: str, beside: float = 0.0) -> str:
        """The number as a label says it: money with its sign and on the scale beside it, a ratio as a percentage."""
        if self.unit == "ratio":
            return percent(value, lang)
        return compact(value, lang, self.currency, beside)

    def __str__(self) -> str:
        return " ".join(part for part in (self.amount_kind, self.unit, self.currency) if part) or "a count"


#: A plain count of things the chart names in words.
COUNT = Kind()


@dataclass(frozen=True, slots=True)
class About:
    """What stands around a chart whatever its form."""

    name: str
    lang: str
    title: str
    unit: str = ""
    scope: str = ""
    source: str = ""
    day: str = ""


def one_kind(kinds: Iterable[Kind]) -> Kind:
    """The kind all numbers share. Raises UnlikeAmounts when there are several, NothingToDraw when none."""
    found = sorted(set(kinds), key=str)
    if not found:
        raise NothingToDraw
    if len(found) > 1:
        raise UnlikeAmounts(kinds=", ".join(str(kind) for kind in found))
    return found[0]
