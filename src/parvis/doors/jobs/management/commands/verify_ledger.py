"""Add the whole ledger up again from its first entry."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.domain.funding.models import LedgerAccount, LedgerEntry
from parvis.domain.funding.queries import ledger_faults


class Command(BaseCommand):
    help = "Add the ledger up again from its first entry, and name every line that does not add up."

    def handle(self, *_args: Any, **_options: Any) -> None:
        faults = list(ledger_faults())
        if faults:
            raise CommandError("The ledger does not hold:\n" + "\n".join(faults))
        self.stdout.write(
            f"The ledger holds: {LedgerEntry.objects.count()} entries over {LedgerAccount.objects.count()} accounts."
        )
