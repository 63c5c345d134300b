"""Records with a place on the map: within a box, within a time."""

from __future__ import annotations

from datetime import date

from .filters import Row
from .release import Release

#: West, south, east, north. West beyond east: the box crosses the 180th meridian.
Box = tuple[float, float, float, float]
#: What happens rather than lasts: without an end, it is over the day it began.
_HAPPENINGS = frozenset({"event", "mission", "memorial", "commemoration"})
Days = tuple[date | None, date | None]


def mapped_nouns(release: Release) -> list[str]:
    """Nouns of which a record has a point."""
    among, values = release.placed
    rows = release.db.execute(
        f"SELECT DISTINCT noun FROM {among} WHERE lat IS NOT NULL{release.seen} ORDER BY noun", values
    ).fetchall()
    return [noun for (noun,) in rows]


def extent(release: Release, noun: str) -> tuple[list[float] | None, list[str | None]]:
    """The box that holds every point of a noun, and its first and last day; an open end is None."""
    among, values = release.placed
    west, south, east, north, first, last = release.db.execute(
        f"SELECT min(lon), min(lat), max(lon), max(lat), min(from_day), max(to_day) FROM {among}"
        f" WHERE noun = ? AND lat IS NOT NULL{release.seen}",
        (*values, noun),
    ).fetchone()
    return (None if west is None else [west, south, east, north]), [first, last]


def items_within(
    release: Release, noun: str, *, box: Box | None, days: Days | None, start: int, size: int
) -> tuple[int, list[Row]]:
    """How many records of a noun lie within, and one page of them."""
    records, values = release.placed
    where = ["noun = ?", "lat IS NOT NULL", "lon IS NOT NULL"]
    asked: list[object] = [*values, noun]
    if box:
        west, south, east, north = box
        where.append("lat BETWEEN ? AND ?")
        asked += [south, north]
        where.append("lon BETWEEN ? AND ?" if west <= east else "(lon >= ? OR lon <= ?)")
        asked += [west, east]
    if days:
        first, last = days
        where += ["(from_day IS NULL OR from_day <= ?)"] if last else []
        asked += [last.isoformat()] if last else []
        over = "coalesce(to_day, from_day)" if noun in _HAPPENINGS else "to_day"
        where += [f"({over} IS NULL OR {over} >= ?)"] if first else []
        asked += [first.isoformat()] if first else []
    among = f"FROM {records} WHERE {' AND '.join(where)}{release.seen}"
    total = release.db.execute(f"SELECT count(*) {among}", asked).fetchone()[0]
    keys = [
        key for (key,) in release.db.execute(f"SELECT key {among} ORDER BY id LIMIT ? OFFSET ?", [*asked, size, start])
    ]
    rows: list[Row] = []
    for place in range(0, len(keys), 500):
        rows += release.cards(keys[place : place + 500], lang="en").values()
    return total, rows
