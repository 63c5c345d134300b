"""What a machine asks of a list. What means nothing is left aside, and the answer says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict

from parvis.foundation.values import PartialDate
from parvis.publication.reader import SORTS, Filters, Release

PAGE_SIZE = 100
_MOST_A_PAGE = 1000
_FIELDS = {
    "kind": "kinds",
    "state": "states",
    "theme": "themes",
    "area": "areas",
    "country": "countries",
    "year": "years",
    "fund": "funds",
    "body": "bodies",
    "place": "places",
}
#: ``view`` is how people look at the same list: it changes nothing here.
_KNOWN = frozenset({*_FIELDS, "from", "to", "q", "on", "sort", "page", "size", "view"})


class NoSuchDay(ValueError):  # an answer
    """A date that cannot be, or lies after the release."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A list asked for."""

    filters: Filters
    on: date | None
    sort: str
    page: int
    size: int
    left_aside: tuple[str, ...] = field(default=())


def asked_of(
    query: QueryDict,
    release: Release,
    nouns: tuple[str, ...],
    *,
    sort: str,
    fixed: Mapping[str, tuple[str, ...]] | None = None,
) -> Asked:
    """Read a query. Raises NoSuchDay for a day that cannot be; anything else unknown is left aside."""
    aside = [f"{name}=" for name in sorted(query) if name not in _KNOWN]
    chosen = {field: _values(query, name, release, nouns, aside) for name, field in _FIELDS.items()}
    for name, values in (fixed or {}).items():
        chosen[name] = chosen[name] or values
    filters = Filters(
        **chosen,
        from_year=_number(query, "from", aside, most=9999),
        to_year=_number(query, "to", aside, most=9999),
        text=query.get("q", "").strip()[:200],
    )
    order = query.get("sort", sort)
    if order not in SORTS:
        aside.append(f"sort={order[:40]}")
        order = sort
    page = _number(query, "page", aside, most=10**9) or 1
    size = min(_number(query, "size", aside, most=10**9) or PAGE_SIZE, _MOST_A_PAGE)
    return Asked(filters, day_asked(query, release), order, page, size, tuple(aside))


def _values(query: QueryDict, name: str, release: Release, nouns: tuple[str, ...], aside: list[str]) -> tuple[str, ...]:
    asked = tuple(dict.fromkeys(query.getlist(name)))
    if not asked:
        return ()
    known = release.values(nouns, name)
    aside += [f"{name}={value[:40]}" for value in asked if value not in known]
    return tuple(value for value in asked if value in known)


def _number(query: QueryDict, name: str, aside: list[str], *, most: int) -> int | None:
    text = query.get(name, "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) <= 12 and 0 < int(text) <= most:
        return int(text)
    aside.append(f"{name}={text[:40]}")
    return None


def day_asked(query: QueryDict, release: Release) -> date | None:
    """The day described; the last one of a year or a month, and never after the release."""
    text = query.get("on", "").strip()
    if not text:
        return None
    try:
        asked = PartialDate.parse(text)
    except ValueError as fault:
        raise NoSuchDay(text[:40]) from fault
    first, last = asked.earliest, asked.latest
    if first is None or last is None or "/" in text or first > release.day:
        raise NoSuchDay(text[:40])
    return min(last, release.day)
