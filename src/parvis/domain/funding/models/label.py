from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.register.fields import PartialDateField, RefField
from parvis.register.history import tracked
from parvis.register.models import Record
from parvis.register.ordering import dates_in_order


@tracked
class Label(Record):
    """The mark of a label, given to one holder for one project: from which decision, until when.

    A grant may come with it, or none. A mark whose end no source gives is shown as such, and never as held.
    """

    noun = "label"

    holder = RefField(nouns=("body", "place", "network"))
    programme = RefField(nouns=("programme",), null=True, blank=True)
    call = RefField(nouns=("call",), null=True, blank=True)
    year = models.PositiveSmallIntegerField()
    decision = RefField(nouns=("decision",), null=True, blank=True)
    given = PartialDateField()
    until = PartialDateField()
    removed = PartialDateField()
    grant = RefField(nouns=("grant",), null=True, blank=True)
    place = RefField(nouns=("place",), null=True, blank=True)
    country = models.CharField(max_length=2, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="label_in_order",
                violation_error_message=_("A mark is given before it ends."),
                condition=dates_in_order("given", "until"),
            ),
            models.CheckConstraint(
                name="a_mark_that_ends_says_when_it_was_given",
                violation_error_message=_("Say when the mark was given, since it says when it ends."),
                condition=Q(until="") | ~Q(given=""),
            ),
            models.CheckConstraint(
                name="label_country_is_a_code",
                violation_error_message=_("A country is written by its two letters: SN, ML."),
                condition=Q(country="") | Q(country__regex=r"^[A-Z]{2}$"),
            ),
        ]
