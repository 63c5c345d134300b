"""Paris loaded from its files and published into a folder: ``python -m tests.support.paris FOLDER``.

Judges of the pages (speed, weight) read such a release: what the code and the data files of this copy say,
whatever stands in the register of the machine.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import django

#: The day of the release, at noon in Paris: pages are judged on the same words every time.
MORNING = datetime(2026, 11, 22, 11, tzinfo=UTC)


def publish_paris(folder: Path) -> None:
    """Load and publish, in a database made for it and dropped after."""
    from django.db import connection  # Django is not up before
    from django.test import override_settings

    from parvis.doors.jobs.loading.city import CityLoader
    from parvis.foundation.accounts.models import Role, User
    from parvis.publication.bake import actions as publication
    from tests.support import databases

    with databases.serving():
        databases.template()
        name = databases.clone(f"clone_{os.getpid()}_paris")
        connection.settings_dict["NAME"] = name
        try:
            clerk = User.objects.create_user("paris@ville.example", role=Role.PUBLISHER)
            CityLoader(databases.PROJECT / "data" / "paris", by=clerk, at=MORNING).load()
            with override_settings(VAR_DIR=folder, PARVIS_CITY="paris"):
                publication.publish(removals=0, by=clerk, at=MORNING)
        finally:
            connection.close()
            databases.drop(name)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.support.settings"
    django.setup()
    publish_paris(Path(sys.argv[1]).resolve())
