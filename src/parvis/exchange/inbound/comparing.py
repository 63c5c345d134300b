"""A record as it stands beside what a row says of it: what would change, and nothing else touched."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

#: Kept as they are when a row amends a record: a table never publishes, nor renames the language of a text.
_HELD = frozenset({"key", "visibility", "original", "cites"})
#: Lines of which there is one for each of these: said again otherwise, it is put over the one held.
#: Amounts a file tells on their days: told again otherwise by a later file, the earlier one was a mistake.
_AMOUNTS = frozenset({"committed", "paid", "budgeted"})
_ONLY_AN_AMOUNT = re.compile(r"^[a-z]+ [\d-]+ -?[\d.]+ [A-Z]{3}$")
_ONE_FOR_EACH = {"aims": ("aim",), "figures": ("words", "effect", "starts", "ends")}


def merged(current: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """The content of a record with what a row says put over it; what the row does not say stays."""
    found = dict(current)
    for name, value in said.items():
        if name not in _HELD:
            found[name] = _over(_without(name, current.get(name), value), value)
    return found


def _without(name: str, held: Any, said: Any) -> Any:
    """The lines held, less those that the row says again otherwise."""
    if name == "statements" and isinstance(held, list):
        gone = [old for old, _new in corrected(held, said)]
        return [line for line in held if not any(line is one for one in gone)]
    by = _ONE_FOR_EACH.get(name)
    if by is None or not isinstance(held, list) or not isinstance(said, list):
        return held
    return [
        line for line in held if _holds_any(said, line) or not any(_named(line, by) == _named(one, by) for one in said)
    ]


def corrected(
    held: Sequence[Mapping[str, Any]], said: Sequence[Mapping[str, Any]]
) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Amounts of earlier files that a later one tells otherwise, each with what stands for it now.

    The same money: of the same kind, on the same day, in the same currency, between the same parties. As many are
    replaced as are told anew; one that the later file does not speak of stays. What no file said is never replaced:
    sources may disagree.
    """
    fresh = [line for line in said if line.get("property") in _AMOUNTS and not any(_holds(one, line) for one in held)]
    left = [line for line in held if line.get("from_file") and line.get("property") in _AMOUNTS]
    left = [line for line in left if not any(_holds(line, _as_said(one)) for one in said)]
    pairs = []
    for new in fresh:
        old = next((line for line in left if _same_money(line) == _same_money(new)), None)
        if old is not None:
            left = [line for line in left if line is not old]
            pairs.append((old, new))
    return pairs


def _as_said(line: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in line.items() if name != "from_file"}


def _same_money(line: Mapping[str, Any]) -> tuple[Any, ...]:
    parties = sorted(text for text in (line.get("scope") or {}).values() if not _ONLY_AN_AMOUNT.match(text))
    return tuple(line.get(name) for name in ("property", "as_of", "currency", "amount_kind")), *parties


def _holds_any(said: list[Any], line: Any) -> bool:
    return any(_holds(line, one) for one in said)


def _named(line: Mapping[str, Any], by: tuple[str, ...]) -> list[Any]:
    return [line.get(name) for name in by]


def _over(held: Any, said: Any) -> Any:
    if isinstance(said, Mapping) and isinstance(held, Mapping):
        return {**held, **{name: _over(held.get(name), value) for name, value in said.items()}}
    if isinstance(said, list) and isinstance(held, list):
        return _lines(held, said)
    return held if alike(held, said) else said


def _lines(held: list[Any], said: list[Any]) -> list[Any]:
    """The lines held, with those the row adds; a line that is there already, said in more words, stays."""
    added = [line for line in said if not any(_holds(known, line) for known in held)]
    return [*held, *added]


def _holds(known: Any, line: Any) -> bool:
    if isinstance(known, Mapping) and isinstance(line, Mapping):
        return all(alike(known.get(name), value) for name, value in line.items())
    if isinstance(known, Mapping):
        return line in known.values()
    return alike(known, line)


def alike(one: Any, other: Any) -> bool:
    """Whether two values of a field are the same, however they are written: 12.50 and 12.5, 7 and “7”."""
    if one == other:
        return True
    if isinstance(one, bool) or isinstance(other, bool) or one is None or other is None:
        return False
    try:
        return Decimal(str(one)) == Decimal(str(other))
    except InvalidOperation:
        return str(one).split() == str(other).split()


def same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two contents say the same."""
    names = set(one) | set(other)
    return all(_same(one.get(name), other.get(name)) for name in names)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return same(one, other)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(_same(left, right) for left, right in zip(one, other, strict=True))
    return alike(one, other)
