"""Add the whole ledger up again from its first entry, beside what the journal was told of each.

The journal is only as good a witness as its chain: that is read again first.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.domain.funding.models import LedgerAccount, LedgerEntry
from parvis.domain.funding.queries import ledger_faults
from parvis.foundation.journal import actions as journal


class Command(BaseCommand):
    help = "Add the ledger up again from its first entry, and name every line that does not add up."

    def handle(self, *_args: Any, **_options: Any) -> None:
        faults = [*(f"the journal: {fault}" for fault in journal.faults()), *ledger_faults()]
        if faults:
            raise CommandError("The ledger does not hold:\n" + "\n".join(faults))
        self.stdout.write(
            f"The ledger holds: {LedgerEntry.objects.count()} entries over {LedgerAccount.objects.count()} accounts."
        )
