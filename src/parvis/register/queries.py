"""Reads of the register."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from parvis.foundation.values.partial_date import PartialDate
from parvis.register.enums import Verdict
from parvis.register.models import Conflict, Judgement, Statement, Subject, Text

#: Words that announce something for a year to come, in the four languages of the screens.
_AHEAD = re.compile(
    r"\b(?:by|before|until|d[’']ici(?: à)?|avant|jusqu[’']en|en|para|antes de|hasta|até|in)"
    r"\s+((?:19|20)\d{2})\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:will|shall|is to be|are to be|sera|seront|doit|doivent|prévoit|prévue?s?"
    r"|será|serán|serão|prevé|prevê)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class StaleText:
    """A text whose time has gone by while it still speaks of the future."""

    text: Text
    until: date
    declared: bool


def about(key: str, property_name: str) -> QuerySet[Statement]:
    """Statements on one property of a record; combine with ``known_at`` and ``true_on``."""
    return Statement.objects.filter(subject__key=key, property=property_name).select_related(
        "source__subject", "subject", "said_by"
    )


def conflicts_about(subject: Subject) -> QuerySet[Conflict]:
    return Conflict.objects.filter(about=subject).select_related("subject")


def disagreeing() -> QuerySet[Statement]:
    """Held statements on a property on which another held statement gives another number."""
    other = Statement.objects.held().filter(number__isnull=False)
    pairs = other.values("subject", "property").annotate(low=F("number")).values_list("subject", "property", "number")
    seen: dict[tuple[int, str], set[object]] = {}
    for subject, name, number in pairs:
        seen.setdefault((subject, name), set()).add(number)
    subjects = {subject for (subject, _name), numbers in seen.items() if len(numbers) > 1}
    return other.filter(subject__in=subjects).select_related("subject", "source__subject")


def stale_texts(on: date, texts: Iterable[Text] | None = None) -> Iterator[StaleText]:
    """Texts that speak in the future tense of a day gone by: by their declared end, or by their words."""
    for text in Text.objects.select_related("subject") if texts is None else texts:
        until, declared = _speaks_until(text)
        if until and until < on:
            yield StaleText(text, until, declared=declared)


def standing_judgements(subject: Subject) -> QuerySet[Judgement]:
    """Judgements that hold on a record, whichever side it stands on."""
    standing = Judgement.objects.filter(undone_at__isnull=True).select_related("left", "right", "judged_by")
    return standing.filter(left=subject) | standing.filter(right=subject)


def same_as(subject: Subject) -> set[str]:
    """Keys of every record judged to be the same thing as this one, however many steps away."""
    return _reached(subject.key, _neighbours("key"))


def judged_same() -> dict[int, frozenset[int]]:
    """For each record that has a double, every other one judged to be the same thing."""
    neighbours = _neighbours("pk")
    return {one: frozenset(_reached(one, neighbours)) for one in neighbours}


def _neighbours(name: str) -> dict[Any, set[Any]]:
    pairs = Judgement.objects.filter(undone_at__isnull=True, verdict=Verdict.SAME)
    neighbours: dict[Any, set[Any]] = {}
    for left, right in pairs.values_list(f"left__{name}", f"right__{name}"):
        neighbours.setdefault(left, set()).add(right)
        neighbours.setdefault(right, set()).add(left)
    return neighbours


def _reached(start: Any, neighbours: dict[Any, set[Any]]) -> set[Any]:
    found, ahead = {start}, [start]
    while ahead:
        fresh = neighbours.get(ahead.pop(), set()) - found
        found |= fresh
        ahead.extend(fresh)
    return found - {start}


def _speaks_until(text: Text) -> tuple[date | None, bool]:
    if text.future_until:
        return PartialDate.parse(text.future_until).latest, True
    if not _FUTURE.search(text.body):
        return None, False
    years = [int(year) for year in _AHEAD.findall(text.body)]
    return (date(max(years), 12, 31), False) if years else (None, False)
