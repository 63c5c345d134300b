"""Lines of a row that is brought in, as a person reads them: money on its day, shares, aims, results, papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from parvis.domain.funding.enums import Aim, AimWeight
from parvis.doors.desk import words
from parvis.doors.ui import spelling
from parvis.exchange.formats.codes.told import LISTS
from parvis.exchange.inbound.targets import Meaning
from parvis.foundation.values import in_language

Line = Mapping[str, Any]

#: What each field may say about a record, among all that a row says.
_PROPERTIES: Mapping[Meaning, frozenset[str]] = {
    Meaning.MONEY_ON_A_DAY: frozenset({"committed", "paid", "budgeted"}), Meaning.SHARE: frozenset({"sector_share"}),
    Meaning.PAPER: frozenset({"document"}), Meaning.TAG: frozenset({"tag"}),
    Meaning.FIGURE: frozenset({"result", "result_aimed"}), Meaning.DEADLINE: frozenset({"deadline"}),
    Meaning.ACTION: frozenset({"action_type"}), Meaning.AID_TERM: frozenset(LISTS),
}  # fmt: skip


def lines_told(field: str, meaning: Meaning, lines: Sequence[Line] | None) -> str:
    """The lines that a field fills, each in a few words."""
    known = _PROPERTIES.get(meaning)
    told = [line for line in lines or () if known is None or line.get("property") in known]
    if meaning is Meaning.SAID:
        told = [line for line in told if line["property"] == field]
    if meaning is Meaning.MONEY_ON_A_DAY:
        told = [line for line in told if (line["property"] == "budgeted") is (field == "budgets")]
    return "; ".join(_TOLD.get(meaning, _words)(line) for line in told)


def _number(told: Any) -> str:
    return spelling.number(Decimal(str(told)), words.tongue())


def _in_words(told: Mapping[str, str]) -> str:
    return in_language(told, words.tongue())[0] if told else ""


def _money(line: Line) -> str:
    return f"{line['as_of']}: {_number(line['number'])} {line['currency']}"


def _share(line: Line) -> str:
    return f"{_number(Decimal(str(line['number'])) * 100)} % {_in_words(line['scope'])}"


def _words(line: Line) -> str:
    return _in_words(line["words"])


def _figure(line: Line) -> str:
    return f"{_in_words(line['scope'])}: {_number(line['number'])} ({line['as_of']})"


def _aim(line: Line) -> str:
    return f"{Aim(line['aim']).label}: {AimWeight(line['importance']).label}"


def _result(line: Line) -> str:
    figures = [_number(line[name]) for name in ("reached", "aimed_at") if line.get(name)]
    span = "–".join(str(line[name]) for name in ("starts", "ends") if line.get(name))
    return f"{_in_words(line['words'])}: {' / '.join(figures)}" + (f" ({span})" if span else "")


_TOLD: Mapping[Meaning, Callable[[Line], str]] = {
    Meaning.MONEY_ON_A_DAY: _money, Meaning.SHARE: _share, Meaning.FIGURE: _figure, Meaning.AIM: _aim,
    Meaning.RESULT: _result,
}  # fmt: skip
