"""Do what waits to be done: the worker of django-tasks, which first looks after what a killed one left."""

from __future__ import annotations

from typing import Any

from django_tasks_db.management.commands import db_worker

from parvis.exchange.inbound.tasks import give_back_stopped
from parvis.publication.bake import preparing


class Command(db_worker.Command):
    help = "Do the tasks that wait; files whose work was cut short go back, releases half made again are made again."

    def handle(self, **options: Any) -> None:
        for number in give_back_stopped():
            self.stderr.write(f"The work on import {number} was cut short: it is given back.")
        if left := preparing.finish_what_was_left():
            self.stderr.write(f"Releases that still hold what was hidden are made again: {', '.join(map(str, left))}.")
        super().handle(**options)
