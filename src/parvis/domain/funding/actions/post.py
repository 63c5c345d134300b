"""The outbox: emails read, held back, let go, sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from parvis.domain.funding.enums import EmailState
from parvis.domain.funding.errors import EmailGone
from parvis.domain.funding.models import OutgoingEmail
from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal


@transaction.atomic
def decide_email(*, email: int, state: str, by: User, at: datetime) -> OutgoingEmail:
    """Hold an email back, cancel it, or let it go now. Raises EmailGone once it left."""
    row = OutgoingEmail.objects.select_for_update().get(pk=email)
    if row.state in (EmailState.SENT, EmailState.CANCELLED):
        raise EmailGone
    row.state, row.decided_by = EmailState(state), by
    if state == EmailState.WAITING:
        row.leaves_at = at
    row.save(update_fields=["state", "decided_by", "leaves_at"])
    journal.write(f"email {state}", about=f"email:{row.pk}", by=by, at=at)
    return row


def send_due(*, send: Callable[[OutgoingEmail], None], at: datetime, most: int = 100) -> int:
    """Send the emails whose time has come, each in its own transaction, so that none leaves twice."""
    sent = 0
    for _turn in range(most):
        with transaction.atomic():
            row = (
                OutgoingEmail.objects.due_at(at).select_for_update(skip_locked=True).order_by("leaves_at", "pk").first()
            )
            if row is None:
                break
            send(row)
            row.state, row.sent_at = EmailState.SENT, at
            row.save(update_fields=["state", "sent_at"])
            sent += 1
    return sent
