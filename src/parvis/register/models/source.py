from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from parvis.register.enums import AsOfBasis, Speaker
from parvis.register.fields import PartialDateField, RefField, WordsField
from parvis.register.history import tracked
from parvis.register.models.record import Record
from parvis.register.models.subject import Subject


@tracked
class Source(Record):
    """A document that says things: who published it, when (and how that is known), who speaks in it.

    No verbatim text of it is kept: only where in it a fact was read.
    """

    noun = "source"

    publisher = WordsField()
    publisher_body = RefField(nouns=("body", "network", "place"), null=True, blank=True)
    date = PartialDateField()
    date_basis = models.CharField(max_length=10, choices=AsOfBasis.choices, default=AsOfBasis.TEXT)
    language = models.CharField(max_length=5)
    speaks = models.CharField(max_length=15, choices=Speaker.choices)
    file = models.CharField(max_length=60, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="source_says_who_speaks", condition=Q(speaks__in=Speaker.values)),
        ]


@tracked
class Citation(models.Model):
    """Ties a record (or one field of it) to a place in a source. ``fact`` names the fact it restates."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    about = models.CharField(max_length=40, blank=True)
    line_from = models.PositiveIntegerField(null=True, blank=True)
    line_to = models.PositiveIntegerField(null=True, blank=True)
    page = models.CharField(max_length=20, blank=True)
    section = models.CharField(max_length=80, blank=True)
    fact = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("source", "line_from", "pk")
        constraints = [
            models.CheckConstraint(
                name="citation_says_where",
                condition=Q(line_from__isnull=False) | ~Q(page="") | ~Q(section=""),
            ),
            models.CheckConstraint(
                name="citation_lines_in_order",
                condition=Q(line_to__isnull=True) | Q(line_to__gte=F("line_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.line_from}"
