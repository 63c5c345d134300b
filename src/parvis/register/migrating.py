"""Making and changing many tables in one breath: a room is created in a second where Django takes ten."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.migrations.utils import field_is_referenced


@contextmanager
def each_drawn_alone() -> Iterator[None]:
    """While this lasts, a model that changes is drawn again without those it is related to, and all of ours are.

    A table is made or changed from its own model; the others keep a drawing whose table and key are the same. Where
    that would not hold (a column or a table that others point at), and before code that reads rows, all are drawn
    anew: Django does the latter itself for a state that says it is delayed.
    """
    with (
        patch.object(ProjectState, "reload_model", _draw_alone),
        patch.object(ProjectState, "alter_field", _then_all_if_referenced(ProjectState.alter_field)),
        patch.object(ProjectState, "rename_field", _then_all(ProjectState.rename_field)),
        patch.object(ProjectState, "rename_model", _then_all(ProjectState.rename_model)),
    ):
        yield


def _draw_alone(self: Any, app_label: str, model_name: str, delay: bool = False) -> None:  # noqa: ARG001, FBT001, FBT002  # as Django calls it
    if "apps" in self.__dict__:
        self.is_delayed = True
        self._reload(_with_heirs(self, {(app_label, model_name.lower())}))


def _with_heirs(state: ProjectState, found: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """These models, and those that are made after them."""
    names = {f"{app}.{name}" for app, name in found}
    heirs = {
        key for key, model in state.models.items() if {b.lower() for b in model.bases if isinstance(b, str)} & names
    }
    return found if heirs <= found else _with_heirs(state, found | heirs)


def _then_all(change: Any) -> Any:
    def changed(self: Any, *facts: Any, **more: Any) -> None:
        change(self, *facts, **more)
        self.__dict__.pop("apps", None)

    return changed


def _then_all_if_referenced(change: Any) -> Any:
    def changed(self: Any, app_label: str, model_name: str, name: str, field: Any, preserve_default: Any) -> None:
        change(self, app_label, model_name, name, field, preserve_default)
        if field_is_referenced(self, (app_label, model_name), (name, field)):
            self.__dict__.pop("apps", None)

    return changed


class MakeTables(Operation):
    """The operations that make tables, or change those that stand, done together.

    Each table is made from the state as it is when all are done: with all its columns and constraints, and then
    given its triggers. A field or a constraint is named once, since only its last form is drawn.
    """

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        with each_drawn_alone():
            for operation in self.operations:
                operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for operation in self.operations:
            if not self._comes_with_its_table(operation):
                operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for operation in reversed(self.operations):
            if not self._goes_with_its_table(operation):
                operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        standing = [each for each in self.operations if not isinstance(each, CreateModel)]
        changed = sorted({_table(each) for each in standing if not self._goes_with_its_table(each)} - {""})
        if not self._made:
            return f"Change the tables of {', '.join(changed)}"
        return f"Make the tables of {', '.join(self._made)}" + (f"; change {', '.join(changed)}" if changed else "")

    @property
    def _made(self) -> list[str]:
        return [operation.name for operation in self.operations if isinstance(operation, CreateModel)]

    def _goes_with_its_table(self, operation: Operation) -> bool:
        return _table(operation) in {name.lower() for name in self._made}

    def _comes_with_its_table(self, operation: Operation) -> bool:
        return isinstance(operation, AddField | AddConstraint | AddIndex) and self._goes_with_its_table(operation)


def _table(operation: Operation) -> str:
    """The model that an operation changes; none for one that makes a table, or for SQL of ours."""
    return getattr(operation, "model_name", "").lower()
