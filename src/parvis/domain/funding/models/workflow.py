from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.funding.enums import WITH_MONEY, Actor, ApplicationState, Guard
from parvis.register.fields import MomentField, WordsField
from parvis.register.history import tracked
from parvis.register.models import Part, Record


@tracked
class Workflow(Record):
    """The way a file goes: the states it may be in, the steps between them, who takes each, and what holds it back.

    It is data. A form freezes it; a file keeps the one it began with.
    """

    noun = "workflow"
    parts = ("transitions",)


@tracked
class WorkflowTransition(Part):
    """One step: from a state to another, by whom, under which guards, and with what these guards ask.

    ``least_reviews`` is how many signed reviews “enough reviews” waits for; ``not_before`` and ``not_after`` are the
    moments between which “in its time” lets the step pass.
    """

    owner = models.ForeignKey(Workflow, on_delete=models.CASCADE, related_name="transitions")
    code = models.SlugField(max_length=40)
    words = WordsField()
    comes_from = models.CharField(max_length=15, choices=ApplicationState.choices)
    goes_to = models.CharField(max_length=15, choices=ApplicationState.choices)
    taken_by = models.CharField(max_length=10, choices=Actor.choices, default=Actor.OFFICER)
    guards = ArrayField(models.CharField(max_length=20, choices=Guard.choices), default=list, blank=True)
    least_reviews = models.PositiveSmallIntegerField(null=True, blank=True)
    not_before = MomentField(null=True, blank=True)
    not_after = MomentField(null=True, blank=True)

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(
                name="a_step_has_its_own_code_from_a_state",
                violation_error_message=_("Two steps from one state have the same code."),
                fields=["owner", "comes_from", "code"],
            ),
            models.CheckConstraint(
                name="a_step_goes_somewhere",
                violation_error_message=_("A step leads to another state."),
                condition=~Q(comes_from=F("goes_to")),
            ),
            models.CheckConstraint(
                name="no_step_leaves_what_carries_money",
                violation_error_message=_(
                    "No step leads out of “Awarded”: money is promised from there on. What was granted is changed,"
                    " given up or closed on the page of its grant."
                ),
                condition=~Q(comes_from__in=WITH_MONEY),
            ),
            models.CheckConstraint(
                name="a_step_joins_known_states",
                condition=Q(comes_from__in=ApplicationState.values, goes_to__in=ApplicationState.values),
            ),
            models.CheckConstraint(
                name="a_step_has_its_time_in_order",
                violation_error_message=_("The moment a step opens comes before the moment it closes."),
                condition=Q(not_before__isnull=True) | Q(not_after__isnull=True) | Q(not_before__lt=F("not_after")),
            ),
            models.CheckConstraint(name="a_step_is_taken_by_someone_known", condition=Q(taken_by__in=Actor.values)),
        ]
