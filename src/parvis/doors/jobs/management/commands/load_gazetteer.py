"""Load the places of the world, once: a second call finds them there and ends at once."""

from __future__ import annotations

from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from parvis.domain.directory import queries
from parvis.domain.directory.actions import load_gazetteer
from parvis.doors.jobs.geonames import fingerprint, towns
from parvis.foundation.accounts.actions import house_account


class Command(BaseCommand):
    help = "Load the gazetteer (cities of over 1,000 inhabitants, names in every script) from its package."

    def handle(self, *_args: Any, **_options: Any) -> None:
        wanted = fingerprint()
        loaded = queries.gazetteer()
        if loaded and loaded.fingerprint == wanted:
            self.stdout.write(f"Gazetteer: {loaded.places:,} places are there already.")
            return
        started = monotonic()
        self.stdout.write("Gazetteer: reading the places of the world…")
        state = load_gazetteer(
            towns=towns(), fingerprint=wanted, by=house_account(), at=timezone.now(), tell=self._tell
        )
        if state is None:
            self.stdout.write("Gazetteer: another start has just loaded it.")
            return
        took = monotonic() - started
        self.stdout.write(f"Gazetteer: {state.places:,} places under {state.names:,} names, in {took:.0f} s.")

    def _tell(self, what: str, count: int) -> None:
        if count % 100_000 == 0:
            self.stdout.write(f"  {count:,} {what}")
