"""Seal the journal: once, or every few seconds until stopped; and look at the releases now and then."""

from __future__ import annotations

import logging
import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError, connection
from django.utils import timezone

from parvis.foundation.journal import actions
from parvis.publication.bake.actions import archive
from parvis.publication.releases.checking import check_all

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Chain the lines of the journal written since the last seal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=float, default=0, help="seconds between two seals; 0 for once")
        parser.add_argument(
            "--look", type=float, default=0, help="seconds between two looks at the releases; 0 for none"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        stop = threading.Event()
        if options["every"]:
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *_: stop.set())
        look = time.monotonic() + options["look"]
        while not stop.is_set():
            self._seal()
            if options["look"] and time.monotonic() > look:
                self._look()
                look = time.monotonic() + options["look"]
            if not options["every"]:
                return
            stop.wait(options["every"])

    def _look(self) -> None:
        for number, said in check_all(archive(), at=timezone.now()).items():
            log.error("release %d is damaged: %s", number, said)

    def _seal(self) -> None:
        try:
            while actions.seal():
                pass
        except OperationalError as fault:
            self.stderr.write(f"The journal waits for its database: {str(fault).splitlines()[0]}")
            connection.close()
