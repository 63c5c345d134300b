"""Reading the published tables side by side: all the rows of a record at once, one record after the other."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from parvis.publication.reader.rows import Shape

from .tables import Plan

Row = dict[str, Any]
_THE_END: tuple[None, Iterator[Any]] = (None, iter(()))


@dataclass(slots=True)
class Sheaf:
    """Everything published about one record: its row in ``subjects``, and its rows table by table.

    Rows do not say again whose they are.
    """

    key: str
    subject: Row
    rows: dict[str, list[Row]] = field(default_factory=dict)


class _Strand:
    """Rows of one table, in the order of their owners."""

    def __init__(self, db: sqlite3.Connection, plan: Plan) -> None:
        self.plan = plan
        self._shape = Shape([column for column in plan.columns if column[0] != plan.owner])
        names = "".join(f', "{name}"' for name in self._shape.on_disk)
        rows = db.execute(
            f'SELECT "{plan.owner}"{names} FROM "{plan.name}" WHERE "{plan.owner}" IS NOT NULL ORDER BY rowid'
        )
        self._groups: Iterator[tuple[str | None, Iterator[Any]]] = groupby(rows, key=itemgetter(0))
        self.owner, self._rows = next(self._groups, _THE_END)

    def take(self) -> list[Row]:
        """Rows of the owner at hand; moves on to the next one."""
        read = self._shape.row
        taken = [read(values[1:]) for values in self._rows]
        self.owner, self._rows = next(self._groups, _THE_END)
        return taken


def sheaves(db: sqlite3.Connection, plans: Sequence[Plan]) -> Iterator[Sheaf]:
    """Records in the order of their keys, each with all its rows; memory holds one record at a time."""
    waiting: dict[str, list[_Strand]] = {}
    heads = next(plan for plan in plans if plan.name == "subjects")
    for plan in plans:
        if plan.owner and plan is not heads:
            _wait(waiting, _Strand(db, plan))
    subjects = _Strand(db, heads)
    while (key := subjects.owner) is not None:
        sheaf = Sheaf(key, subjects.take()[0])
        for strand in waiting.pop(key, ()):
            sheaf.rows[strand.plan.name] = strand.take()
            _wait(waiting, strand)
        yield sheaf


def _wait(waiting: dict[str, list[_Strand]], strand: _Strand) -> None:
    if strand.owner is not None:
        waiting.setdefault(strand.owner, []).append(strand)
