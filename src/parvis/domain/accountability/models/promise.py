from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.accountability.enums import PromiseState
from parvis.domain.accountability.models.bearing_out import keeps_evidence, names_evidence
from parvis.register.fields import PartialDateField, RefField, WordsField
from parvis.register.history import tracked
from parvis.register.models import CitedPart, Part, Record

SPEAKERS = ("office", "body", "person", "network", "place")
_KEPT = {
    "table": "accountability_promisestep",
    "key": "id",
    "state": PromiseState.KEPT.value,
    "evidence": "accountability_promiseevidence",
}


@tracked
class Promise(Record):
    """What was said would be done: by whom, when, until when. Its state is its latest step.

    A target names the figure that measures it; whoever names none has an aspiration.
    """

    noun = "promise"
    parts = ("steps",)

    made_by = RefField(nouns=SPEAKERS)
    made = PartialDateField()
    deadline = PartialDateField()
    measure = RefField(nouns=("indicator",), null=True, blank=True)


@tracked
class PromiseStep(CitedPart):
    """What was said or found of a promise on a day, by whom, with the records that show it."""

    parts = ("evidence",)

    owner = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=15, choices=PromiseState.choices)
    day = PartialDateField()
    by = RefField(nouns=SPEAKERS, null=True, blank=True)
    words = WordsField()

    class Meta(CitedPart.Meta):
        triggers = [names_evidence("kept_names_its_evidence", **_KEPT)]
        constraints = [
            *CitedPart.Meta.constraints,
            models.CheckConstraint(name="promise_state_is_known", condition=Q(state__in=PromiseState.values)),
        ]


@tracked
class PromiseEvidence(Part):
    """A record that shows what a step says."""

    lone = "record"

    owner = models.ForeignKey(PromiseStep, on_delete=models.CASCADE, related_name="evidence")
    record = RefField()

    class Meta(Part.Meta):
        triggers = [keeps_evidence("kept_keeps_its_evidence", **_KEPT)]
        constraints = [
            models.UniqueConstraint(
                name="evidence_of_a_step_is_named_once",
                violation_error_message=_("This evidence is named twice."),
                fields=["owner", "record"],
            ),
        ]
