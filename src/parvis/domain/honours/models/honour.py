from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.honours.enums import HonourStepKind
from parvis.register.fields import PartialDateField, RefField, WordsField
from parvis.register.history import tracked
from parvis.register.models import CitedPart, Record


@tracked
class Honour(Record):
    """A title or a prize the city gives, to a person or to a body."""

    noun = "honour"
    parts = ("steps", "outcomes")

    honoree = RefField(nouns=("person", "body"))
    awarded_by = RefField(nouns=("body", "place"), null=True, blank=True)


@tracked
class HonourStep(CitedPart):
    """A step to the award. Sources may disagree on its day: then it stands twice, once by source."""

    owner = models.ForeignKey(Honour, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=10, choices=HonourStepKind.choices)
    day = PartialDateField()

    class Meta(CitedPart.Meta):
        constraints = [
            *CitedPart.Meta.constraints,
            models.CheckConstraint(name="honour_step_is_known", condition=Q(step__in=HonourStepKind.values)),
            models.UniqueConstraint(
                name="a_source_tells_a_step_once",
                violation_error_message=_("The same source tells this step twice."),
                fields=["owner", "step", "source"],
                nulls_distinct=False,
            ),
        ]


@tracked
class HonourOutcome(CitedPart):
    """What became of the honoured person *after*; a cause is never told here."""

    owner = models.ForeignKey(Honour, on_delete=models.CASCADE, related_name="outcomes")
    day = PartialDateField()
    words = WordsField()

    class Meta(CitedPart.Meta):
        constraints = [
            *CitedPart.Meta.constraints,
            models.CheckConstraint(
                name="outcome_says_something",
                violation_error_message=_("Say what happened."),
                condition=~Q(words={}),
            ),
            models.CheckConstraint(
                name="outcome_has_a_source",
                violation_error_message=_("What became of a person is told with its source."),
                condition=Q(source__isnull=False),
            ),
        ]
