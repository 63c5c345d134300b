"""Questions Django spells once a process instead of at every request; PostgreSQL plans each once a connection.

A page asks the same few questions each time, and half of its work went into spelling them anew. Only for tables that
keep no history, as all that goes past Django's cursors (``prepared``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.query import get_related_populators

from parvis.foundation.accounts.prepared import rows_of

M = TypeVar("M", bound=models.Model)
#: What stands for each value while a question is spelt: a number that fits every field, and that no question holds.
_NUMBERED, _NAMED = 30_061, "7061-7276-6973-"


@dataclass(frozen=True, slots=True)
class _Words:
    """A question as it is sent: its words, its values or whose place they hold, and how its rows become models."""

    text: str
    values: tuple[tuple[int | None, Any], ...]
    model: type[models.Model]
    first: int
    names: list[str]
    populators: list[Any]
    converters: list[tuple[int, list[Any], Any]]

    def models(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        end = self.first + len(self.names)
        for told in rows:
            row: Any = told
            if self.converters:
                row = list(told)
                for place, converting, expression in self.converters:
                    for convert in converting:
                        row[place] = convert(row[place], expression, connection)
            made = self.model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.first : end])
            for populator in self.populators:
                populator.populate(row, made)
            yield made


class Spelt(Generic[M]):
    """A queryset spelt with values that come later, each of its kind (``int`` or ``UUID``), with what it selects."""

    def __init__(self, asking: Callable[..., models.QuerySet[M]], *kinds: type[int | UUID]) -> None:
        self._asking, self._kinds = asking, kinds
        self._words: _Words | None = None

    def __call__(self, *asked: Any) -> list[M]:
        words = self._words
        if words is None:
            words = self._words = self._spell()
        return list(words.models(rows_of(words.text, [v if n is None else asked[n] for n, v in words.values])))

    def first(self, *asked: Any) -> M | None:
        found = self(*asked)
        return found[0] if found else None

    def _spell(self) -> _Words:
        marks = [_mark(number, kind) for number, kind in enumerate(self._kinds)]
        compiler = self._asking(*marks).query.get_compiler(connection=connection)
        text, values = compiler.as_sql()
        select, info = compiler.select, compiler.klass_info
        first, last = info["select_fields"][0], info["select_fields"][-1]
        converters = compiler.get_converters([column for column, _sql, _alias in select])
        return _Words(
            text,
            tuple((marks.index(one), None) if one in marks else (None, one) for one in values),
            info["model"],
            first,
            [column.target.attname for column, _sql, _alias in select[first : last + 1]],
            get_related_populators(info, select, DEFAULT_DB_ALIAS),  # type: ignore[call-arg]  # as Django 5.2 has it
            [(place, *each) for place, each in converters.items()],
        )


def _mark(number: int, kind: type[int | UUID]) -> int | UUID:
    return _NUMBERED - number if kind is int else UUID(f"{number:08}-{_NAMED}{number:012}")
