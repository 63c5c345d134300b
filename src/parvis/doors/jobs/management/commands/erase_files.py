"""Erase the files of persons whose term has passed, or say which would be."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from parvis.domain.funding import actions
from parvis.domain.funding.queries import retention
from parvis.foundation.accounts.actions import house_account
from parvis.publication.bake import preparing


def erase_what_is_due() -> int:
    """Erase what is due now, in the name of the house."""
    forget = actions.forgotten_in(settings.VAULT_DIR)
    erased = len(actions.erase_due_files(forget=forget, by=house_account(), at=timezone.now()))
    if erased:
        preparing.forget()  # a preview may show who asked
    return erased


class Command(BaseCommand):
    help = "Erase the words of persons' files whose term has passed; what was paid stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say which would be erased, by number")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["dry_run"]:
            due = retention.due_for_erasure(timezone.localdate())
            for term in due:
                rows = ", ".join(f"{count} {retention.GOES[what]}" for what, count in term.goes.items())
                self.stdout.write(f"{term.file.number}: {rows}")
            self.stdout.write(f"{len(due)} would be erased.")
            return
        self.stdout.write(f"{erase_what_is_due()} erased.")
