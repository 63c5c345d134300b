"""The outbox: emails written, read, mended, held back, let go, sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from parvis.domain.funding.enums import PERSONAL, EmailKind, EmailState
from parvis.domain.funding.errors import EmailGone, NothingWritten, StepHeldBack, WordsTooMany
from parvis.domain.funding.models import Letter, OutgoingEmail
from parvis.domain.funding.queries.forms import signs_over
from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal

#: Stands in an email for the link that only its reader gets: it is made when the email leaves, and never stored.
LINK = "⟨•••⟩"
#: How long an email waits that a server takes later.
_AGAIN = timedelta(minutes=10)
_LONGEST_SUBJECT, _LONGEST_BODY = 200, 20_000
_OVER = (EmailState.SENT, EmailState.CANCELLED)


class Undeliverable(Exception):
    """The server of outgoing mail takes no email for this address."""


class NotYet(Exception):
    """The server of outgoing mail takes this email later, and says so: greylisted, or a box that is full."""


def leaves_after(at: datetime) -> datetime:
    """When an email written now leaves: an officer has that long to read it."""
    return at + timedelta(minutes=settings.PARVIS_OUTBOX_MINUTES)


def write_personal(
    *, kind: EmailKind, address: str, subject: str, body: str, language: str, at: datetime
) -> OutgoingEmail:
    """Write an email that carries a way in, its link left out (``LINK``). It leaves at once."""
    return OutgoingEmail.objects.create(
        kind=kind, address=address, subject=subject[:_LONGEST_SUBJECT], body=body, language=language, written_at=at,
        leaves_at=at,
    )  # fmt: skip


@transaction.atomic
def decide_email(*, email: int, state: str, by: User, at: datetime) -> OutgoingEmail:
    """Hold an email back, cancel it, or let it go now. Raises EmailGone once it left, StepHeldBack for a way in.

    One that found no server to take it may be given up, even where it carries a way in.
    """
    row = _waiting(email)
    given_up = row.state == EmailState.FAILED and state == EmailState.CANCELLED
    if row.kind in PERSONAL and state != EmailState.WAITING and not given_up:
        raise StepHeldBack(why=_("This email carries a way in for one person: it leaves at once."))
    row.state, row.decided_by = EmailState(state), by
    if state == EmailState.WAITING:
        row.leaves_at, row.put_off_at = at, None
    row.save(update_fields=["state", "decided_by", "leaves_at", "put_off_at"])
    journal.write(f"email {state}", about=f"email:{row.pk}", by=by, at=at)
    return row


@transaction.atomic
def mend_email(*, email: int, subject: str, body: str, by: User, at: datetime) -> OutgoingEmail:
    """Put an email in other words before it leaves. Raises EmailGone, NothingWritten, WordsTooMany, StepHeldBack.

    The paper of a letter and its other emails take the same words; once one of them left, none changes.
    """
    row = _waiting(email)
    if row.kind in PERSONAL:
        raise StepHeldBack(why=_("This email carries a way in for one person: it leaves at once."))
    subject, body = " ".join(subject.split()), body.replace("\r\n", "\n").strip()
    if not subject or not body:
        raise NothingWritten
    for words, most in ((subject, _LONGEST_SUBJECT), (body, _LONGEST_BODY)):
        if len(words) > most:
            raise WordsTooMany(**signs_over(len(words), most))
    before = journal.digest_of({"subject": row.subject, "body": row.body})
    row.subject, row.body, row.mended_at, row.decided_by = subject, body, at, by
    row.save(update_fields=["subject", "body", "mended_at", "decided_by"])
    if row.letter is not None:
        _say_the_same(row, row.letter)
    said = {"before": before, "content": journal.digest_of({"subject": subject, "body": body})}
    journal.write("email mended", about=f"email:{row.pk}", by=by, at=at, **said)
    return row


def _say_the_same(row: OutgoingEmail, letter: Letter) -> None:
    """Put a letter and its other emails in the words of this one. Raises EmailGone once one of them left."""
    others = OutgoingEmail.objects.select_for_update(of=("self",)).filter(letter=letter).exclude(pk=row.pk)
    if any(one.state == EmailState.SENT for one in others):
        raise EmailGone
    others.update(subject=row.subject, body=row.body, mended_at=row.mended_at, decided_by=row.decided_by)
    Letter.objects.filter(pk=letter.pk).update(title=row.subject, text=row.body)


def _waiting(email: int) -> OutgoingEmail:
    row = OutgoingEmail.objects.select_for_update(of=("self",)).get(pk=email)
    if row.state in _OVER:
        raise EmailGone
    return row


def send_due(*, send: Callable[[OutgoingEmail], None], at: datetime, most: int = 100) -> int:
    """Send the emails whose time has come, each in its own transaction, so that none leaves twice.

    One that no server takes is set aside and told, one that is to come again later waits, and is set aside once it was
    put off too long: neither holds another back.
    """
    sent = 0
    for _turn in range(most):
        with transaction.atomic():
            row = (
                OutgoingEmail.objects.due_at(at).select_for_update(skip_locked=True).order_by("leaves_at", "pk").first()
            )
            if row is None:
                break
            try:
                send(row)
            except Undeliverable:
                row.state = EmailState.FAILED
            except NotYet:
                _put_off(row, at)
            else:
                row.state, row.sent_at = EmailState.SENT, at
                sent += 1
            row.save(update_fields=["state", "sent_at", "leaves_at", "put_off_at"])
    return sent


def _put_off(row: OutgoingEmail, at: datetime) -> None:
    """Let an email wait for its next turn; once it was put off for too long, it is told as not gone."""
    row.put_off_at = row.put_off_at or at
    if at - row.put_off_at >= timedelta(hours=settings.PARVIS_OUTBOX_RETRY_HOURS):
        row.state = EmailState.FAILED
    else:
        row.leaves_at = at + _AGAIN


@transaction.atomic
def forget_ways_in(*, before: datetime) -> int:
    """Forget to whom ways in were sent: the links in them are long dead, and the addresses are nobody's business."""
    gone, _kinds = OutgoingEmail.objects.filter(kind__in=PERSONAL, written_at__lt=before).delete()
    return gone
