"""What the law or the city says of amounts and delays, as data with dates: never a constant in the code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from .reading import BrokenVocabulary, Raw, read

_FILE = Path(__file__).with_name("funding_rules.yml")
_SAID = {"since", "value", "law", "said"}

Rules = dict[str, tuple["FundingRule", ...]]


@dataclass(frozen=True, slots=True)
class FundingRule:
    """One rule from a day on: its value, and where it is said. ``law`` is false for a habit of the city."""

    since: date
    value: Decimal
    law: bool
    said: str


@cache
def funding_rules(own: Path | None = None) -> Rules:
    """Every rule by its name, the earliest first; a city's own file replaces those it names.

    Raises BrokenVocabulary with file and place: a limit that cannot be read must not become no limit.
    """
    rules = _read(_FILE)
    if own is None or not own.exists():
        return rules
    theirs = _read(own)
    if odd := sorted(set(theirs) - set(rules)):
        raise BrokenVocabulary(
            file=own.name, where=odd[0], fault=f"there is no such rule (known: {', '.join(sorted(rules))})"
        )
    return rules | theirs


def funding_rule(name: str, on: date, own: Path | None = None) -> FundingRule:
    """The rule of that name on a day; before the first one, the first."""
    rules = funding_rules(own)[name]
    held = [rule for rule in rules if rule.since <= on]
    return held[-1] if held else rules[0]


def _read(file: Path) -> Rules:
    return {name: _in_order(file, name, rows) for name, rows in read(file).items()}


def _in_order(file: Path, name: str, rows: object) -> tuple[FundingRule, ...]:
    if not isinstance(rows, list) or not rows:
        raise BrokenVocabulary(file=file.name, where=name, fault="a list of dated values is expected")
    return tuple(sorted((_rule(file, name, row) for row in rows), key=lambda rule: rule.since))


def _rule(file: Path, name: str, row: Raw) -> FundingRule:
    if not isinstance(row, dict) or set(row) != _SAID:
        raise BrokenVocabulary(file=file.name, where=name, fault="since, value, law and said are expected")
    try:
        since, value = date.fromisoformat(row["since"]), Decimal(row["value"])
    except (ValueError, InvalidOperation) as fault:
        raise BrokenVocabulary(file=file.name, where=name, fault="a day and a number are expected") from fault
    if not value.is_finite() or value < 0:
        raise BrokenVocabulary(file=file.name, where=name, fault="a number of zero or more is expected")
    return FundingRule(since, value, row["law"] == "yes", row["said"])
