from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parvis.register.fields import PartialDateField, RefField
from parvis.register.history import tracked
from parvis.register.models import Part, Record
from parvis.register.ordering import dates_in_order


@tracked
class Crisis(Record):
    """An epidemic, a disaster, a war: what emergency aid answers, where, and from when to when.

    Its own bounds for a grant, if it has any, stand on a decision; otherwise those of the city hold.
    """

    noun = "crisis"
    parts = ("places",)

    opened = PartialDateField()
    closed = PartialDateField()
    lowest = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    highest = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    decision = RefField(nouns=("decision",), null=True, blank=True)

    class Meta:
        verbose_name_plural = "crises"
        constraints = [
            models.CheckConstraint(
                name="crisis_in_order",
                violation_error_message=_("A crisis begins before it ends."),
                condition=dates_in_order("opened", "closed"),
            ),
            models.CheckConstraint(
                name="crisis_bounds_in_order",
                violation_error_message=_("The lowest grant is not above the highest."),
                condition=Q(lowest__isnull=True) | Q(highest__isnull=True) | Q(lowest__lte=F("highest")),
            ),
            models.CheckConstraint(
                name="crisis_bounds_stand_on_a_decision",
                violation_error_message=_("Other bounds than the city's stand on a decision: name it."),
                condition=Q(lowest__isnull=True, highest__isnull=True) | Q(decision__isnull=False),
            ),
        ]


@tracked
class CrisisPlace(Part):
    """A place a crisis strikes."""

    lone = "place"

    owner = models.ForeignKey(Crisis, on_delete=models.CASCADE, related_name="places")
    place = RefField(nouns=("place",))

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(
                name="a_crisis_names_a_place_once",
                violation_error_message=_("This place is named twice."),
                fields=["owner", "place"],
            ),
        ]
