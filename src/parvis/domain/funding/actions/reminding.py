"""Reminders written to the outbox, each once: an officer may read them before they leave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from parvis.domain.funding.enums import EmailKind
from parvis.domain.funding.models import OutgoingEmail
from parvis.domain.funding.queries.reminding import reminders_on

from .post import leaves_after


@transaction.atomic
def write_reminders(*, at: datetime, days: Sequence[int]) -> int:
    """Write what is to be reminded and was not yet. Two that write at once write each reminder once."""
    found = {each.once: each for each in reminders_on(at, days)}
    held = set(OutgoingEmail.objects.filter(once__in=found).values_list("once", flat=True))
    fresh = [
        OutgoingEmail(
            kind=EmailKind.REMINDER, application=each.application, to=each.to, subject=each.subject, body=each.body,
            language=each.language, written_at=at, leaves_at=leaves_after(at), once=once,
        )
        for once, each in found.items()
        if once not in held
    ]  # fmt: skip
    OutgoingEmail.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)
