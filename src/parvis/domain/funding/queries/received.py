"""Files the office received, narrowed and counted: one question for every count, one for the page shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When

from parvis.domain.funding.enums import FEWEST_REVIEWS
from parvis.domain.funding.models import Application, Review
from parvis.domain.funding.models.plain import bare
from parvis.foundation.accounts.models import User

#: What files are narrowed by, as an address names it.
FACETS = ("call", "state", "kind", "country", "band", "read")
#: Where one band of amounts ends and the next begins, in the currency of each call.
BANDS = (Decimal(5_000), Decimal(20_000), Decimal(50_000), Decimal(100_000))
ORDERS = {"number": "number", "asked": "asked", "-asked": "-asked", "sent": "submitted_at", "-sent": "-submitted_at"}
_WHERE = {"call": "call__subject__key", "state": "state", "kind": "body__kind", "country": "country"}


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: words in the title, the number or the name; and values of facets."""

    text: str = ""
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many files answer, and for each facet how many would with each of its values, all else kept."""

    total: int
    facets: Mapping[str, Mapping[str, int]]


def files_sought(sought: Sought, person: User) -> QuerySet[Application]:
    """Files that answer, but for those closed to this person, with ``band`` and ``read`` of each."""
    rows = _worded(sought.text, person)
    for facet, values in sought.chosen.items():
        if values:
            rows = rows.filter(**{f"{_WHERE.get(facet, facet)}__in": values})
    return rows


def files_counted(sought: Sought, person: User) -> Counted:
    """Every count of the list, from one question: files grouped by all facets at once, added up here."""
    names = [_WHERE.get(facet, facet) for facet in FACETS]
    groups = _worded(sought.text, person).order_by().values_list(*names).annotate(files=Count("pk"))
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


def _worded(text: str, person: User) -> QuerySet[Application]:
    rows = Application.objects.received().open_to(person).annotate(band=_band(), read=_read())
    for word in bare(text).split():
        rows = rows.filter(
            Q(plain_title__contains=word) | Q(body__plain_name__contains=word) | Q(number__icontains=word)
        )
    return rows


def _band() -> Any:
    """The band an amount falls in, by its place; empty where nothing was asked."""
    whens = [When(asked__lt=end, then=Value(str(place))) for place, end in enumerate(BANDS)]
    none = When(asked__isnull=True, then=Value(""))
    return Case(none, *whens, default=Value(str(len(BANDS))), output_field=CharField())


def _read() -> Any:
    """How many readings are signed, up to as many as ranking takes; each number asked of all readings at once."""
    signed = Review.objects.signed().order_by().values("application")
    whens = [
        When(pk__in=signed.annotate(n=Count("pk")).filter(n__gte=many).values("application"), then=Value(str(many)))
        for many in range(FEWEST_REVIEWS, 0, -1)
    ]
    return Case(*whens, default=Value("0"), output_field=CharField())


def page_of_files(sought: Sought, person: User, order: str, first: int, last: int) -> list[Application]:
    """The files of a page, each with its ``call_key`` and ``currency``, and no more of them than a line shows.

    Which they are is found first: bodies and readings of those before them are not read.
    """
    found = in_order(files_sought(sought, person), order).select_related(None).values("pk")[first:last]
    told = Application.objects.filter(pk__in=found).annotate(band=_band(), read=_read(), **_OF_THE_CALL)
    return list(in_order(told, order).select_related(None).select_related("body").only(*_ON_A_LINE))


_OF_THE_CALL = {"call_key": F("call__subject__key"), "currency": F("call__currency")}
_ON_A_LINE = ("number", "title", "state", "asked", "country", "submitted_at", "body__name", "body__kind")


def in_order(rows: QuerySet[Application], order: str) -> QuerySet[Application]:
    """Files one after another, with what a line shows. What is not known comes last."""
    name = ORDERS.get(order, "number")
    by = F(name.lstrip("-"))
    ordered = by.desc(nulls_last=True) if name.startswith("-") else by.asc(nulls_last=True)
    return rows.select_related("body", "call__subject").order_by(ordered, "number")
