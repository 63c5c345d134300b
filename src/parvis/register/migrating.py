"""Making and changing many tables in one breath: a room is created in a second where Django takes ten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class MakeTables(Operation):
    """The operations that make tables, or change those that stand, done together.

    Django draws every related model again after each operation, and all of ours are related. Here the
    state is drawn once, when it is complete: each table is made with all its columns and constraints,
    and then given its triggers. A field or a constraint is named once, since only its last form is drawn.
    """

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # what was drawn is out of date, and is drawn again at need
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
