"""Two days in one cell, and an end that has not come: “12-15 mai 2014”, “du 30 mai au 2 juin”, “2014 – en cours”."""

from __future__ import annotations

import re
from datetime import date, timedelta

from parvis.foundation.values.partial_date import PartialDate
from parvis.foundation.values.text import fold

from .values import NotSo, Writing, day

_ = str  # marks a sentence for translation

#: What is written where something is not over.
_STILL = frozenset(
    (
        "en cours", "encours", "toujours en cours", "a ce jour", "aujourd hui", "actuel", "actuellement", "present",
        "ongoing", "on going", "current", "in progress", "to date", "now", "today", "en curso", "actualidad",
        "la actualidad", "actual", "hasta la fecha", "hoy", "em curso", "em andamento", "atual", "atualmente",
        "presente", "ate a data", "hoje",
    )
)  # fmt: skip
_SINCE = re.compile(r"(?i)^(?:depuis|since|desde)\s+(?:le\s+|the\s+|el\s+|o\s+)?")
_FROM = re.compile(r"(?i)^(?:du|de|del|from|entre le|between)\s+(?:the\s+|el\s+|o\s+)?")
_BETWEEN = re.compile(r"(?i)\s+(?:jusqu['’]au|jusqu['’]à|au|à|to|until|till|hasta|até|al|ao|a)\s+|\s*[–—→]\s*|\s+-\s+")
#: Where a hyphen without spaces stands between two days, and not within one.
_HYPHENS = (
    re.compile(r"^(\d{1,2})-(\d{1,2}\s+[^\W\d])"),  # 12-15 mai 2014
    re.compile(r"^(\d{4})-(\d{4})$"),  # 2014-2016
    re.compile(r"^([^\W\d]+)-([^\W\d]+\.?\s+\d{4})$"),  # mai-juin 2014
    re.compile(r"^(\d{1,2}[/.]\d{1,2}(?:[/.]\d{4})?)-(\d{1,2}[/.]\d{1,2}[/.]\d{4})$"),  # 12/05/2014-15/05/2014
)
_MONTH_FIRST = re.compile(r"^([^\W\d]+)\s+(\d{1,2})\s*[-–]\s*(\d{1,2}),?\s+(\d{4})$")
_NUMBER = re.compile(r"^\d{1,2}(?:er|st|nd|rd|th)?$")
_ITS_DAY = re.compile(r"^\d{1,2}(?:er|st|nd|rd|th)?(?=[\s/.])")
_YEAR = re.compile(r"([\s/.]\d{4})$")


def is_open(text: str) -> bool:
    """Whether the cell says that something goes on: it has no last day."""
    return fold(text) in _STILL


def span(text: str, writing: Writing) -> tuple[str, str] | None:
    """The first day and the last, empty where it goes on; nothing where the cell holds no two days. Raises NotSo."""
    said = " ".join(text.split())
    since = _SINCE.match(said)
    parts = _apart(_FROM.sub("", said[since.end() :] if since else said))
    if len(parts) > 2 or not all(parts) or (len(parts) == 1 and not since):
        return None
    first, last = parts[0], parts[1] if len(parts) > 1 else ""
    goes_on = not last or is_open(last)
    try:
        start = day(first if goes_on else _completed(first, last), writing)
        end = "" if goes_on else day(last, writing)
    except NotSo:
        return None
    if end and _before(end, start):
        raise NotSo(_("“%(value)s” ends before it starts."), value=text)
    return start, end


def following(last: str) -> str:
    """What comes after a last day, month or year, as precise as it: for an end that is the first day without it."""
    latest = PartialDate.parse(last).latest or date.max
    return last if latest == date.max else (latest + timedelta(days=1)).isoformat()[: len(last)]


def _apart(said: str) -> list[str]:
    if found := _MONTH_FIRST.match(said):
        month, first, last, year = found.groups()
        return [f"{month} {first} {year}", f"{month} {last} {year}"]
    for hyphen in _HYPHENS:
        said = hyphen.sub(r"\1 - \2", said)
    return [part.strip() for part in _BETWEEN.split(said)]


def _completed(first: str, last: str) -> str:
    """The first day with the month and the year that only the last one says."""
    if _NUMBER.match(first) and _ITS_DAY.match(last):
        return first + _ITS_DAY.sub("", last)
    year = _YEAR.search(last)
    return first + year[1] if year and not re.search(r"\d{4}", first) else first


def _before(end: str, start: str) -> bool:
    last, first = PartialDate.parse(end).latest, PartialDate.parse(start).earliest
    return bool(last and first and last < first)
