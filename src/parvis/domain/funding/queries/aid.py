"""Reads of the aid of a year: costs that are no grant, declarations that were filed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from parvis.domain.funding.models import AidCost, AidDeclaration


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
