"""Withdraw a record from every release, now and for good."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from parvis.foundation.accounts.actions import house_account
from parvis.foundation.values import Refusal
from parvis.publication.bake import actions


class Command(BaseCommand):
    help = "Hide a record in every release at once, and take it out of their files. No roll-back undoes it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", nargs="?", help="key of the record; without it, an unfinished purge is finished")
        parser.add_argument("--reason", default="", help="why, in a sentence")

    def handle(self, *_args: Any, **options: Any) -> None:
        key = options["key"]
        try:
            if key:
                by, at = house_account(), timezone.now()
                actions.withdraw_record(key=key, reason=options["reason"], by=by, at=at)
                self.stdout.write(f"{key} is withdrawn from every release.")
            numbers = actions.finish_purge()
            self.stdout.write(f"Purged: {', '.join(map(str, numbers)) or 'nothing was left to purge'}.")
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
