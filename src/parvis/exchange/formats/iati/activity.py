"""An aid activity and an organisation's file, as IATI 2.03 tells them: plain facts, no XML."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

VERSION = "2.03"
#: One text a language.
Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation with its role in an activity (FUNDING 1, ACCOUNTABLE 2, EXTENDING 3, IMPLEMENTING 4)."""

    name: Words
    ref: str = ""
    type: str = ""
    role: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A date with what it dates (planned start 1, actual start 2, planned end 3, actual end 4), and how it is known."""

    type: str
    day: str
    said: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its coordinates."""

    name: Words
    latitude: Decimal | None = None
    longitude: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Coded:
    """A code of a vocabulary; for a share of the whole, a percentage; for a marker, its significance."""

    code: str
    vocabulary: str = ""
    percentage: Decimal | None = None
    significance: str = ""
    said: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Budget:
    """Money set aside for a period."""

    start: str
    end: str
    amount: Decimal
    value_on: str
    status: str = "2"
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Transaction:
    """Money committed (2) or paid (3), in or out; who gave it to whom, where it is said.

    ``currency`` is said where it is not that of the activity; ``value_on`` where its value is that of another day.
    """

    type: str
    day: str
    amount: Decimal
    ref: str = ""
    said: Words = field(default_factory=dict)
    provider: Organisation | None = None
    receiver: Organisation | None = None
    currency: str = ""
    value_on: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A page or a paper about the activity."""

    address: str
    title: Words
    category: str
    form: str = "text/html"
    languages: tuple[str, ...] = ()
    day: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """What was aimed at and what came of it in a period."""

    start: str
    end: str
    target: str = ""
    actual: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A result (OUTPUT 1, OUTCOME 2, IMPACT 3) with its one indicator."""

    title: Words
    indicator: Words
    type: str = "1"
    measure: str = "5"
    periods: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity. ``key`` is ours and is the end of the identifier."""

    key: str
    identifier: str
    title: Words
    description: Words
    organisations: tuple[Organisation, ...]
    status: str
    dates: tuple[Day, ...]
    scope: str = ""
    countries: tuple[Coded, ...] = ()
    regions: tuple[Coded, ...] = ()
    places: tuple[Place, ...] = ()
    sectors: tuple[Coded, ...] = ()
    tags: tuple[Coded, ...] = ()
    markers: tuple[Coded, ...] = ()
    humanitarian: bool = False
    collaboration: str = "1"
    flow: str = "10"
    finance: str = "110"
    aid: str = ""
    tied: str = "5"
    budgets: tuple[Budget, ...] = ()
    transactions: tuple[Transaction, ...] = ()
    documents: tuple[Document, ...] = ()
    related: tuple[tuple[str, str], ...] = ()
    results: tuple[Result, ...] = ()
    currency: str = "EUR"
    updated: str = ""

    @property
    def year(self) -> int | None:
        """The year its money was set aside in."""
        return int(self.budgets[0].start[:4]) if self.budgets else None


@dataclass(frozen=True, slots=True)
class Yearly:
    """An amount of one year."""

    year: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class OrganisationFile:
    """What an organisation says of itself: what it set aside and spent, year by year, and where to read of it."""

    identifier: str
    name: Words
    type: str
    currency: str
    budgets: tuple[Yearly, ...] = ()
    by_country: tuple[tuple[str, Yearly], ...] = ()
    expenditure: tuple[Yearly, ...] = ()
    documents: tuple[Document, ...] = ()
    updated: str = ""
