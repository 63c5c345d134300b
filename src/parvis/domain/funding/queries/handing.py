"""Files of orders to pay that were handed over, and who may take one again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

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


def orders_to_restore(grant: Grant) -> list[PaymentOrder]:
    """Orders refused or sent back of instalments that nobody ordered again: the last of each, if it was a mistake.

    Only while as much is left to order: not where something is ordered in its place, nor where the grant was lowered.
    """
    return [order for order in _last_unpaid(grant) if may_pay_after_all(order)]


def orders_above_what_is_left(grant: Grant) -> list[tuple[PaymentOrder, Decimal]]:
    """The same of which less is left to order, and how much: to be said as paid, the grant is raised first.

    Of an instalment that was planned again, only while something is: else what is in its place is ordered or paid.
    """
    each = ((order, _left_for(order)) for order in _last_unpaid(grant))
    return [(order, left) for order, left in each if left < order.amount and (left or not order.instalment.set_aside)]


def may_pay_after_all(order: PaymentOrder) -> bool:
    """Whether what its instalment is committed for is ordered by nothing else."""
    return _left_for(order) >= order.amount


def _last_unpaid(grant: Grant) -> QuerySet[PaymentOrder]:
    unpaid = grant.instalments.exclude(pk__in=grant.instalments.under_order())
    last = PaymentOrder.objects.filter(instalment__in=unpaid).order_by("instalment_id", "-pk")
    found = PaymentOrder.objects.filter(pk__in=last.distinct("instalment_id").values("pk"))
    return found.select_related("instalment__grant__subject", "instalment__envelope").order_by("pk")


def _left_for(order: PaymentOrder) -> Decimal:
    return unordered_of(order.instalment.grant, order.instalment.envelope)
