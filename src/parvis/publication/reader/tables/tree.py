"""What a question asks, as a tree: conditions on rows, columns of the answer, orders."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .figures import Figure

PARTS_OF_DATES = ("year", "month", "day")


def _(text: str) -> str:
    """Mark a sentence for translation: the doors speak, the reader only says what."""
    return text


class NotUnderstood(ValueError):  # an answer
    """The question cannot be read. ``said`` is a sentence to translate, ``facts`` what it names."""

    def __init__(self, said: str, **facts: object) -> None:
        self.said, self.facts = said, facts
        super().__init__(said % facts)


@dataclass(frozen=True, slots=True)
class Field:
    """A column; or what is read of each of its values: the year of a date, the length of a text, the step it is in.

    ``how`` says more of it: the bounds of the steps, the pattern of the date.
    """

    name: str
    part: str = ""
    how: tuple[str, ...] = ()


Value = str | int | bool


@dataclass(frozen=True, slots=True)
class Compare:
    field: Field
    sign: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Like:
    field: Field
    pattern: str


@dataclass(frozen=True, slots=True)
class StartsWith:
    field: Field
    text: str


@dataclass(frozen=True, slots=True)
class Unknown:
    field: Field


@dataclass(frozen=True, slots=True)
class Refined:
    """A column that holds this very value, or a date of this year or month."""

    field: Field
    value: str


@dataclass(frozen=True, slots=True)
class Words:
    """Words that the record a row belongs to must contain, or one of its columns."""

    text: str
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Located:
    """A column that names a record which stands within a figure on the map; or, turned, one that stands outside it."""

    field: Field
    figure: Figure
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Condition, ...]


Condition = Compare | Like | StartsWith | Unknown | Refined | Words | Located | Not | All | AnyOf


@dataclass(frozen=True, slots=True)
class Shown:
    """A column of the answer: a field, or an aggregate over one (over rows when it names none), under a name.

    ``of`` is the percentile, for that aggregate.
    """

    name: str
    field: Field | None
    aggregate: str = ""
    of: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Order:
    field: Field | None
    aggregate: str = ""
    of: Decimal | None = None
    latest_first: bool = False
