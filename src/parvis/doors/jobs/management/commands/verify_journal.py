"""Read the whole journal again and check each digest of the chain.

A chain alone cannot say that its end was cut off: each release keeps the last digest of its day, outside the
database, and is heard as a witness.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.foundation.journal import actions
from parvis.foundation.journal.models import Line, Seal
from parvis.publication.bake.actions import archive
from parvis.publication.releases.errors import NoSuchRelease


class Command(BaseCommand):
    help = "Check the chain of the journal from its first line."

    def handle(self, *_args: Any, **_options: Any) -> None:
        faults = [*actions.faults(), *_lost_since_published()]
        if faults:
            raise CommandError("The journal does not hold:\n" + "\n".join(faults))
        waiting = Line.objects.filter(seal__isnull=True).count()
        last = Seal.objects.order_by("-number").values_list("digest", flat=True).first() or actions.GENESIS
        self.stdout.write(
            f"The journal holds: {Seal.objects.count()} lines sealed, {waiting} waiting. Last digest {last}."
        )


def _lost_since_published() -> Iterator[str]:
    house = archive()
    for number in house.numbers:
        try:
            seen = house.told(number).get("journal")
        except NoSuchRelease:
            continue
        if seen and not actions.witnessed(seen["number"], seen["digest"]):
            yield f"release {number} was published over seal {seen['number']}, which the journal does not hold any more"
