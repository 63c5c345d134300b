"""Seal the journal: once, or every few seconds until stopped."""

from __future__ import annotations

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError, connection

from parvis.foundation.journal import actions


class Command(BaseCommand):
    help = "Chain the lines of the journal written since the last seal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=float, default=0, help="seconds between two seals; 0 for once")

    def handle(self, *_args: Any, **options: Any) -> None:
        stop = threading.Event()
        if options["every"]:
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *_: stop.set())
        while not stop.is_set():
            self._seal()
            if not options["every"]:
                return
            stop.wait(options["every"])

    def _seal(self) -> None:
        try:
            while actions.seal():
                pass
        except OperationalError as fault:
            self.stderr.write(f"The journal waits for its database: {str(fault).splitlines()[0]}")
            connection.close()
