"""What sources say of a number followed over time, in order, with what makes two values comparable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parvis.observatory.tables import Row, Tables, number, rows, text

Comparable = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator with the statements of its value that may share an axis."""

    key: str
    about: str
    unit: str
    currency: str
    amount_kind: str
    statements: tuple[Row, ...]
    row: Row

    @property
    def several(self) -> bool:
        """Whether there is something to compare: two different values, or two dates."""
        return len({(number(said, "number"), text(said, "as_of")) for said in self.statements}) > 1


def figures(tables: Tables) -> list[Figure]:
    """Indicators by key; one figure for each unit, currency and kind of amount, the fullest first."""
    told = values_by_subject(rows(tables, "statements"))
    found: list[Figure] = []
    for row in sorted(rows(tables, "indicators"), key=lambda row: str(row["key"])):
        apart = _apart(told.get(row["key"], ()), text(row, "unit"))
        for (unit, currency, kind), said in sorted(apart.items(), key=lambda pair: (-len(pair[1]), pair[0])):
            found.append(Figure(row["key"], text(row, "about"), unit, currency, kind, tuple(said), row))
    return found


def values_by_subject(statements: Iterable[Row]) -> Mapping[str, list[Row]]:
    """Numbers said of each record, in order of the date they speak of, less those held doubtful."""
    told: dict[str, list[Row]] = defaultdict(list)
    for said in statements:
        if said["property"] == "value" and number(said, "number") is not None and text(said, "rank") != "doubtful":
            told[said["subject"]].append(said)
    for values in told.values():
        values.sort(key=lambda said: (text(said, "as_of").replace("..", "") or "9999", number(said, "number") or 0.0))
    return told


def _apart(statements: Iterable[Row], unit: str) -> dict[Comparable, list[Row]]:
    """Statements by what they measure: unlike units, currencies or kinds of amount never share an axis."""
    apart: dict[Comparable, list[Row]] = defaultdict(list)
    for said in statements:
        counted = text(said, "unit") or unit
        currency = text(said, "currency") or (counted if _is_currency(counted) else "")
        apart[("" if counted == currency else counted, currency, text(said, "amount_kind"))].append(said)
    return apart


def _is_currency(unit: str) -> bool:
    """Whether a unit is a code of ISO 4217: three capitals."""
    return len(unit) == 3 and unit.isalpha() and unit.isupper()


def first_of(statements: Iterable[Row]) -> Row | None:
    """The value shown first: the one a person preferred, else the latest."""
    held = list(statements)
    preferred = [said for said in held if text(said, "rank") == "preferred"]
    shown = preferred or held
    return shown[-1] if shown else None
