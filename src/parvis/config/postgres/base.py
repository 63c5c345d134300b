"""A connection kept between requests is looked at before each: a server that went away has closed its end.

Django asks ``SELECT 1`` each time. A save is two questions and an answer; that would be one more.
"""

from __future__ import annotations

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, but for how it finds out that its server left."""

    def is_usable(self) -> bool:
        """Nothing waits to be read on a connection at rest. Where something does, a question tells what."""
        if self.connection is None or self.connection.closed:
            return False
        look = select.poll()
        look.register(self.connection.fileno(), select.POLLIN)
        return not look.poll(0) or bool(super().is_usable())
