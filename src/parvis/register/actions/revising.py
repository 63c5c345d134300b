"""Changing one thing in a record, by the same path as changing the whole of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from parvis.foundation.accounts.models import User
from parvis.register.actions.records import amend_held, lock_head
from parvis.register.content import RowsOnce, content_of, ties_read
from parvis.register.entry import take_apart
from parvis.register.models import Record

R = TypeVar("R", bound=Record)


@transaction.atomic
def revise_record(
    record: R,
    *,
    change: Callable[[dict[str, Any]], None],
    verb: str,
    by: User,
    at: datetime,
    seen_revision: int | None = None,
) -> R:
    """Read a record under lock, let ``change`` alter its content, and amend it.

    Without ``seen_revision`` the change stands on what the record is now. Raises as amend_record does.
    """
    subject, rows = lock_head(record), RowsOnce()
    current = type(record)._default_manager.get(pk=record.pk)
    current.subject = subject
    ties = ties_read(current)
    content = content_of(current, rows)
    change(content)
    taken = take_apart(type(record), content)
    return amend_held(
        current,
        subject,
        entry=taken.entry,
        facts=taken.facts,
        seen_revision=subject.revision if seen_revision is None else seen_revision,
        by=by,
        at=at,
        verb=verb,
        rows=rows,
        ties=ties,
    )
