"""Where a record is: its own country and place, or those of the places and bodies it names."""

from __future__ import annotations

import sqlite3
from typing import Any

import orjson

from parvis.publication.reader.where import ELSEWHERE, PLACED, Named, Where, settled


def whereabouts(db: sqlite3.Connection, city: dict[str, Any], ids: dict[str, int]) -> dict[int, Where]:
    """Where each record is, by id."""
    known = {
        record_id: Where((country,) if country else (), tuple(orjson.loads(areas)), lat, lon)
        for record_id, country, areas, lat, lon in db.execute(
            "SELECT id, country, areas, lat, lon FROM work.draft AS d WHERE (country IS NOT NULL OR lat IS NOT NULL)"
            # a record that names its places is where they are, whatever country it says besides
            " AND (noun = 'place' OR NOT EXISTS"
            " (SELECT 1 FROM link WHERE link.from_id = d.id AND role = 'place'))"
        )
    }
    the_city = {ids[key] for key in (city.get("the_city"), city.get("place")) if key in ids}
    return settled(known, lambda: _named(db), the_city)


def _named(db: sqlite3.Connection) -> Named:
    marks, nouns = ",".join("?" * len(ELSEWHERE)), ",".join("?" * len(PLACED))
    return db.execute(
        "SELECT l.from_id, l.to_id FROM link AS l JOIN work.draft AS o ON o.id = l.to_id"
        f" WHERE l.role NOT IN ({marks}) AND o.noun IN ({nouns}) ORDER BY l.from_id, l.rowid",
        (*ELSEWHERE, *PLACED),
    )
