"""Play a call on real requests of 2013 in a city kept for rehearsal, once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from parvis.domain.funding.models import Call
from parvis.doors.jobs.rehearsing.play import play


class Command(BaseCommand):
    help = "Play a call on the requests of 2013, from filing to recovery. Only in a city kept for rehearsal."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.PARVIS_REHEARSAL:
            raise CommandError(
                "This city is no rehearsal: run make rehearsal, which has a folder and a database apart."
            )
        if settings.PARVIS_CITY != "paris":
            raise CommandError("The requests that are rehearsed were made to Paris: set PARVIS_CITY to paris.")
        if Call.objects.filter(subject__key="rehearsal-call").exists():
            self.stdout.write("The call is rehearsed already.")
            return
        done = play(timezone.now(), tell=lambda said: self.stdout.write(f"  {said}"))
        self.stdout.write(
            f"{done.files} requests of 2013 became {done.grants} grants, €{done.voted:,.2f} voted, {done.conventions}"
            f" of them under a signed convention; €{done.recovered:,.2f} came back."
            f" {done.practice} files stand in an open call."
        )
