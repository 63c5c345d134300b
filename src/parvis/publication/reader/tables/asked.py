"""A question put to a table, and its answer: a page of rows, or of groups of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import orjson

from .grammar import read_condition, read_groups, read_orders, read_refined, read_shown
from .tree import All, Condition, NotUnderstood, Order, Shown, Words, _

if TYPE_CHECKING:
    from .table import Rows, Table

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: which rows, which of their columns, gathered how, in what order."""

    where: Condition | None = None
    words: str = ""
    shown: tuple[Shown, ...] | None = None
    groups: tuple[Shown, ...] = ()
    orders: tuple[Order, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """How many rows (or groups) there are in all, the names of the columns, and each row when asked for."""

    total: int
    columns: tuple[str, ...]
    each: Callable[[int, int | None], Iterator[Row]]


def read_question(
    *,
    where: str = "",
    select: str = "",
    group_by: str = "",
    order_by: str = "",
    words: str = "",
    refine: Sequence[str] = (),
    exclude: Sequence[str] = (),
) -> Question:
    """Read the parts of a question. Raises NotUnderstood."""
    conditions = [one for one in (read_condition(where), read_refined(refine, exclude)) if one is not None]
    return Question(
        All(tuple(conditions)) if len(conditions) > 1 else next(iter(conditions), None),
        words.strip(), read_shown(select), read_groups(group_by), read_orders(order_by),
    )  # fmt: skip


def answered(table: Table, question: Question) -> Answer:
    """The answer of a table. Raises NotUnderstood when the question names what it does not have."""
    met = table.meeting(question.where, Words(question.words) if question.words else None)
    aggregated = any(one.aggregate for one in question.shown or ())
    if question.groups or aggregated:
        from .groups import gathered  # noqa: PLC0415  # arrays weigh, for those who ask of them

        shown = question.shown or (*question.groups, Shown("count", None, "count"))
        told = gathered(table, met, question.groups, shown, question.orders)
        return Answer(len(told), tuple(one.name for one in shown), lambda start, stop: iter(told[start:stop]))
    rows = table.ordered(met, question.orders)
    shown = question.shown or tuple(Shown(name, None) for name in table.kinds)
    return Answer(len(rows), tuple(one.name for one in shown), _pages(table, rows, shown, whole=question.shown is None))


def _pages(
    table: Table, rows: Rows, shown: Sequence[Shown], *, whole: bool
) -> Callable[[int, int | None], Iterator[Row]]:
    names = list(table.kinds) if whole else list(dict.fromkeys(one.field.name for one in shown if one.field))
    for name in names:
        table.column(name) if name not in table.kinds else None  # says which columns there are
    places = [names.index(one.field.name if one.field else one.name) for one in shown]
    heads = [one.name for one in shown]
    straight = places == list(range(len(names)))
    read = [
        (one.name, reading)
        for one, place in zip(shown, places, strict=True)
        if (reading := _reading(table, names[place], one)) is not None
    ]

    def each(start: int, stop: int | None) -> Iterator[Row]:
        for values in table.rows(rows[start:stop].tolist(), names):
            row = dict(zip(heads, values if straight else map(values.__getitem__, places), strict=True))
            for name, reading in read:
                if row[name] is not None:
                    row[name] = reading(row[name])
            yield row

    return each


def _reading(table: Table, name: str, one: Shown) -> Callable[[Any], Any] | None:
    """How a value becomes what a machine reads: lists as lists, numbers as numbers, to the last digit.

    None for one that stays as the file holds it, as most do.
    """
    kind = table.kinds[name]
    if one.field is not None and one.field.part:
        if one.field.part == "range":
            raise NotUnderstood(_("range gathers rows: it stands in group_by, and in select as it stands there."))
        read = table.reading(one.field)
        return (lambda value: read(orjson.loads(value))) if kind == "list" else read
    if kind.startswith("decimal"):
        return Decimal
    return _READINGS.get(kind)


_READINGS: dict[str, Callable[[Any], Any]] = {"list": orjson.loads, "bool": bool}
