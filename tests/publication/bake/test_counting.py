"""Counts beside filters are those one would make by hand, of values that few records bear and of those that many do."""

import sqlite3
from array import array

from parvis.publication.bake.counting import write_counts
from parvis.publication.reader import schema
from parvis.publication.reader.bearers import Bearers

SIZE = 600
#: Three countries many bear, one that two bear, and towns that one or two bear.
BORNE = {
    ("country", "FR"): range(0, 600, 2),
    ("country", "SN"): range(1, 600, 2),
    ("country", "PS"): [3, 4],
    ("kind", "pact"): range(0, 600, 3),
    ("kind", "rare"): [3],
    ("place", "dakar"): [3],
    ("place", "jericho"): [4, 9],
}


def test_counts_narrowed_by_one_value_are_those_made_by_hand():
    db = sqlite3.connect(":memory:")
    db.executescript(schema.TABLES)

    write_counts(db, {"agreement": SIZE}, {"agreement": {pair: array("I", held) for pair, held in BORNE.items()}})

    told = {tuple(row) for row in db.execute("SELECT scope, facet, value, n FROM facet")}
    by_hand = {("", *pair, len(held)) for pair, held in BORNE.items()} | {
        (f"{by}={chosen}", facet, value, len(met))
        for (by, chosen), some in BORNE.items()
        for (facet, value), held in BORNE.items()
        if by not in ("place", facet) and (met := set(some) & set(held))
    }
    assert told == by_hand
    towns = Bearers.read(db.execute("SELECT value, positions FROM borne WHERE facet = 'place'"))
    assert dict(towns.items()) == {"dakar": 1 << 3, "jericho": (1 << 4) | (1 << 9)}
