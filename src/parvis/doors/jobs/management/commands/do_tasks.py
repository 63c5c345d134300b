"""Do what waits to be done: the worker of django-tasks, which first looks after what a killed one left."""

from __future__ import annotations

from typing import Any

from django_tasks_db.management.commands import db_worker

from parvis.exchange.inbound.tasks import give_back_stopped


class Command(db_worker.Command):
    help = "Do the tasks that wait; files whose work was cut short go back to whoever brought them in."

    def handle(self, **options: Any) -> None:
        for number in give_back_stopped():
            self.stderr.write(f"The work on import {number} was cut short: it is given back.")
        super().handle(**options)
