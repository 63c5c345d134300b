"""A connection kept between requests is looked at before each: a server that went away has closed its end.

Django asks ``SELECT 1`` each time. A save is two questions and an answer; that would be one more. And a question that
``accounts.prepared`` asks is planned once a connection, which Django forbids unless it is told otherwise.
"""

from __future__ import annotations

import select
from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, but for how it finds out that its server left, and for questions that are planned once."""

    def get_connection_params(self) -> dict[str, Any]:
        """Allow the driver to prepare. It prepares what it is asked to alone: Django's own questions never are."""
        return {**super().get_connection_params(), "prepare_threshold": 5}

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
