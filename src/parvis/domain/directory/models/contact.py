from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from parvis.domain.directory.enums import Channel
from parvis.register.fields import RefField
from parvis.register.models import Subject


class ContactQuerySet(models.QuerySet["Contact"]):
    def of(self, subject: Subject) -> Self:
        return self.filter(about=subject)

    def valid_on(self, day: date) -> Self:
        return self.filter(expires_on__gte=day)

    def expired_on(self, day: date) -> Self:
        return self.filter(expires_on__lt=day)


class Contact(models.Model):
    """Whom to reach at a body, kept in confidence until a day.

    It is no record: it has no page, no source, no table that could be shared, and no history, so that
    what expires is gone.
    """

    about = RefField(nouns=("body", "office", "place", "network"))
    person_name = models.CharField(max_length=120)
    role = models.CharField(max_length=120, blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    reached_at = models.CharField(max_length=200)
    expires_on = models.DateField()
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ("about", "person_name", "pk")
        constraints = [
            models.CheckConstraint(name="contact_channel_is_known", condition=Q(channel__in=Channel.values)),
            models.CheckConstraint(name="contact_can_be_reached", condition=~Q(person_name="") & ~Q(reached_at="")),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"
