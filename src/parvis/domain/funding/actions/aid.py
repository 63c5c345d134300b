"""What is done with the yearly declaration of aid: costs that are no grant, and the filing itself."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from parvis.domain.funding.errors import NothingToDeclare, SameAsFiled
from parvis.domain.funding.models import AidCost, AidDeclaration
from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal


@transaction.atomic
def record_aid_cost(
    *, year: int, part: str, amount: Decimal, currency: str, words: str, told_by: str, by: User, at: datetime,
    country: str = "",
) -> AidCost:  # fmt: skip
    """Record aid of a year that is no grant."""
    cost = AidCost(
        year=year, part=part, country=country, amount=amount, currency=currency, words=words, told_by=told_by,
        entered_at=at, entered_by=by,
    )  # fmt: skip
    cost.full_clean()
    cost.save()
    journal.write("aid cost recorded", about=f"aid-{year}", by=by, at=at, cost=cost.pk, amount=str(amount))
    return cost


@transaction.atomic
def take_back_aid_cost(*, cost: AidCost, by: User, at: datetime) -> AidCost:
    """Take a cost back that was entered by mistake. It is kept, and no longer counted."""
    cost = AidCost.objects.select_for_update().get(pk=cost.pk)
    if cost.taken_back_at is None:
        cost.taken_back_at, cost.taken_back_by = at, by
        cost.save(update_fields=["taken_back_at", "taken_back_by"])
        journal.write("aid cost taken back", about=f"aid-{cost.year}", by=by, at=at, cost=cost.pk)
    return cost


@transaction.atomic
def file_aid_declaration(
    *, year: int, lines: list[dict[str, Any]], digest: str, by: User, at: datetime, reference: str = "", note: str = ""
) -> AidDeclaration:
    """Keep a declaration as it is sent. Raises NothingToDeclare, SameAsFiled."""
    if not lines:
        raise NothingToDeclare(year=year)
    last = AidDeclaration.objects.filter(year=year).order_by("number").last()
    number = last.number + 1 if last else 1
    if last is not None and last.digest == digest:
        raise SameAsFiled(number=last.number)
    facts = {"lines": lines, "digest": digest, "reference": reference, "note": note}
    try:
        with transaction.atomic():
            filed = AidDeclaration.objects.create(year=year, number=number, filed_at=at, filed_by=by, **facts)
    except IntegrityError as twice:  # somebody filed it this very moment
        raise SameAsFiled(number=number) from twice
    journal.write("aid declaration filed", about=f"aid-{year}", by=by, at=at, number=filed.number, digest=digest)
    return filed
