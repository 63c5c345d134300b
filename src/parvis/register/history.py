"""Every row of the register and of the rooms leaves a trace at each change, whatever path wrote it."""

from __future__ import annotations

from typing import TypeVar

import pghistory
import pgtrigger
from django.db import models

M = TypeVar("M", bound=type[models.Model])


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
