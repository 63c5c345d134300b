"""Rows that share the same values become one, with what is counted or added over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from .coded import Coded, summed
from .parts import Step
from .table import Table
from .tree import Field, NotUnderstood, Order, Shown, _

MOST_GROUPS = 20_000
Places = npt.NDArray[np.intp]
Row = dict[str, Any]


def gathered(
    table: Table, rows: Places, groups: Sequence[Shown], shown: Sequence[Shown], orders: Sequence[Order]
) -> list[Row]:
    """A row for each group, sorted as asked, else by what they were gathered by."""
    fields = [group.field for group in groups if group.field]
    _check(shown, fields)
    found = []
    for key, members in _groups(table, fields, rows):
        row = dict(zip(fields, key, strict=True))
        unseen = {_unseen(place): value for place, value in enumerate(key)}
        found.append({one.name: _value(table, one, row, members) for one in shown} | unseen)
    for order in reversed(orders):
        name = _named(order, shown, fields)
        found = sorted(found, key=_by(name, last=order.latest_first), reverse=order.latest_first)
    return [{one.name: _told(row[one.name]) for one in shown} for row in found]


def _unseen(place: int) -> str:
    """Under what a row keeps the value it was gathered by, which one may sort by without showing it."""
    return f"\x00{place}"


def _check(shown: Sequence[Shown], fields: Sequence[Field]) -> None:
    for one in shown:
        if not one.aggregate and one.field not in fields:
            name = one.field.name if one.field else one.name
            raise NotUnderstood(_("%(column)s is neither gathered by nor counted."), column=name)


def _groups(table: Table, fields: Sequence[Field], rows: Places) -> list[tuple[tuple[Any, ...], Places]]:
    """The values of each group, and its rows."""
    if not fields:
        return [((), rows)]
    keys, readings = zip(*(_keyed(table, field, rows) for field in fields), strict=True)
    unique, inverse = np.unique(np.stack(keys, axis=1), axis=0, return_inverse=True)
    if len(unique) > MOST_GROUPS:
        raise NotUnderstood(_("That makes more than %(most)s groups."), most=MOST_GROUPS)
    inverse = inverse.reshape(-1)
    order = np.argsort(inverse, kind="stable")
    members = np.split(rows[order], np.searchsorted(inverse[order], np.arange(1, len(unique))))
    told = [tuple(read(int(code)) for read, code in zip(readings, key, strict=True)) for key in unique]
    return list(zip(told, members, strict=False))


def _keyed(table: Table, field: Field, rows: Places) -> tuple[npt.NDArray[np.int64], Any]:
    """A number for each row by which it is gathered, and how it is read back."""
    coded = table.column(field.name)
    if not field.part:
        return coded.codes[rows].astype(np.int64), coded.value
    placed, values = table.placed(field)
    return placed[coded.codes[rows]], lambda place: None if place < 0 else values[place]


def _value(table: Table, one: Shown, row: dict[Field, Any], members: Places) -> Any:
    if not one.aggregate:
        assert one.field is not None  # checked before
        return row[one.field]
    if one.field is None:
        return len(members)
    coded = table.column(one.field.name)
    codes = coded.codes[members[coded.codes[members] > 0]]
    if one.aggregate in ("count", "count_distinct"):
        return len(codes) if one.aggregate == "count" else len(np.unique(codes))
    if not len(codes):
        return None
    if one.aggregate in ("min", "max"):
        return coded.value(int(codes.min() if one.aggregate == "min" else codes.max()))
    kind = table.kinds[one.field.name]
    if kind != "int" and not kind.startswith("decimal"):
        raise NotUnderstood(_("%(column)s holds no numbers to add."), column=one.field.name)
    return _measured(coded, one, np.sort(codes), members)


def _measured(coded: Coded, one: Shown, codes: npt.NDArray[Any], members: Places) -> Decimal:
    if one.aggregate in ("median", "percentile"):
        return _percentile(coded, codes, Decimal(50) if one.of is None else one.of)
    return _added(coded, one.aggregate, members)


def _added(coded: Coded, aggregate: str, members: Places) -> Decimal:
    held = members[coded.codes[members] > 0]
    total = summed(coded, held)
    return total if aggregate == "sum" else round(total / len(held), 6)


def _percentile(coded: Coded, codes: npt.NDArray[Any], of: Decimal) -> Decimal:
    """The number below which so many in a hundred stand, exactly; between two numbers, as far along as it is."""
    place = (len(codes) - 1) * of / 100
    below = int(place)
    low, high = (Decimal(coded.value(int(codes[at]))) for at in (below, min(below + 1, len(codes) - 1)))
    return low + (high - low) * (place - below)


def _named(order: Order, shown: Sequence[Shown], fields: Sequence[Field]) -> str:
    """The column of the answer an order means: by its name, the aggregate it repeats, or what was gathered by."""
    for one in shown:
        same = (one.aggregate, one.of, one.field) == (order.aggregate, order.of, order.field)
        if same or (order.field is not None and not order.aggregate and Field(one.name) == order.field):
            return one.name
    if not order.aggregate and order.field in fields:
        return _unseen(fields.index(order.field))
    raise NotUnderstood(
        _("The answer is sorted by what it shows: %(columns)s."), columns=", ".join(o.name for o in shown)
    )


def _by(name: str, *, last: bool) -> Callable[[Row], tuple[bool, Any]]:
    """What is empty comes last, whichever way one sorts."""

    def key(row: Row) -> tuple[bool, Any]:
        empty = row[name] is None
        return (not empty if last else empty), (0 if empty else row[name])

    return key


def _told(value: Any) -> Any:
    if isinstance(value, Step):
        return value.words
    return list(value) if isinstance(value, tuple) else value
