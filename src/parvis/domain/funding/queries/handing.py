"""Files of orders to pay that were handed over, and who may take one again."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from parvis.domain.funding.models import Grant, PaymentFile, PaymentOrder
from parvis.domain.funding.queries.duties import instalments_to_move
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
    """Orders refused or sent back of instalments that nobody ordered again: the last of each, if it was a mistake."""
    last = PaymentOrder.objects.filter(instalment__in=instalments_to_move(grant)).order_by("instalment_id", "-pk")
    return PaymentOrder.objects.filter(pk__in=last.distinct("instalment_id").values("pk")).order_by("pk")
