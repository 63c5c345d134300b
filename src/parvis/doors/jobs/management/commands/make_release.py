"""Publish what the register says now, or show what that would change."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from parvis.foundation.accounts.actions import house_account
from parvis.foundation.values import Refusal
from parvis.publication.bake import BakeFault, actions
from parvis.publication.releases.errors import NothingChanged, PersonsNamed


class Command(BaseCommand):
    help = "Make a release of what is public in the register, and put it in force."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--removals", type=int, default=0, help="how many records you know will disappear")
        parser.add_argument("--preview", action="store_true", help="only say what would change")
        parser.add_argument(
            "--at-start", action="store_true", help="open the office all the same when texts name persons"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            if options["preview"]:
                self._show(actions.preview())
                return
            number = actions.publish(removals=options["removals"], by=house_account(), at=timezone.now())
        except NothingChanged as told:
            self.stdout.write(str(told))
        except PersonsNamed as told:
            if not options["at_start"]:  # a start that stopped would shut the very page that mends it
                raise CommandError(str(told)) from told
            self.stdout.write(str(told))
        except (Refusal, BakeFault) as refusal:
            raise CommandError(str(refusal)) from refusal
        else:
            self._tell(number)

    def _tell(self, number: int) -> None:
        told = actions.archive().told(number)
        records, changes = sum(told["records"].values()), told["changes"]
        new, changed, gone = (sum(changes[kind].values()) for kind in ("added", "changed", "removed"))
        self.stdout.write(
            f"Release {number} is in force: {records} records ({new} new, {changed} changed, {gone} gone)."
        )

    def _show(self, seen: actions.Preview) -> None:
        for kind, records in seen.changes.all.items():
            self.stdout.write(f"{kind}: {len(records)}")
            for record in records:
                title = next(iter(record["title"].values()), record["key"])
                self.stdout.write(f"  {record['noun']} {record['key']}: {title}")
        for one in seen.named:  # where, never whom
            self.stdout.write(f"names a person: {one.key} {one.field}")
