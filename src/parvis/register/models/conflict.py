from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from parvis.register.fields import PartialDateField, RefField, WordsField
from parvis.register.history import tracked
from parvis.register.models.record import CitedPart, Record
from parvis.register.models.statement import Statement


@tracked
class Conflict(Record):
    """Sources that do not say the same. Both sides live; a choice has its author and its reason.

    ``preferred`` is the place (from 1) of the side shown first; none where nobody has chosen.
    """

    noun = "conflict"
    parts = ("sides",)

    about = RefField(null=True, blank=True)
    property = models.CharField(max_length=60, blank=True)
    note = WordsField()
    preferred = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = WordsField()
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    chosen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="choice_between_sides_has_a_reason",
                condition=Q(preferred__isnull=True) | ~Q(reason={}),
            ),
        ]


@tracked
class ConflictSide(CitedPart):
    """One side of a conflict: what it says, as of when, and where."""

    owner = models.ForeignKey(Conflict, on_delete=models.CASCADE, related_name="sides")
    words = WordsField()
    as_of = PartialDateField()
    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="conflict_sides", null=True, blank=True
    )

    class Meta(CitedPart.Meta):
        pass
