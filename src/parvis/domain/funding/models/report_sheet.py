from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from parvis.domain.funding.enums import ReportKind
from parvis.domain.funding.models.convention import Report
from parvis.domain.funding.models.grant import Grant


class ReportSheet(models.Model):
    """A report as its beneficiary writes it at the counter, on the form as it stood when it was begun. Sent once.

    ``budget`` repeats the budget of the file that was sent: what the accounts are compared with.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="sheets")
    kind = models.CharField(max_length=10, choices=ReportKind.choices)
    turn = models.PositiveSmallIntegerField()
    form = models.JSONField()
    budget = models.JSONField(default=dict)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    language = models.CharField(max_length=2, blank=True)
    content = models.JSONField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    report = models.OneToOneField(Report, on_delete=models.PROTECT, null=True, blank=True, related_name="sheet")

    class Meta:
        ordering = ("grant", "kind", "turn")
        constraints = [
            models.UniqueConstraint(name="one_sheet_a_turn", fields=["grant", "kind", "turn"]),
            models.UniqueConstraint(
                name="one_sheet_is_written_at_a_time", fields=["grant", "kind"], condition=Q(sent_at__isnull=True)
            ),
            models.CheckConstraint(name="sheet_kind_is_known", condition=Q(kind__in=ReportKind.values)),
            models.CheckConstraint(
                name="a_sheet_sent_has_its_report",
                condition=Q(sent_at__isnull=True) | Q(report__isnull=False, sent_by__isnull=False) & ~Q(digest=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grant} {self.kind} {self.turn}"


class ReportEntry(models.Model):
    """What is written in one field of a report. ``others`` keeps every text written beside it at the same time."""

    sheet = models.ForeignKey(ReportSheet, on_delete=models.CASCADE, related_name="entries")
    field = models.CharField(max_length=60)
    value = models.JSONField(null=True)
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    window = models.CharField(max_length=40, blank=True)
    others = models.JSONField(default=list)

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "report entries"
        constraints = [models.UniqueConstraint(name="one_entry_a_field", fields=["sheet", "field"])]

    def __str__(self) -> str:
        return f"{self.field} of {self.sheet_id}"
