from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.register.fields import PartialDateField, RefField, WordsField
from parvis.register.history import tracked
from parvis.register.models import Part, Record


@tracked
class Decision(Record):
    """What a council voted, a court ruled or a commission answered."""

    noun = "decision"
    parts = ("concerns",)

    body = RefField(nouns=("body",))
    number = models.CharField(max_length=40, blank=True)
    day = PartialDateField()
    outcome = WordsField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_body_numbers_a_decision_once",
                violation_error_message=_("This body has a decision of that number already."),
                fields=["body", "number"],
                condition=~models.Q(number=""),
            ),
        ]


@tracked
class DecisionConcern(Part):
    """A record a decision is about."""

    lone = "about"

    owner = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="concerns")
    about = RefField()

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(
                name="a_decision_concerns_a_record_once",
                violation_error_message=_("This record is named twice."),
                fields=["owner", "about"],
            ),
        ]
