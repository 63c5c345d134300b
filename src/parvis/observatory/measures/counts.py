"""Counts on a day, by year and by state, and how well dates are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from parvis.foundation.values.partial_date import PartialDate
from parvis.observatory.tables import Row, text


def agreements_in_force(standings: Iterable[Row], day: date) -> dict[str, int]:
    """How many agreements are in force on a day, are not, or cannot be told. Ends are excluded."""
    written = day.isoformat()
    told = Counter(
        row["standing"]
        for row in standings
        if (text(row, "from_day") or "0001") <= written < (text(row, "to_day") or "9999")
    )
    return {standing: told[standing] for standing in ("yes", "no", "not_known")}


def joined_by_year(memberships: Iterable[Row], members: Iterable[str]) -> dict[int, list[str]]:
    """Networks by the year one of these members joined. A year known only as a range stands nowhere."""
    wanted = set(members)
    found: dict[int, list[str]] = {}
    for row in memberships:
        joined = text(row, "joined")
        year = PartialDate.parse(joined).year if joined else None
        if row["member"] in wanted and year:
            found.setdefault(year, []).append(row["network"])
    return {year: sorted(set(found[year])) for year in sorted(found)}


def by_state(rows: Iterable[Row]) -> dict[str, int]:
    """How many rows are in each state, the most frequent first."""
    told = Counter(text(row, "state") or "not_known" for row in rows)
    return dict(sorted(told.items(), key=lambda pair: (-pair[1], pair[0])))


def dates_known(rows: Iterable[Row], column: str) -> dict[str, int]:
    """How well a date is known across rows: to the day, the month, the year, an interval, or not at all."""
    told = Counter(
        str(PartialDate.parse(text(row, column)).precision) if text(row, column) else "unknown" for row in rows
    )
    return {precision: told[precision] for precision in ("day", "month", "year", "interval", "unknown")}
