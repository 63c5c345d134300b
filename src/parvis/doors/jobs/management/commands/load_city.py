"""Load a city from its data files, once; a second time only says that it stands."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from parvis.doors.jobs.loading.city import CityLoader, CityRefused, Loaded, records_of
from parvis.exchange.formats.city_files import fingerprint
from parvis.foundation.accounts.actions import house_account
from parvis.foundation.journal import actions as journal
from parvis.foundation.journal.models import Line


class Command(BaseCommand):
    help = "Load a city (data/<city>) into an empty register. Nothing is half loaded."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("city", help="name of the folder under data/, or a path")

    def handle(self, *_args: Any, **options: Any) -> None:
        folder = self._folder(options["city"])
        mark = fingerprint(folder)
        loaded_before = Line.objects.filter(verb="city loaded").order_by("-id").first()
        if loaded_before:
            self._already(folder, loaded_before, mark)
            return
        by, at = house_account(), timezone.now()
        try:
            loaded = CityLoader(folder, by=by, at=at, tell=self._tell).load()
        except CityRefused as refusal:
            raise CommandError(f"{folder.name} was not loaded. Nothing was kept.\n{refusal}") from refusal
        journal.write("city loaded", about=f"city:{folder.name}", by=by, at=at, files=mark)
        self._report(folder, loaded)

    def _folder(self, name: str) -> Path:
        for folder in (Path(settings.DATA_DIR) / name, Path(name)):
            if (folder / "city.yaml").exists():
                return folder
        raise CommandError(f"There is no city “{name}”: no city.yaml was found in data/{name}.")

    def _already(self, folder: Path, before: Line, mark: str) -> None:
        if before.about != f"city:{folder.name}":
            raise CommandError(
                f"This register holds another city ({before.about.partition(':')[2]}):"
                f" use another database for {folder.name}."
            )
        changed = (
            ""
            if before.digests.get("files") == mark
            else (" Its files have changed since: the register is the record now, change it at the desk.")
        )
        self.stdout.write(f"{folder.name} is loaded already.{changed}")

    def _tell(self, noun: str, place: int, total: int) -> None:
        if sys.stdout.isatty() and (place % 25 == 0 or place == total):
            self.stdout.write(f"\r  {place} of {total} ({noun})          ", ending="" if place < total else "\n")
            self.stdout.flush()

    def _report(self, folder: Path, loaded: Loaded) -> None:
        records = sum(loaded.records.values())
        self.stdout.write(f"{folder.name}: {records} records, {loaded.statements} statements, {loaded.ties} chains.")
        facts = len(loaded.facts)
        if facts:
            became = ", ".join(f"{count} {name}{'s' if count != 1 else ''}" for name, count in records_of(loaded))
            self.stdout.write(
                f"{facts} facts became {became}; {len(loaded.left_out)} were left out{':' if loaded.left_out else '.'}"
            )
        for fact, reason in loaded.left_out.items():
            self.stdout.write(f"  {fact}: {reason.get('en') or next(iter(reason.values()))}")
