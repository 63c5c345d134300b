from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from parvis.register.fields import PartialDateField, RefField
from parvis.register.history import tracked
from parvis.register.models import Record
from parvis.register.ordering import dates_in_order


@tracked
class Body(Record):
    """Any organisation, of any level: a city, a ministry, an association, a museum, the city's own units.

    ``parent`` is the body it is part of, ``successor`` the one that took over its tasks. Identifiers are
    kept by scheme: ``{"siren": "217500016"}``.
    """

    noun = "body"

    place = RefField(nouns=("place",), null=True, blank=True)
    parent = RefField(nouns=("body", "network"), null=True, blank=True)
    founded = PartialDateField()
    closed = PartialDateField()
    successor = RefField(nouns=("body", "network"), null=True, blank=True)
    identifiers = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name_plural = "bodies"
        constraints = [
            models.CheckConstraint(name="body_founded_before_it_closed", condition=dates_in_order("founded", "closed")),
            models.CheckConstraint(
                name="body_is_not_part_of_itself", condition=Q(parent__isnull=True) | ~Q(parent=F("subject"))
            ),
            models.CheckConstraint(
                name="body_does_not_succeed_itself",
                condition=Q(successor__isnull=True) | ~Q(successor=F("subject")),
            ),
        ]
