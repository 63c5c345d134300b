"""Where records are once what placed them is hidden: as the release made again will have it.

Found from the ties the release holds, once for what is hidden, when it is opened; where nothing is, nothing is asked.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

import orjson

from .schema import WHERE_FACETS
from .where import ELSEWHERE, NOWHERE, PLACED, ROUNDS, Where, settled, stated

_AT_ONCE = 500
#: Records of the file with the point each has now; asked with two values, ``Moved.values``. Each half is looked up by
#: number: a join of the two would try each record with each of those moved.
_RECORDS = (
    "(SELECT id, key, noun, from_day, to_day, lat, lon FROM record WHERE id NOT IN (SELECT value FROM json_each(?))"
    " UNION ALL SELECT record.id, record.key, noun, from_day, to_day, moved.value ->> 1, moved.value ->> 2"
    " FROM json_each(?) AS moved CROSS JOIN record ON record.id = moved.value ->> 0)"
)


class Moved:
    """Records that took their whereabouts from a hidden one, and where each is without it."""

    def __init__(self, where: Mapping[int, tuple[str, Where]] | None = None) -> None:
        """By number: the key of each, and where it is."""
        found = where or {}
        self.where = {number: here for number, (_key, here) in found.items()}
        self._by_key = dict(found.values())
        points = [[number, here.lat, here.lon] for number, here in self.where.items()]
        #: What a query asks records from, and the values that go with it.
        self.records = _RECORDS if found else "record"
        self.values = (_listed(self.where), orjson.dumps(points).decode()) if found else ()

    @classmethod
    def by(cls, db: sqlite3.Connection, hidden: Collection[int], the_city: Collection[str]) -> Moved:
        """Those whom the hidden ones placed, directly or through another. The city gives its place to nothing."""
        if not hidden:
            return cls()
        city = set(_numbers(db, the_city))
        near = beyond = set(hidden) - city
        for _ in range(ROUNDS):
            beyond = _naming(db, beyond - city)
            near = near | beyond
        placed = near - set(hidden) - city
        if not placed:
            return cls()
        named = _named(db, placed, hidden)
        others = {other for _, other in named} - placed
        # of those they name, what these take from others: what only a second round gives goes no further
        named = sorted((*named, *_named(db, others, hidden)), key=itemgetter(0))
        told = _told(db, placed | others | {other for _, other in named}, hidden)
        known = {number: here for number, (_key, here) in told.items() if here.says}
        settled(known, lambda: iter(named), city)
        return cls({number: (told[number][0], known.get(number, NOWHERE)) for number in placed})

    def __bool__(self) -> bool:
        return bool(self.where)

    def card(self, number: int, told: str) -> str:
        """A card as it reads now."""
        here = self.where.get(number)
        return told if here is None else orjson.dumps(orjson.loads(told) | _columns(here)).decode()

    def record(self, doc: dict[str, Any]) -> dict[str, Any]:
        """A whole record as it reads now."""
        here = self._by_key.get(doc["key"])
        return doc if here is None else doc | _columns(here)

    def within(self, first: int, last: int) -> dict[int, Where]:
        """Those of a shelf, by their positions on it."""
        return {number - first: here for number, here in self.where.items() if first <= number <= last}

    def points_of(self, db: sqlite3.Connection, keys: Sequence[str]) -> Iterator[tuple[str, tuple[float, float]]]:
        """Of some records, those that have a point: longitude, then latitude."""
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            found = db.execute(f"SELECT key, lon, lat FROM record WHERE lat IS NOT NULL AND key IN ({marks})", some)
            yield from ((key, (lon, lat)) for key, lon, lat in found if lon is not None and key not in self._by_key)
        for key in keys if self else ():
            here = self._by_key.get(key, NOWHERE)
            if here.lat is not None and here.lon is not None:
                yield key, (here.lon, here.lat)

    def by_country(self, db: sqlite3.Connection, name: array[int]) -> array[int]:
        """The place of each record in the order of countries, and in that of their names within one."""
        country = dict(db.execute("SELECT id, country FROM record"))
        country |= {number: here.country for number, here in self.where.items()}
        rank = array("I", bytes(4 * len(name)))
        told = sorted((code is None, code or "", name[number], number) for number, code in country.items())
        for place, (_none, _code, _name, number) in enumerate(told):
            rank[number] = place
        return rank


def bearing(where: Mapping[int, Where], facet: str) -> dict[str, list[int]]:
    """By value of a facet of where records are, the positions that bear it."""
    found: dict[str, list[int]] = {}
    for position, here in where.items():
        for value in here.countries if facet == WHERE_FACETS[0] else here.areas:
            found.setdefault(value, []).append(position)
    return found


def _columns(here: Where) -> dict[str, Any]:
    return {"country": here.country, "lat": here.lat, "lon": here.lon}


def _listed(numbers: Collection[int]) -> str:
    return orjson.dumps(sorted(numbers)).decode()


def _numbers(db: sqlite3.Connection, keys: Collection[str]) -> Iterator[int]:
    marks = ",".join("?" * len(keys))
    return (number for (number,) in db.execute(f"SELECT id FROM record WHERE key IN ({marks})", list(keys)))


def _naming(db: sqlite3.Connection, named: Collection[int]) -> set[int]:
    """Who names one of these that others take their place from; by any tie, for the release may be of other rules."""
    nouns = ",".join("?" * len(PLACED))
    found = db.execute(
        "SELECT DISTINCT from_id FROM link WHERE to_id IN"
        f" (SELECT id FROM record WHERE id IN (SELECT value FROM json_each(?)) AND noun IN ({nouns}))",
        (_listed(named), *PLACED),
    )
    return {number for (number,) in found}


def _named(db: sqlite3.Connection, naming: Collection[int], hidden: Collection[int]) -> list[tuple[int, int]]:
    """Whom these name and may take their place from, in the order they are named in."""
    marks, nouns = ",".join("?" * len(ELSEWHERE)), ",".join("?" * len(PLACED))
    return db.execute(
        "SELECT l.from_id, l.to_id FROM link AS l JOIN record AS o ON o.id = l.to_id"
        " WHERE l.from_id IN (SELECT value FROM json_each(?)) AND l.to_id NOT IN (SELECT value FROM json_each(?))"
        f" AND l.role NOT IN ({marks}) AND o.noun IN ({nouns}) ORDER BY l.from_id, l.rowid",
        (_listed(naming), _listed(hidden), *ELSEWHERE, *PLACED),
    ).fetchall()


def _told(db: sqlite3.Connection, numbers: Collection[int], hidden: Collection[int]) -> dict[int, tuple[str, Where]]:
    """Key of each, and where it says it is; one that names its places is where they are, whatever it says besides."""
    found = db.execute(
        "SELECT r.id, r.key, json_extract(doc.body, '$.facts') FROM record AS r JOIN doc ON doc.id = r.doc"
        " WHERE r.id IN (SELECT value FROM json_each(?1))",
        (_listed(numbers),),
    )
    facts = {number: (key, stated(orjson.loads(told or "{}"))) for number, key, told in found}
    naming = db.execute(
        "SELECT DISTINCT l.from_id FROM link AS l JOIN record AS r ON r.id = l.from_id"
        " WHERE l.from_id IN (SELECT value FROM json_each(?)) AND r.noun <> 'place' AND l.role = 'place'"
        " AND l.to_id NOT IN (SELECT value FROM json_each(?))",
        (_listed(numbers), _listed(hidden)),
    )
    return facts | {number: (facts[number][0], NOWHERE) for (number,) in naming}
