from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.accountability.enums import CountedAs
from parvis.register.fields import RefField, WordsField
from parvis.register.history import tracked
from parvis.register.models import Record


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def headline(self) -> Self:
        """Those shown first, in their order."""
        return self.filter(headline=True).order_by("order", "subject__key")


@tracked
class Indicator(Record):
    """A figure followed over time. Its values are statements, each with its date and source.

    ``counted_as`` names a count the records themselves can give: a published figure that differs from
    it is flagged, and both are shown.
    """

    noun = "indicator"

    about = RefField(null=True, blank=True)
    unit = models.CharField(max_length=40)
    definition = WordsField()
    headline = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)
    counted_as = models.CharField(max_length=20, choices=CountedAs.choices, blank=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="indicator_has_a_unit",
                violation_error_message=_("A figure has a unit."),
                condition=~Q(unit=""),
            ),
            models.CheckConstraint(
                name="indicator_is_counted_in_a_known_way",
                condition=Q(counted_as__in=["", *CountedAs.values]),
            ),
        ]
