"""Files the office received, narrowed and counted: one question for every count, one for the page shown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When

from parvis.domain.funding.enums import FEWEST_REVIEWS
from parvis.domain.funding.models import Application, Review
from parvis.domain.funding.models.plain import bare
from parvis.foundation.accounts.models import User
from parvis.foundation.accounts.prepared import rows_of

#: What files are narrowed by, as an address names it.
FACETS = ("call", "state", "kind", "country", "band", "read")
#: Where one band of amounts ends and the next begins, in the currency of each call.
BANDS = (Decimal(5_000), Decimal(20_000), Decimal(50_000), Decimal(100_000))
ORDERS = {"number": "number", "asked": "asked", "-asked": "-asked", "sent": "submitted_at", "-sent": "-submitted_at"}
#: Where a word is held whole, so many of its first signs show where it begins.
_SURE = 60
_WHERE = {"call": "call__subject__key", "state": "state", "kind": "body__kind", "country": "country"}


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: words of the title or the name as they begin, parts of the number; values of facets."""

    text: str = ""
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many files answer, and for each facet how many would with each of its values, all else kept."""

    total: int
    facets: Mapping[str, Mapping[str, int]]


def files_sought(sought: Sought, person: User) -> QuerySet[Application]:
    """Files that answer, but for those closed to this person."""
    rows = _worded(sought.text, person)
    for facet, values in sought.chosen.items():
        if values:
            told = {facet: _RECKONED[facet]()} if facet in _RECKONED else {}
            rows = rows.annotate(**told).filter(**{f"{_WHERE.get(facet, facet)}__in": values})
    return rows


def files_counted(sought: Sought, person: User) -> Counted:
    """Every count of the list, from one question: files grouped by all facets at once, added up here."""
    groups = _grouped(sought.text, person) if sought.text else rows_of(*_grouped_for(person.pk))
    chosen = [sought.chosen.get(facet) or None for facet in FACETS]
    facets: list[Counter[str]] = [Counter() for _facet in FACETS]
    total = 0
    for *values, files in groups:
        missed = [place for place, wanted in enumerate(chosen) if wanted and values[place] not in wanted]
        if not missed:
            total += files
            for place, value in enumerate(values):
                facets[place][value] += files
        elif len(missed) == 1:
            facets[missed[0]][values[missed[0]]] += files
    return Counted(total, dict(zip(FACETS, facets, strict=True)))


def _grouped(text: str, person: User) -> QuerySet[Application, tuple[Any, ...]]:
    names = [_WHERE.get(facet, facet) for facet in FACETS]
    rows = _worded(text, person).annotate(band=_band(), read=_read()).order_by()
    return rows.values_list(*names).annotate(files=Count("pk"))


@lru_cache(maxsize=256)
def _grouped_for(person: int) -> tuple[str, tuple[Any, ...]]:
    """The question of every count, as it is sent, where no words are looked for: to spell it is a third of its work."""
    question, asked = _grouped("", User(pk=person)).query.get_compiler(connection=connection).as_sql()
    return question, tuple(asked)


def _worded(text: str, person: User) -> QuerySet[Application]:
    rows = Application.objects.received().open_to(person)
    for word in bare(text).split():
        rows = rows.filter(_begun("plain_title", word) | _begun("body__plain_name", word) | Q(number__icontains=word))
    return rows


def _begun(column: str, word: str) -> Q:
    """Whether a word of a column begins so: "eau" is in "l'eau" and "eaux", and not in "reseau".

    The costly pattern is asked of those alone that hold the word at all, and of its first signs alone: the database
    refuses one too long. What is no word is found anywhere.
    """
    held = Q(**{f"{column}__contains": word})
    return held & Q(**{f"{column}__regex": rf"(^|\W){re.escape(word[:_SURE])}"}) if word[0].isalnum() else held


def _band() -> Any:
    """The band an amount falls in, by its place; empty where nothing was asked."""
    whens = [When(asked__lt=end, then=Value(str(place))) for place, end in enumerate(BANDS)]
    none = When(asked__isnull=True, then=Value(""))
    return Case(none, *whens, default=Value(str(len(BANDS))), output_field=CharField())


def _read() -> Any:
    """How many readings are signed, up to as many as ranking takes; each number asked of all readings at once."""
    signed = Review.objects.signed().order_by().values("application")
    several = signed.annotate(n=Count("pk"))
    whens = [
        When(pk__in=several.filter(n__gte=many).values("application") if many > 1 else signed, then=Value(str(many)))
        for many in range(FEWEST_REVIEWS, 0, -1)
    ]
    return Case(*whens, default=Value("0"), output_field=CharField())


#: Facets that no column holds: what they are is reckoned where they are asked for.
_RECKONED = {"band": _band, "read": _read}


def page_of_files(sought: Sought, person: User, order: str, first: int, last: int) -> list[Application]:
    """The files of a page, each with its ``call_key``, ``currency`` and ``read``, and no more than a line shows.

    Which they are is found first: bodies and readings of those before them are not read.
    """
    ordered = in_order(files_sought(sought, person), order).select_related(None)
    found = list(ordered.values_list("pk", flat=True)[first:last])
    read = Review.objects.signed().filter(application__in=found).order_by().values_list("application")
    signed = dict(read.annotate(Count("pk")))
    told: dict[Any, Any] = (
        Application.objects.annotate(**_OF_THE_CALL).select_related("body").only(*_ON_A_LINE).in_bulk(found)
    )
    for pk, file in told.items():
        file.read = str(min(signed.get(pk, 0), FEWEST_REVIEWS))
    return [told[pk] for pk in found if pk in told]


_OF_THE_CALL = {"call_key": F("call__subject__key"), "currency": F("call__currency")}
_ON_A_LINE = ("number", "title", "state", "asked", "country", "submitted_at", "body__name", "body__kind")


def in_order(rows: QuerySet[Application], order: str) -> QuerySet[Application]:
    """Files one after another, with what a line shows. What is not known comes last."""
    name = ORDERS.get(order, "number")
    by = F(name.lstrip("-"))
    ordered = by.desc(nulls_last=True) if name.startswith("-") else by.asc(nulls_last=True)
    return rows.select_related("body", "call__subject").order_by(ordered, "number")
