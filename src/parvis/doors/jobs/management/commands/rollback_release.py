"""Put an earlier release in force again."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from parvis.foundation.accounts.actions import house_account
from parvis.foundation.values import Refusal
from parvis.publication.bake import actions


class Command(BaseCommand):
    help = "Put an earlier release in force again. Withdrawn records stay hidden."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", type=int, help="number of the release")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            actions.roll_back(to=options["number"], by=house_account(), at=timezone.now())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Release {options['number']} is in force.")
