"""A connection kept between requests is looked at before each: a server that went away has closed its end.

Django asks ``SELECT 1`` each time. A save is two questions and an answer; that would be one more.
"""

from __future__ import annotations

import select

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, but for how it finds out that its server left."""

    def is_usable(self) -> bool:
        """Nothing waits to be read on a connection at rest. Where something does, a question tells what.

        Within a transaction, which may be broken, the question is asked as Django asks it.
        """
        if self.connection is None or self.connection.closed:
            return False
        if self.connection.info.transaction_status != TransactionStatus.IDLE:
            return bool(super().is_usable())
        look = select.poll()
        look.register(self.connection.fileno(), select.POLLIN)
        return not look.poll(0) or bool(super().is_usable())
