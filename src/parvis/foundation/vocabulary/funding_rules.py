"""What the law or the city says of amounts and delays, as data with dates: never a constant in the code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from .reading import read

_FILE = Path(__file__).with_name("funding_rules.yml")


@dataclass(frozen=True, slots=True)
class FundingRule:
    """One rule from a day on: its value, and where it is said. ``law`` is false for a habit of the city."""

    since: date
    value: Decimal
    law: bool
    said: str


@cache
def funding_rules() -> dict[str, tuple[FundingRule, ...]]:
    """Every rule by its name, the earliest first."""
    return {
        name: tuple(
            FundingRule(date.fromisoformat(row["since"]), Decimal(row["value"]), row["law"] == "yes", row["said"])
            for row in rows
        )
        for name, rows in read(_FILE).items()
    }


def funding_rule(name: str, on: date) -> FundingRule:
    """The rule of that name on a day; before the first one, the first."""
    rules = funding_rules()[name]
    held = [rule for rule in rules if rule.since <= on]
    return held[-1] if held else rules[0]
