"""What would be published now, for the files of standards an officer works with before any release is made."""

from __future__ import annotations

import sqlite3
from collections.abc import Container
from datetime import datetime

from parvis.exchange.outbound.published import Published

from .collecting import city_of_this_house, published_tables, snapshot
from .exporting import dictionary
from .standards import published
from .tables import plan_of, write_table


def published_now(names: Container[str], *, origin: str, moment: datetime) -> Published:
    """These tables as the next release would hold them, read in one moment of the register."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    plans = [plan_of(table) for table in published_tables() if table.name in names]
    with snapshot():
        for plan in plans:
            write_table(db, plan, frozenset())
    return published(db, dictionary(db, plans), city_of_this_house(), origin, moment)
