"""All that a body receives in a year, beside the thresholds of the law: they are sums in the money of the city."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db.models import Sum

from parvis.domain.funding.enums import GrantState
from parvis.domain.funding.models import Grant
from parvis.domain.funding.queries.limits import city_currency, funding_rule
from parvis.register.models import Subject
from parvis.register.reading import money_said

ZERO = Decimal(0)
_GIVEN = (GrantState.AWARDED, GrantState.CLOSED)


def yearly_by_currency(body: Subject, year: int) -> dict[str, Decimal]:
    """All that a body receives in a year, cash and in kind, each currency apart: no rate is kept here."""
    found = Grant.objects.filter(beneficiary=body, year=year, state__in=_GIVEN).order_by("currency")
    sums = found.values_list("currency").annotate(Sum("amount_voted"))
    return {currency: total for currency, total in sums if total}


def yearly_total(body: Subject, year: int) -> Decimal:
    """What of it counts against a threshold: what is given in the money of the city."""
    return yearly_by_currency(body, year).get(city_currency(), ZERO)


def yearly_beside(body: Subject, year: int) -> str:
    """What of it counts against none, in words: what is given in other money. Nothing where there is none."""
    return beside_said(yearly_by_currency(body, year))


def beside_said(sums: dict[str, Decimal]) -> str:
    """Sums that are not in the money of the city, in words."""
    return ", ".join(money_said(total, code) for code, total in sums.items() if total and code != city_currency())


def convention_threshold(on: date) -> Decimal:
    return funding_rule("convention_above", on).value
