"""An import: a file received, how its columns are understood, and the verdict on each of its rows.

Rows are proposals of their file. They are working papers, kept privately and without history: what enters the register
leaves its traces there.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from parvis.exchange.inbound.enums import ImportState, RowVerdict
from parvis.register.models import Subject


class Import(models.Model):
    """A file brought in, from its upload to its records, or to its undoing.

    ``mapping`` says for each column which field it fills and why; ``settled`` what a person chose for each name that
    could mean several records; ``asks`` the names still to settle; ``tallies`` the control totals.
    """

    target = models.CharField(max_length=20)
    file_name = models.CharField(max_length=200)
    stored = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    sheet = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=5, default="fr")
    spoken = models.CharField(max_length=5, default="fr")
    speaks = models.CharField(max_length=15, default="self_reported")
    how = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    settled = models.JSONField(default=dict)
    asks = models.JSONField(default=list)
    tallies = models.JSONField(default=dict)
    kept = models.JSONField(default=dict)
    fault = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.READ)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ("-received_at", "-pk")
        constraints = [
            models.CheckConstraint(name="import_state_is_known", condition=Q(state__in=ImportState.values)),
            models.CheckConstraint(
                name="import_undone_names_who",
                condition=~Q(state=ImportState.UNDONE) | Q(undone_by__isnull=False, undone_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.target})"


class ImportRow(models.Model):
    """One row of a file: what accepting it would do, to which record, and why it is refused.

    ``content`` is what the record would hold; ``before`` what a changed record held. ``problems`` name their column.
    ``doubles`` are records that may be the same thing, until a person says.
    """

    owner = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    verdict = models.CharField(max_length=10, choices=RowVerdict.choices)
    key = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=200, blank=True)
    token = models.CharField(max_length=64, blank=True)
    content = models.JSONField(default=dict)
    before = models.JSONField(null=True, blank=True)
    seen_revision = models.PositiveIntegerField(null=True, blank=True)
    left_revision = models.PositiveIntegerField(null=True, blank=True)
    problems = models.JSONField(default=list)
    doubles = models.JSONField(default=list)
    accepted = models.BooleanField(default=False)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(name="a_row_is_judged_once", fields=["owner", "number"]),
            models.CheckConstraint(name="row_verdict_is_known", condition=Q(verdict__in=RowVerdict.values)),
            models.CheckConstraint(
                name="a_refused_row_is_not_accepted", condition=~Q(verdict=RowVerdict.REFUSED) | Q(accepted=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id}, row {self.number}: {self.verdict}"


class Recognition(models.Model):
    """A person said that what a row names is this record, or is not: asked once, and never again.

    ``token`` is the identity of the row, whatever file it comes in.
    """

    noun = models.CharField(max_length=30)
    token = models.CharField(max_length=64)
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="recognitions")
    same = models.BooleanField()
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="recognised_once", fields=["noun", "token", "subject"]),
            models.UniqueConstraint(name="recognised_as_one_record", fields=["noun", "token"], condition=Q(same=True)),
        ]

    def __str__(self) -> str:
        return f"{self.noun} {self.token[:8]} {'is' if self.same else 'is not'} {self.subject_id}"


class RememberedMapping(models.Model):
    """How the columns of a kind of file are understood, under a name, so that next year it is known."""

    name = models.CharField(max_length=80)
    target = models.CharField(max_length=20)
    signature = models.CharField(max_length=64)
    columns = models.JSONField()
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(name="one_mapping_a_target_and_columns", fields=["target", "signature"]),
            models.CheckConstraint(name="mapping_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name
