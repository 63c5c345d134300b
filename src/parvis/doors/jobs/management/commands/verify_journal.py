"""Read the whole journal again and check each digest of the chain."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.foundation.journal import actions
from parvis.foundation.journal.models import Line, Seal


class Command(BaseCommand):
    help = "Check the chain of the journal from its first line."

    def handle(self, *_args: Any, **_options: Any) -> None:
        faults = list(actions.faults())
        if faults:
            raise CommandError("The journal does not hold:\n" + "\n".join(faults))
        waiting = Line.objects.filter(seal__isnull=True).count()
        last = Seal.objects.order_by("-number").values_list("digest", flat=True).first() or actions.GENESIS
        self.stdout.write(
            f"The journal holds: {Seal.objects.count()} lines sealed, {waiting} waiting. Last digest {last}."
        )
