from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from parvis.domain.funding.enums import PERSONAL, EmailKind, EmailState, Side
from parvis.domain.funding.models.application import Application
from parvis.domain.funding.models.wording import Letter


class Message(models.Model):
    """Words exchanged about a file between an applicant and the office."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="messages")
    side = models.CharField(max_length=10, choices=Side.choices)
    words = models.TextField(max_length=8000)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("written_at", "pk")
        constraints = [
            models.CheckConstraint(name="a_message_is_not_empty", condition=~Q(words="")),
            models.CheckConstraint(name="a_message_has_a_known_side", condition=Q(side__in=Side.values)),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"


class OutgoingEmailQuerySet(models.QuerySet["OutgoingEmail"]):
    def due_at(self, moment: datetime) -> Self:
        """Emails whose time to leave has come."""
        return self.filter(state=EmailState.WAITING, leaves_at__lte=moment)


class OutgoingEmail(models.Model):
    """An email that waits in the outbox, where an officer may read it, hold it back or let it go."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, null=True, blank=True, related_name="emails")
    kind = models.CharField(max_length=10, choices=EmailKind.choices, default=EmailKind.NOTICE)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    #: Whom it goes to where the person has no account yet.
    address = models.EmailField(blank=True)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, null=True, blank=True, related_name="emails")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=10, choices=EmailState.choices, default=EmailState.WAITING)
    written_at = models.DateTimeField()
    leaves_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    #: When a mail server first answered "later", since it was last let go.
    put_off_at = models.DateTimeField(null=True, blank=True)
    mended_at = models.DateTimeField(null=True, blank=True)
    #: What a reminder is about, so that it is written once.
    once = models.CharField(max_length=120, null=True, blank=True, unique=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OutgoingEmailQuerySet.as_manager()

    class Meta:
        ordering = ("-written_at", "-pk")
        constraints = [
            models.CheckConstraint(name="email_state_is_known", condition=Q(state__in=EmailState.values)),
            models.CheckConstraint(name="email_kind_is_known", condition=Q(kind__in=EmailKind.values)),
            models.CheckConstraint(
                name="an_email_goes_to_one_person",
                condition=Q(to__isnull=False, address="") | Q(to=None) & ~Q(address=""),
            ),
            models.CheckConstraint(
                name="a_sent_email_says_when", condition=~Q(state=EmailState.SENT) | Q(sent_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"email {self.pk}"

    @property
    def recipient(self) -> str:
        """The address it goes to."""
        return self.to.email if self.to else self.address

    @property
    def is_personal(self) -> bool:
        """Whether it carries a way in for one person."""
        return self.kind in PERSONAL
