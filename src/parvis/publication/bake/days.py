"""When a record holds, read from the columns that say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from parvis.foundation.values import PartialDate

#: Columns that say when something begins, the first one filled counts; and those that say when it is over.
BEGINS = (
    "voted", "signed", "in_force_from", "starts", "since", "joined", "awarded", "valid_from", "from", "from_day",
    "founded", "adopted", "unveiled", "made", "asked", "day", "date", "when", "actual",
)  # fmt: skip
#: When it was known to be so: it dates a record that bears no other date, and begins nothing.
KNOWN_ON = ("as_of", "stage_as_of", "state_as_of")
#: The day named is the first one on which it no longer holds; and those that name the last day of all.
ENDS = ("end", "until", "valid_to", "to", "to_day", "repealed")
LAST_DAYS = ("ends", "closed")
#: What happens, rather than lasts: once it has begun, no later day makes it untrue.
ACTS = frozenset(
    {"event", "mission", "decision", "honour", "memorial", "commemoration", "promise", "claim", "question",
     "story", "source", "conflict", "grant"}
)  # fmt: skip

#: What counts in the year it was decided, however long it goes on.
OF_ONE_YEAR = frozenset({"grant"})


@lru_cache(maxsize=50_000)
def first_day(text: str) -> str | None:
    """First day a partial date may be."""
    day = PartialDate.parse(text).earliest
    return day.isoformat() if day else None


@lru_cache(maxsize=50_000)
def last_day(text: str) -> str | None:
    """Last day a partial date may be."""
    day = PartialDate.parse(text).latest
    return day.isoformat() if day else None


@lru_cache(maxsize=50_000)
def day_before(text: str) -> str | None:
    """Last day something may hold that no longer does on the date given."""
    day = PartialDate.parse(text).latest
    return (day - timedelta(days=1)).isoformat() if day else None


def known_on(row: Mapping[str, Any]) -> str | None:
    """First day on which something is known to be so."""
    told = told_first(row, KNOWN_ON)
    return first_day(told) if told else None


def told_first(row: Mapping[str, Any], names: Iterable[str]) -> Any:
    """The first of these columns that says something; None where the row has none of them."""
    for name in names:
        if said := row.get(name):
            return said
    return None


class Span(NamedTuple):
    """From a day to a day, both included; None where nothing says."""

    start: str | None = None
    end: str | None = None


@lru_cache(maxsize=500)
def _telling(dated: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    """Of a table's columns that bear dates, those that begin something, end it, or name its last day."""
    return tuple(tuple(name for name in names if name in dated) for names in (BEGINS, ENDS, LAST_DAYS))


def span_of(row: Mapping[str, Any], dated: frozenset[str]) -> Span:
    """When a row holds. ``dated`` are its columns that bear dates."""
    begins, ends, lasts = _telling(dated)
    return _span(told_first(row, begins), told_first(row, ends), told_first(row, lasts))


@lru_cache(maxsize=50_000)
def _span(start: str | None, over: str | None, last: str | None) -> Span:
    end = day_before(over) if over else last_day(last) if last else None
    return Span(first_day(start) if start else None, end)


def around(spans: Iterable[Span]) -> Span:
    """From the first beginning to the last end; open where one of them is open."""
    known = list(spans)
    starts = [span.start for span in known if span.start]
    ends = [span.end for span in known]
    over = max((end for end in ends if end), default=None) if all(ends) else None
    return Span(min(starts, default=None), over)


def in_force(rows: Iterable[Mapping[str, Any]], dated: frozenset[str]) -> Span | None:
    """When something is in force, or may be, by what the room worked out; None when it says nothing of it."""
    told = list(rows)
    open_spans = [span_of(row, dated) for row in told if row.get("standing") != "no"]
    if not open_spans:
        return None
    starts = [span.start for span in open_spans]
    return Span(min(s for s in starts if s) if all(starts) else None, around(open_spans).end)


def year(day: str | None) -> int | None:
    return int(day[:4]) if day else None
