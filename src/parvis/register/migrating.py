"""Making many tables in one breath: a room is created in a second where Django takes ten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class MakeTables(Operation):
    """The operations that make tables which did not exist, done together.

    Django draws every related model again after each operation, and all of ours are related. Here the
    state is drawn once, when it is complete: each table is made with all its columns and constraints,
    and then given its triggers. For the first migration of a room only.
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
            if not isinstance(operation, AddField | AddConstraint | AddIndex):
                operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for operation in reversed(self.operations):
            if isinstance(operation, CreateModel):
                operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        made = [operation.name for operation in self.operations if isinstance(operation, CreateModel)]
        return f"Make the tables of {', '.join(made)}"
