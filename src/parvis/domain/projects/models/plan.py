from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.projects.enums import ContributionForm
from parvis.domain.projects.models.project import Project
from parvis.register.fields import PartialDateField, RefField, WordsField
from parvis.register.history import tracked
from parvis.register.models import CitedPart


@tracked
class ProjectMilestone(CitedPart):
    """A step of a project: what is to be done, by whom, by when, and when it was. ``internal`` ones stay inside."""

    owner = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="milestones")
    words = WordsField()
    who = RefField(nouns=("body", "place", "network"), null=True, blank=True)
    due = PartialDateField()
    done = PartialDateField()
    internal = models.BooleanField(default=False)

    class Meta(CitedPart.Meta):
        constraints = [
            *CitedPart.Meta.constraints,
            models.CheckConstraint(
                name="a_milestone_says_what_is_to_be_done",
                violation_error_message=_("Say what is to be done."),
                condition=~Q(words={}),
            ),
        ]


@tracked
class ProjectFunding(CitedPart):
    """What one partner puts into a project, in money or in kind: asked of it, confirmed by it, paid.

    A partner stands once in each form, so that what it gives is never counted twice.
    """

    owner = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="funding")
    body = RefField(nouns=("body", "place", "network"))
    form = models.CharField(max_length=10, choices=ContributionForm.choices, default=ContributionForm.CASH)
    amount_asked = models.DecimalField(max_digits=14, decimal_places=2)
    amount_confirmed = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    amount_paid = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    confirmed = PartialDateField()
    deadline = PartialDateField()
    condition = WordsField()
    internal = models.BooleanField(default=False)

    class Meta(CitedPart.Meta):
        constraints = [
            *CitedPart.Meta.constraints,
            models.CheckConstraint(name="project_funding_form_is_known", condition=Q(form__in=ContributionForm.values)),
            models.CheckConstraint(
                name="project_funding_is_above_zero",
                violation_error_message=_("What a partner puts in is above zero."),
                condition=Q(amount_asked__gt=0)
                & (Q(amount_confirmed__isnull=True) | Q(amount_confirmed__gte=0))
                & (Q(amount_paid__isnull=True) | Q(amount_paid__gte=0)),
            ),
            models.CheckConstraint(
                name="only_what_is_confirmed_is_paid",
                violation_error_message=_("No more is paid than was confirmed."),
                condition=Q(amount_paid__isnull=True)
                | Q(amount_confirmed__isnull=False, amount_paid__lte=models.F("amount_confirmed")),
            ),
            models.UniqueConstraint(
                name="a_partner_funds_once_in_a_form",
                violation_error_message=_("This partner stands twice in the same form: add both sums up."),
                fields=["owner", "body", "form"],
            ),
        ]
