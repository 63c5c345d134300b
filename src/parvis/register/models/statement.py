from __future__ import annotations

from datetime import date, datetime
from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from parvis.register.enums import AmountKind, AsOfBasis, Qualifier, Rank
from parvis.register.fields import PartialDateField, RefField, WordsField
from parvis.register.history import tracked, written_again
from parvis.register.models.source import Source
from parvis.register.models.subject import Subject


class StatementQuerySet(models.QuerySet["Statement"]):
    def known_at(self, moment: datetime) -> Self:
        """What the register held to be so at that moment."""
        return self.filter(recorded_at__lte=moment).filter(Q(retracted_at__isnull=True) | Q(retracted_at__gt=moment))

    def held(self) -> Self:
        """What the register holds now."""
        return self.filter(retracted_at__isnull=True)

    def true_on(self, day: date) -> Self:
        """What was so in the world on that day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        )

    def to_add_up(self) -> Self:
        """What may enter a total: held, and not doubtful."""
        return self.held().exclude(rank=Rank.DOUBTFUL)


#: What was said, by which source, when we learned it: a correction retracts and records anew.
_AS_SAID = (
    "subject_id", "property", "number", "number_to", "words", "terms", "qualifier", "unit", "scope", "amount_kind",
    "currency", "as_of", "as_of_basis", "valid_from", "valid_to", "recorded_at", "recorded_by_id", "source_id",
    "line_from", "line_to", "said_by_id", "fact",
)  # fmt: skip


@tracked
class Statement(models.Model):
    """What a source says about a subject: a value, its unit and scope, when it held, when we learned it.

    Nothing is updated: a correction retracts and records. Ends are exclusive, open ends are null. Amounts
    are in ``currency``; ``number`` of money is in units of that currency, not in thousands or millions.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="statements")
    property = models.CharField(max_length=60)

    number = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    number_to = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    words = WordsField()
    terms = models.JSONField(default=list, blank=True)
    qualifier = models.CharField(max_length=10, choices=Qualifier.choices, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    scope = WordsField()
    amount_kind = models.CharField(max_length=16, choices=AmountKind.choices, blank=True)
    currency = models.CharField(max_length=3, blank=True)

    as_of = PartialDateField()
    as_of_basis = models.CharField(max_length=10, choices=AsOfBasis.choices, default=AsOfBasis.TEXT)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    retracted_at = models.DateTimeField(null=True, blank=True)
    retracted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    retraction_reason = models.CharField(max_length=300, blank=True)

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="statements")
    line_from = models.PositiveIntegerField(null=True, blank=True)
    line_to = models.PositiveIntegerField(null=True, blank=True)
    said_by = RefField(nouns=("office", "body", "person", "network"), null=True, blank=True)
    fact = models.CharField(max_length=80, blank=True)

    rank = models.CharField(max_length=10, choices=Rank.choices, default=Rank.NORMAL)
    ranked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    ranked_at = models.DateTimeField(null=True, blank=True)
    reason = WordsField()

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ("subject", "property", "as_of", "pk")
        indexes = [models.Index(fields=["subject", "property"], name="statement_subject_property")]
        triggers = [
            pgtrigger.Protect(name="statement_is_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(name="statement_is_never_rewritten", operation=written_again(*_AS_SAID)),
            pgtrigger.Protect(
                name="retraction_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__retracted_at__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="statement_has_one_kind_of_value",
                condition=Q(number__isnull=False, words={}, terms=[])
                | Q(number__isnull=True, terms=[]) & ~Q(words={})
                | Q(number__isnull=True, words={}) & ~Q(terms=[]),
            ),
            models.CheckConstraint(
                name="figure_has_unit_scope_and_date",
                condition=Q(number__isnull=True) | (~Q(unit="") & ~Q(scope={}) & ~Q(as_of="")),
            ),
            models.CheckConstraint(
                name="amount_says_its_kind_and_currency",
                condition=Q(currency="", amount_kind="") | (~Q(currency="") & ~Q(amount_kind="")),
            ),
            models.CheckConstraint(
                name="statement_period_in_order",
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
            ),
            models.CheckConstraint(
                name="range_in_order", condition=Q(number_to__isnull=True) | Q(number_to__gte=F("number"))
            ),
            models.CheckConstraint(
                name="rank_has_author_and_reason",
                condition=Q(rank=Rank.NORMAL) | (Q(ranked_by__isnull=False, ranked_at__isnull=False) & ~Q(reason={})),
            ),
            models.CheckConstraint(
                name="retraction_follows_recording",
                condition=Q(retracted_at__isnull=True)
                | Q(retracted_at__gte=F("recorded_at"), retracted_by__isnull=False) & ~Q(retraction_reason=""),
            ),
            models.UniqueConstraint(
                name="one_preferred_statement",
                fields=["subject", "property"],
                condition=Q(rank=Rank.PREFERRED, retracted_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.property} {self.number or ''}"
