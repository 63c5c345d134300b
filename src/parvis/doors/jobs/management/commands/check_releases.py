"""Read every file of every release again, and say which is not as it was written."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from parvis.publication.bake.actions import archive
from parvis.publication.releases.checking import check_all


class Command(BaseCommand):
    help = "Check each release on disk against the digests it was published with."

    def handle(self, *_args: Any, **_options: Any) -> None:
        house = archive()
        faults = check_all(house, at=timezone.now())
        if faults:
            raise CommandError("\n".join(f"Release {number} is damaged: {said}" for number, said in faults.items()))
        self.stdout.write(f"Every release is as it was published: {len(house.numbers)} checked.")
