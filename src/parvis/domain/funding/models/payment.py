from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from parvis.domain.funding.enums import PAID_NOTHING, ClaimState, OrderState
from parvis.domain.funding.models.convention import Instalment, Report
from parvis.domain.funding.models.grant import Grant
from parvis.register.fields import RefField
from parvis.register.history import tracked


@tracked
class PaymentOrder(models.Model):
    """An order to pay an instalment, sent to the finance system, and what it answered.

    ``told_in`` is the report, accepted already, that accounts for a payment the bank sent back.
    """

    instalment = models.ForeignKey(Instalment, on_delete=models.PROTECT, related_name="orders")
    number = models.CharField(max_length=20, unique=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    decision = RefField(nouns=("decision",))
    state = models.CharField(max_length=10, choices=OrderState.choices, default=OrderState.ISSUED)
    issued = models.DateField()
    exported = models.DateField(null=True, blank=True)
    paid = models.DateField(null=True, blank=True)
    returned = models.DateField(null=True, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    told_in = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, blank=True, related_name="sent_back")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(name="order_state_is_known", condition=Q(state__in=OrderState.values)),
            models.UniqueConstraint(
                name="an_instalment_has_one_order_under_way",
                fields=["instalment"],
                condition=~Q(state__in=PAID_NOTHING),
            ),
            models.CheckConstraint(
                name="a_paid_order_says_when", condition=~Q(state=OrderState.PAID) | Q(paid__isnull=False)
            ),
            models.CheckConstraint(
                name="what_was_sent_back_says_when_and_why",
                condition=Q(state=OrderState.RETURNED, returned__gte=F("paid")) & ~Q(reason="")
                | ~Q(state=OrderState.RETURNED) & Q(returned__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.number


@tracked
class RecoveryClaim(models.Model):
    """An order to pay back what was not spent, or not spent as agreed; reasoned, on a decision."""

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="claims")
    envelope = RefField(nouns=("envelope",))
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    reason = models.CharField(max_length=300)
    decision = RefField(nouns=("decision",))
    issued = models.DateField()
    due = models.DateField()
    state = models.CharField(max_length=10, choices=ClaimState.choices, default=ClaimState.ISSUED)
    settled = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(name="recovery_state_is_known", condition=Q(state__in=ClaimState.values)),
            models.CheckConstraint(name="recovery_asks_for_something", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="recovery_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.grant} {self.amount}"

    @property
    def reference(self) -> str:
        """What the entries of the ledger name this claim by: it alone tells how much came back."""
        return f"R-{self.pk:06d}"
