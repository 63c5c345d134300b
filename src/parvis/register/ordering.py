"""Dates known in part, put in order by the database itself."""

from __future__ import annotations

from django.db.models import CharField, F, Func, Q, Value
from django.db.models.functions import Left, Length
from django.db.models.lookups import LessThanOrEqual

from parvis.foundation.values.partial_date import PartialDate


def _end_of_interval(field: str, place: int) -> Func:
    return Func(F(field), Value("/"), Value(place), function="split_part", output_field=CharField())


def dates_in_order(first: str, last: str) -> Q:
    """That ``last`` may come at or after ``first``, as far as their precision can tell.

    ``2015-05`` then ``2015`` is in order: the end may be in December. An empty date, or an open end,
    proves nothing and passes.
    """
    start, end = _end_of_interval(first, 1), _end_of_interval(last, -1)
    return (
        Q(**{first: ""})
        | Q(**{last: ""})
        | Q(**{f"{last}__endswith": ".."})
        | Q(LessThanOrEqual(Left(start, Length(end)), end))
    )


def known_date(text: str) -> PartialDate | None:
    """The date a column holds; None where it is empty, which is a date not known."""
    return PartialDate.parse(text) if text else None
