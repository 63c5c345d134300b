from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from parvis.domain.funding.enums import RequestState
from parvis.domain.funding.models.applicant import ApplicantBody
from parvis.domain.funding.models.asked import Asked
from parvis.domain.funding.models.crisis import Crisis
from parvis.domain.funding.models.grant import Grant


class EmergencyRequest(Asked):
    """What a body asks for in a crisis, in three answers: how much, what for, where. Its clock runs from here."""

    crisis = models.ForeignKey(Crisis, on_delete=models.PROTECT, related_name="requests")
    body = models.ForeignKey(ApplicantBody, on_delete=models.PROTECT, related_name="emergencies")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    purpose = models.CharField(max_length=1000)
    place = models.CharField(max_length=200)
    grant = models.OneToOneField(Grant, on_delete=models.PROTECT, null=True, blank=True, related_name="emergency")

    class Meta(Asked.Meta):
        constraints = [
            models.UniqueConstraint(
                name="a_body_asks_once_at_a_time_in_a_crisis",
                fields=["crisis", "body"],
                condition=Q(state=RequestState.WAITING),
            ),
            models.CheckConstraint(name="emergency_state_is_known", condition=Q(state__in=RequestState.values)),
            models.CheckConstraint(
                name="an_emergency_is_told", condition=Q(amount__gt=0) & ~Q(purpose="") & ~Q(place="")
            ),
            models.CheckConstraint(
                name="an_emergency_taken_up_has_its_grant",
                condition=~Q(state=RequestState.ACCEPTED) | Q(grant__isnull=False),
            ),
            models.CheckConstraint(
                name="a_refused_emergency_says_why", condition=~Q(state=RequestState.REFUSED) | ~Q(answer="")
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What one quotes when one writes about it: its year is that of the city's calendar."""
        asked = timezone.localtime(self.asked_at, timezone.get_default_timezone())
        return f"U-{asked.year}-{self.pk:05}"
