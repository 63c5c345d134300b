"""The task worker at one import, as a process of its own that stands still when it has told of rows, to be killed.

Usage: DATABASE FOLDER TASK IMPORT PERSON.
"""

from __future__ import annotations

import signal
import sys
from typing import Any


def main(database: str, folder: str, task: str, imported: str, person: str) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    from parvis.exchange.inbound import keeping, tasks

    tell = keeping.tell_progress

    def tell_and_stand(*told: Any, **more: Any) -> None:
        tell(*told, **more)
        sys.stdout.write("rows are written\n")
        sys.stdout.flush()
        signal.pause()

    keeping.tell_progress = tell_and_stand
    connection.settings_dict["NAME"] = database
    settings.VAR_DIR = folder
    getattr(tasks, task).call(int(imported), int(person))


if __name__ == "__main__":
    main(*sys.argv[1:])
