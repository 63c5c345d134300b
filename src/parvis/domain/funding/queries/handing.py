"""Files of orders to pay that were handed over, and who may take one again."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from parvis.domain.funding.models import Grant, PaymentFile, PaymentOrder
from parvis.domain.funding.queries.duties import unordered_of
from parvis.domain.funding.queries.ties import grants_of_concern
from parvis.foundation.accounts.models import User


def payment_files() -> QuerySet[PaymentFile]:
    """Every file that was handed over, the latest first; their bytes are read one file at a time."""
    return PaymentFile.objects.defer("content").select_related("handed_by")


def file_concerns(file: PaymentFile, person: User, on: date) -> bool:
    """Whether a file pays a body this person is tied to: a colleague takes it."""
    paid = Grant.objects.filter(instalments__orders__number__in=file.orders).select_related("subject", "beneficiary")
    return bool(grants_of_concern(paid.distinct(), person, on))


def orders_to_restore(grant: Grant) -> QuerySet[PaymentOrder]:
    """Orders refused or sent back of instalments that nobody ordered again: the last of each, if it was a mistake.

    Of an instalment that was planned again, only while nothing is ordered in its place.
    """
    unpaid = grant.instalments.exclude(pk__in=grant.instalments.under_order())
    last = PaymentOrder.objects.filter(instalment__in=unpaid).order_by("instalment_id", "-pk")
    found = PaymentOrder.objects.filter(pk__in=last.distinct("instalment_id").values("pk"))
    aside = found.filter(instalment__set_aside__isnull=False).select_related("instalment__grant__subject")
    replaced = [order.pk for order in aside if not may_pay_after_all(order)]
    return found.exclude(pk__in=replaced).order_by("pk")


def may_pay_after_all(order: PaymentOrder) -> bool:
    """Whether what its instalment is committed for is ordered by nothing else."""
    due = order.instalment
    return unordered_of(due.grant, due.envelope) >= order.amount
