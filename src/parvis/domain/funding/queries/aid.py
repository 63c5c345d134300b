"""Reads of the aid of a year: costs that are no grant, declarations that were filed."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import MAXYEAR, date
from typing import Any

from django.db.models import QuerySet

from parvis.domain.funding.enums import OrderState
from parvis.domain.funding.models import AidCost, AidDeclaration, PaymentOrder
from parvis.domain.funding.queries.limits import funding_rule


def aid_costs(year: int | None = None) -> QuerySet[AidCost]:
    """Costs that stand, of one year or of all."""
    held = AidCost.objects.filter(taken_back_at__isnull=True)
    return held if year is None else held.filter(year=year)


def aid_costs_to_share() -> Iterator[dict[str, Any]]:
    """The same, as anyone may know them."""
    for cost in aid_costs():
        yield {
            "cost": str(cost.pk),
            "year": cost.year,
            "part": cost.part,
            "country": cost.country,
            "amount": cost.amount,
            "currency": cost.currency,
            "words": cost.words,
            "told_by": cost.told_by,
        }


def filed_declarations() -> QuerySet[AidDeclaration]:
    """Declarations filed, the latest year first, and of a year the latest first."""
    return AidDeclaration.objects.select_related("filed_by")


def declaration_before(year: int) -> AidDeclaration | None:
    """The last one filed, that a declaration of this year is set beside: of this very year, else of one before."""
    return filed_declarations().filter(year__lte=year).first()


def declaration_due(year: int) -> date | None:
    """The last day to declare what was paid in a year; none where the city declares nothing, or no day comes after."""
    if year >= MAXYEAR:
        return None
    month = int(funding_rule("aid_declared_month", date(year + 1, 1, 1)).value)
    return date(year + 1, month, monthrange(year + 1, month)[1]) if month else None


def declaration_law(year: int) -> str:
    """Where it is said that the aid of a year is declared."""
    return funding_rule("aid_declared_month", date(min(year + 1, MAXYEAR), 1, 1)).said


def aid_to_declare(on: date) -> date | None:
    """The last day to declare the aid of last year, where some was paid and no declaration of it is kept."""
    year = on.year - 1
    paid = PaymentOrder.objects.filter(state=OrderState.PAID, paid__year=year).exists() or aid_costs(year).exists()
    if not paid or AidDeclaration.objects.filter(year=year).exists():
        return None
    return declaration_due(year)
