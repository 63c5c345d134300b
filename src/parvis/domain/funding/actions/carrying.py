"""Files taken out of the house as tables: who took them, how many, and of which list is written in the journal."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal


@transaction.atomic
def note_files_taken(*, form: str, files: int, sought: str, by: User, at: datetime) -> None:
    """Note that so many files leave. What was looked for may hold a name: only its digest is kept."""
    journal.write("applications taken", about="applications", by=by, at=at, form=form, files=files,
                  sought=journal.digest_of({"sought": sought}))  # fmt: skip
