"""When a record holds, read from the columns that say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from parvis.foundation.values import PartialDate

#: Columns that say when something begins, the first one filled counts; and those that say when it is over.
BEGINS = (
    "signed", "in_force_from", "starts", "since", "valid_from", "from", "held_from", "founded", "adopted",
    "unveiled", "made", "asked", "day", "date", "when", "actual", "as_of", "stage_as_of", "state_as_of",
)  # fmt: skip
ENDS = ("until", "ends", "valid_to", "to", "held_to", "closed")
#: What happens, rather than lasts: once it has begun, no later day makes it untrue.
ACTS = frozenset(
    {"event", "mission", "decision", "honour", "memorial", "commemoration", "promise", "claim", "question",
     "story", "source", "conflict"}
)  # fmt: skip


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


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to a day, both included; None where nothing says."""

    start: str | None = None
    end: str | None = None


def span_of(row: Mapping[str, Any], dated: frozenset[str]) -> Span:
    """When a row holds. ``dated`` are its columns that bear dates."""
    start = next((row[name] for name in BEGINS if name in dated and row[name]), None)
    end = next((row[name] for name in ENDS if name in dated and row[name]), None)
    return Span(first_day(start) if start else None, last_day(end) if end else None)


def around(spans: Iterable[Span]) -> Span:
    """From the first beginning to the last end; open where one of them is open."""
    known = list(spans)
    starts = [span.start for span in known if span.start]
    ends = [span.end for span in known]
    over = max((end for end in ends if end), default=None) if all(ends) else None
    return Span(min(starts, default=None), over)


def year(day: str | None) -> int | None:
    return int(day[:4]) if day else None
