"""Send the emails of the outbox whose time has come: once, or every few seconds until stopped."""

from __future__ import annotations

import signal
import threading
from argparse import ArgumentParser
from smtplib import SMTPException
from typing import Any

from django.core.mail import send_mail
from django.core.management.base import BaseCommand
from django.db import OperationalError, connection
from django.utils import timezone

from parvis.domain.funding import actions
from parvis.domain.funding.models import OutgoingEmail


def post(email: OutgoingEmail) -> None:
    """Hand one email to the server of outgoing mail."""
    send_mail(email.subject, email.body, None, [email.to.email])


class Command(BaseCommand):
    help = "Send the emails of the outbox whose time has come."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=float, default=0, help="seconds between two looks; 0 for once")

    def handle(self, *_args: Any, **options: Any) -> None:
        stop = threading.Event()
        if options["every"]:
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *_: stop.set())
        while not stop.is_set():
            self._send()
            if not options["every"]:
                return
            stop.wait(options["every"])

    def _send(self) -> None:
        try:
            actions.send_due(send=post, at=timezone.now())
        except OperationalError as fault:
            self.stderr.write(f"The outbox waits for its database: {str(fault).splitlines()[0]}")
            connection.close()
        except (SMTPException, OSError) as fault:
            self.stderr.write(f"The outbox waits for its mail server: {type(fault).__name__}")
