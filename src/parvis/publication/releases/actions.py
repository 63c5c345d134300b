"""Writes on releases that need no baking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.db import transaction

from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal

from .archive import Archive, check
from .errors import AlreadyInForce, NoSuchRelease, ReleaseDamaged


def roll_back(archive: Archive, *, to: int, looked_through: Callable[[Path], None], by: User, at: datetime) -> None:
    """Put an earlier release in force again, once it has passed its checks. Withdrawn records stay hidden.

    ``looked_through`` refuses a content that may not be published today.
    """
    with archive.alone():
        if to not in archive.numbers:
            raise NoSuchRelease(number=to)
        if to == archive.in_force:
            raise AlreadyInForce(number=to)
        try:
            check(archive.releases / str(to))
        except ReleaseDamaged as fault:
            raise NoSuchRelease(number=to) from fault
        looked_through(archive.content(to))
        with transaction.atomic():
            journal.write(
                "release put back in force",
                about=f"release:{to}",
                by=by,
                at=at,
                instead_of=archive.in_force or 0,
            )
            archive.switch(to)
