"""Migrate without drawing every model again at each constraint and trigger.

Django renders a model and all its relations anew whenever an option of it changes, though no table depends on
that rendering: with some hundred triggers and constraints, two thirds of the time of a first start went there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import django

from parvis.config.supervisor.roles import KEEP_APPEND_ONLY


def _append_quietly(self: Any, app_label: str, model_name: str, option_name: str, obj: Any) -> None:
    options = self.models[app_label, model_name].options
    options[option_name] = [*options.get(option_name, []), obj]
    if "apps" in self.__dict__:  # rendered already: later operations look their constraints up there
        meta = self.apps.get_model(app_label, model_name)._meta
        setattr(meta, option_name, list(options[option_name]))
        meta._expire_cache()  # noqa: SLF001  # what rendering anew would have done


def _trigger_quietly(self: Any, app_label: str, state: Any) -> None:
    _append_quietly(state, app_label, self.model_name.lower(), "triggers", self.trigger)


@contextmanager
def quick_states() -> Iterator[None]:
    """While this lasts, no model is rendered for a constraint, an index or a trigger, and one alone for the rest."""
    from django.db.migrations.state import ProjectState  # noqa: PLC0415
    from pgtrigger.migrations import AddTrigger  # noqa: PLC0415

    from parvis.register.migrating import each_drawn_alone  # noqa: PLC0415

    with (
        each_drawn_alone(),
        patch.object(ProjectState, "_append_option", _append_quietly),
        patch.object(AddTrigger, "state_forwards", _trigger_quietly),
    ):
        yield


def migrate() -> None:
    """Bring the tables up to date, as the owner; those that only grow lose the right to do anything else."""
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    with quick_states():
        call_command("migrate", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(KEEP_APPEND_ONLY)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.office")
    django.setup()
    migrate()
