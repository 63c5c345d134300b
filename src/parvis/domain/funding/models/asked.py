from __future__ import annotations

from django.conf import settings
from django.db import models

from parvis.domain.funding.enums import RequestState


class Asked(models.Model):
    """Something a body asks of the office at the counter: when and by whom, where it stands, what was answered."""

    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.WAITING)
    language = models.CharField(max_length=2)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True
        ordering = ("-asked_at", "-pk")
