from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from parvis.domain.funding.enums import Advice
from parvis.domain.funding.models.grant import Grant
from parvis.register.fields import RefField
from parvis.register.history import tracked


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def standing(self) -> Self:
        """Those that nobody has taken back."""
        return self.filter(taken_back_at__isnull=True)


@tracked
class Opinion(models.Model):
    """What an office says, before it is decided, of a grant asked for outside any call: for, against, and why.

    An office has one opinion of a grant: given again, the later one stands, and history keeps the earlier. One noted
    by mistake is taken back for a reason: it stays told, and counts no more.
    """

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="opinions")
    office = RefField(nouns=("office",))
    advice = models.CharField(max_length=12, choices=Advice.choices)
    given = models.DateField()
    reason = models.CharField(max_length=1000)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    taken_back_why = models.CharField(max_length=300, blank=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        ordering = ("given", "pk")
        constraints = [
            models.UniqueConstraint(
                name="an_office_has_one_opinion_of_a_grant",
                fields=["grant", "office"],
                condition=Q(taken_back_at__isnull=True),
            ),
            models.CheckConstraint(
                name="an_opinion_is_taken_back_for_a_reason",
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True, taken_back_why="")
                | Q(Q(taken_back_at__isnull=False, taken_back_by__isnull=False), ~Q(taken_back_why="")),
            ),
            models.CheckConstraint(name="advice_is_known", condition=Q(advice__in=Advice.values)),
            models.CheckConstraint(name="an_opinion_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.grant} {self.advice}"
