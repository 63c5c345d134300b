from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parvis.register.fields import PartialDateField, RefField, WordsField
from parvis.register.history import tracked
from parvis.register.models import CitedPart, Record
from parvis.register.ordering import dates_in_order


@tracked
class Office(Record):
    """A role in a body, whoever holds it: mayor of Paris, chair of C40. Its results are what its holders made of it."""

    noun = "office"
    parts = ("holdings", "results")

    body = RefField(nouns=("body", "network"))


@tracked
class Holding(CitedPart):
    """Who held an office, from when to when: the last day named is in it.

    Where a source dates neither end, ``as_of`` is the day it speaks of. ``acting_for`` is the person
    represented that day by this one.
    """

    owner = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="holdings")
    person = RefField(nouns=("person",))
    valid_from = PartialDateField()
    valid_to = PartialDateField()
    as_of = PartialDateField()
    acting_for = RefField(nouns=("person",), null=True, blank=True)
    note = WordsField()

    class Meta(CitedPart.Meta):
        constraints = [
            *CitedPart.Meta.constraints,
            models.CheckConstraint(name="holding_in_order", condition=dates_in_order("valid_from", "valid_to")),
            models.CheckConstraint(
                name="nobody_acts_for_themself",
                condition=Q(acting_for__isnull=True) | ~Q(acting_for=F("person")),
            ),
        ]


@tracked
class OfficeResult(CitedPart):
    """What was done in an office, as a source tells it. ``record`` is where the rest is read."""

    owner = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="results")
    day = PartialDateField()
    words = WordsField()
    record = RefField(null=True, blank=True)

    class Meta(CitedPart.Meta):
        constraints = [
            *CitedPart.Meta.constraints,
            models.CheckConstraint(
                name="result_of_an_office_says_something",
                violation_error_message=_("Say what was done in this office."),
                condition=~Q(words={}),
            ),
            models.CheckConstraint(
                name="result_of_an_office_has_a_source",
                violation_error_message=_("What was done in an office is told with its source."),
                condition=Q(source__isnull=False),
            ),
        ]
