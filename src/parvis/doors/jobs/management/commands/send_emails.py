"""Send the emails whose time has come, and look for ties in the files that arrived, so that the office is shown them.

Now and then write reminders and erase what has reached its term.

Once, or every few seconds until stopped.
"""

from __future__ import annotations

import signal
import threading
import time
from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.core.management.base import BaseCommand
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils import timezone

from parvis.domain.funding import actions
from parvis.domain.funding.enums import EmailKind
from parvis.domain.funding.models import OutgoingEmail
from parvis.doors.jobs.management.commands.erase_files import erase_what_is_due
from parvis.foundation.accounts.actions import house_account
from parvis.foundation.accounts.models import User
from parvis.foundation.accounts.ways_in import sealed
from parvis.publication.bake import preparing

#: How long it is remembered to whom a way in was sent.
_WAYS_IN_KEPT = timedelta(days=30)
#: How long a page posted without a session waits for its writer.
_PAGES_KEPT = timedelta(days=30)
#: From this answer of a mail server on, an email is refused for good.
_NEVER = 500


def post(email: OutgoingEmail) -> None:
    """Hand one email to the server of outgoing mail. Raises Undeliverable, or NotYet where it takes it later."""
    body = email.body.replace(actions.LINK, _way_in(email)) if email.is_personal else email.body
    try:
        send_mail(email.subject, body, None, [email.recipient])
    except ValueError as fault:  # a header or an address that no email can bear
        raise actions.Undeliverable from fault
    except SMTPRecipientsRefused as fault:
        raise _refusal(code for code, _words in fault.recipients.values()) from fault
    except SMTPDataError as fault:
        raise _refusal([fault.smtp_code]) from fault


def _refusal(codes: Iterable[int]) -> Exception:
    """What a server's answer means: below five hundred it asks to come again, from there on it will not have it."""
    return actions.NotYet() if all(code < _NEVER for code in codes) else actions.Undeliverable()


def _way_in(email: OutgoingEmail) -> str:
    """The link of a way in: made now, and kept nowhere. Who has an account is shown where one signs in."""
    known = User.objects.filter(email__iexact=email.address).first()
    if email.kind == EmailKind.INVITATION:
        path = reverse("counter:ask_account")
    elif email.kind == EmailKind.RESET and known and known.is_active:
        key = default_token_generator.make_token(known)
        path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(known), key])
    elif known:
        path = reverse("account_login")
    else:
        path = reverse("counter:open_account", args=[sealed(email.address)])
    return f"{settings.PARVIS_OFFICE_ORIGIN}{path}"


def write_reminders() -> int:
    """Write the reminders whose day has come, and forget to whom old ways in went and pages nobody came back for."""
    at = timezone.now()
    actions.forget_ways_in(before=at - _WAYS_IN_KEPT)
    actions.forget_pages(before=at - _PAGES_KEPT)
    return actions.write_reminders(at=at, days=settings.PARVIS_REMINDER_DAYS)


def look_for_ties() -> None:
    """Look at who came to the office and at what arrived, so that no page has to."""
    actions.look_at_newcomers(at=timezone.now())
    actions.look_at_arrivals(by=house_account(), at=timezone.now())


class Command(BaseCommand):
    help = "Send the emails of the outbox whose time has come, and write reminders."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=float, default=0, help="seconds between two looks; 0 for once")
        parser.add_argument("--remind-every", type=float, default=3600, help="seconds between two looks at due dates")

    def handle(self, *_args: Any, **options: Any) -> None:
        stop, reminded = threading.Event(), float("-inf")
        if options["every"]:
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *_: stop.set())
        while not stop.is_set():
            due = time.monotonic() - reminded >= options["remind_every"]
            if self._look(remind=due) and due:
                reminded = time.monotonic()
            if not options["every"]:
                return
            stop.wait(options["every"])

    def _look(self, *, remind: bool) -> bool:
        """Do what is due. What is not there yet is waited for: returns whether all was there."""
        try:
            if remind:
                write_reminders()
                erase_what_is_due()
                preparing.forget_what_is_old()
                preparing.finish_what_was_left()
            look_for_ties()
            actions.send_due(send=post, at=timezone.now())
        except OperationalError as fault:
            self.stderr.write(f"The outbox waits for its database: {str(fault).splitlines()[0]}")
            connection.close()
        except (SMTPException, OSError) as fault:
            self.stderr.write(f"The outbox waits for its mail server: {type(fault).__name__}")
        else:
            return True
        return False
