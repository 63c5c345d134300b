"""Activities and organisations of IATI files: every element kept, in constant memory; and what they would bring us."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from parvis.exchange.formats.tables.faults import Fault

from .element import Element, Parts
from .kinds import day_of

_ = str  # marks a sentence for translation

_DATES = {"1": "planned_start", "2": "actual_start", "3": "planned_end", "4": "actual_end"}


@dataclass(frozen=True, slots=True)
class Amount:
    """Money of an activity: what it is, when, in which currency."""

    kind: str
    day: str
    amount: Decimal
    currency: str
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProposedActivity:
    """What an activity says, as it would be proposed to a person. ``left_over`` names the elements nobody took."""

    line: int
    identifier: str
    reporter: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    status: str
    dates: Mapping[str, str]
    countries: tuple[str, ...]
    sectors: tuple[tuple[str, str, str], ...]
    partners: tuple[tuple[str, str, Mapping[str, str]], ...]
    budgets: tuple[Amount, ...]
    transactions: tuple[Amount, ...]
    left_over: tuple[str, ...]
    faults: tuple[Fault, ...] = ()


def read_records(path: Path, name: str) -> Iterator[Element]:
    """Every activity or organisation of a file, each with all its elements, one at a time."""
    yield from Parts(path, name)


def propose(record: Element) -> ProposedActivity:
    """What an activity would bring. Nothing is made up: an amount that is no number is a fault."""
    taken = _Taken(record)
    language = record.attributes.get("xml:lang", "").lower()
    return ProposedActivity(
        line=record.line,
        identifier=taken.text("iati-identifier"),
        reporter=taken.attribute("reporting-org", "ref"),
        title=_in_their_language(taken.words("title"), language),
        description=_in_their_language(taken.words("description"), language),
        status=taken.attribute("activity-status", "code"),
        dates={
            _DATES[one.attributes["type"]]: one.attributes.get("iso-date", "")
            for one in taken.all("activity-date")
            if one.attributes.get("type") in _DATES
        },
        countries=tuple(one.attributes.get("code", "") for one in taken.all("recipient-country")),
        sectors=tuple(
            (
                one.attributes.get("vocabulary", "1"),
                one.attributes.get("code", ""),
                one.attributes.get("percentage", ""),
            )
            for one in taken.all("sector")
        ),
        partners=tuple(
            (one.attributes.get("role", ""), one.attributes.get("ref", ""), one.words())
            for one in taken.all("participating-org")
        ),
        budgets=tuple(taken.amounts("budget", "period-start")),
        transactions=tuple(taken.amounts("transaction", "transaction-date")),
        left_over=taken.left(),
        faults=tuple(taken.faults),
    )


class _Taken:
    """Takes elements by name; what nobody took is told."""

    def __init__(self, record: Element) -> None:
        self.record, self.faults = record, list[Fault]()
        self._took: set[str] = set()

    def all(self, name: str) -> list[Element]:
        self._took.add(name)
        return self.record.all(name)

    def text(self, name: str) -> str:
        return next((one.text.strip() for one in self.all(name)), "")

    def attribute(self, name: str, attribute: str) -> str:
        return next((one.attributes.get(attribute, "") for one in self.all(name)), "")

    def words(self, name: str) -> dict[str, str]:
        return next((one.words() for one in self.all(name)), {})

    def amounts(self, name: str, dated: str) -> Iterator[Amount]:
        for one in self.all(name):
            value, day = one.first("value"), one.first(dated)
            kind = one.first("transaction-type")
            when = day.attributes.get("iso-date", "") if day else ""
            if value is None or day_of(when) is None:
                self.faults.append(Fault(_("“%(name)s” says no amount, or no day."), {"name": name}, one.line, name))
                continue
            try:
                amount = Decimal(value.text.strip())
            except InvalidOperation:
                said = _("“%(value)s” is not a number.")
                self.faults.append(Fault(said, {"value": value.text[:40]}, value.line, name))
                continue
            currency = value.attributes.get("currency") or self.record.attributes.get("default-currency", "")
            told = one.first("description")
            yield Amount(
                kind.attributes.get("code", "") if kind else name, when, amount, currency, told.words() if told else {}
            )

    def left(self) -> tuple[str, ...]:
        return tuple(sorted({child.name for child in self.record.children} - self._took))


def _in_their_language(words: Mapping[str, str], language: str) -> dict[str, str]:
    return {(code or language).lower(): text for code, text in words.items()}
