from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import Q

from parvis.domain.funding.enums import RequestState
from parvis.domain.funding.models.asked import Asked
from parvis.domain.funding.models.convention import Amendment, Convention


class AmendmentRequest(Asked):
    """What a beneficiary asks to change in its signed convention, why, and what the office answered."""

    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="requests")
    new_end = models.DateField(null=True, blank=True)
    reduction = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    increase = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    carried = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    purpose = models.CharField(max_length=300, blank=True)
    #: Other days from which instalments may be paid, by their number.
    dates = models.JSONField(default=dict, blank=True)
    reason = models.CharField(max_length=300)
    amendment = models.OneToOneField(Amendment, on_delete=models.PROTECT, null=True, blank=True, related_name="request")

    class Meta(Asked.Meta):
        constraints = [
            models.UniqueConstraint(
                name="one_amendment_is_asked_at_a_time", fields=["convention"], condition=Q(state=RequestState.WAITING)
            ),
            models.CheckConstraint(name="request_state_is_known", condition=Q(state__in=RequestState.values)),
            models.CheckConstraint(
                name="a_request_changes_something_for_a_reason",
                condition=~Q(reason="")
                & (
                    Q(new_end__isnull=False)
                    | Q(reduction__gt=0)
                    | Q(increase__gt=0)
                    | Q(carried__gt=0)
                    | ~Q(purpose="")
                    | ~Q(dates={})
                ),
            ),
            models.CheckConstraint(
                name="a_request_goes_one_way", condition=Q(reduction__isnull=True) | Q(increase__isnull=True)
            ),
            models.CheckConstraint(
                name="an_accepted_request_has_its_amendment",
                condition=~Q(state=RequestState.ACCEPTED) | Q(amendment__isnull=False),
            ),
            models.CheckConstraint(
                name="a_refused_request_says_why", condition=~Q(state=RequestState.REFUSED) | ~Q(answer="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.convention} {self.asked_at:%Y-%m-%d}"

    @property
    def days(self) -> list[tuple[str, date]]:
        """The instalments to be moved, by their number, each with its new day."""
        return [(number, date.fromisoformat(day)) for number, day in sorted(self.dates.items())]

    @property
    def change(self) -> Decimal | None:
        """What is asked of the amount: up, down, or nothing."""
        return self.increase or (-self.reduction if self.reduction else None)
