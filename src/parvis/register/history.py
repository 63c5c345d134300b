"""Every row of the register and of the rooms leaves a trace at each change, whatever path wrote it."""

from __future__ import annotations

from itertools import islice
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.db import models
from pgtrigger.registry import _Registry as Registry

M = TypeVar("M", bound=type[models.Model])


class Index:
    """Every trigger by its table and name, and every function: kept, where the package reads all for each new one.

    It read 245 000 triggers to register our 393, half of the time each process takes to start.
    """

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self._counted = 0
        self._named: dict[tuple[str, str], Any] = {}
        self._functions: set[str] = set()

    def named(self, registry: Any) -> dict[tuple[str, str], Any]:
        self._read_on(registry)
        return self._named

    def functions(self, registry: Any) -> set[str]:
        self._read_on(registry)
        return self._functions

    def _read_on(self, registry: Any) -> None:
        for model, trigger in islice(registry.data.values(), self._counted, None):
            self._named[model._meta.db_table, trigger.name] = trigger
            self._functions.add(trigger.get_pgid(model))
        self._counted = len(registry.data)


def _keep_an_index(take_out: Any, index: Index) -> None:
    def forget(self: Any, uri: str) -> None:
        take_out(self, uri)
        index.clear()

    Registry.by_db_table = property(index.named)  # type: ignore[assignment,method-assign]
    Registry.pg_function_names = property(index.functions)  # type: ignore[assignment,method-assign]
    Registry.__delitem__ = forget  # type: ignore[method-assign]


_keep_an_index(Registry.__delitem__, Index())


def tracked(model: M) -> M:
    """Keep the history of a table by database triggers, once a statement, in a table nobody can alter."""
    kept: M = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        level=pgtrigger.Statement,
        append_only=True,
    )(model)
    return kept


def written_again(*columns: str) -> pgtrigger.Operation:
    """Any attempt to write one of these columns again. Its guard tells the supervisor which rights to take."""
    return pgtrigger.UpdateOf(*columns)  # type: ignore[no-untyped-call]  # the package types all but this


#: Stands where a name stood that an erasure took.
STAND_IN = "▒▒▒"


def written_otherwise(column: str) -> pgtrigger.Condition:
    """Whether a text becomes another one than itself with words struck out: an erasure takes, and adds nothing."""
    kept = f"replace(replace(replace(NEW.{column}, chr(92), chr(92) || chr(92)), chr(37), chr(92) || chr(37))"
    kept = f"{kept}, '_', chr(92) || '_')"
    return pgtrigger.Condition(f"OLD.{column} NOT LIKE replace({kept}, '{STAND_IN}', chr(37))")
