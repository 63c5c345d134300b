from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.projects.enums import FINISHED, PartnerRole, ProjectStage
from parvis.register.fields import PartialDateField, RefField, WordsField
from parvis.register.history import tracked
from parvis.register.models import Part, Record, Subject
from parvis.register.ordering import dates_in_order


class ProjectQuerySet(models.QuerySet["Project"]):
    def unfinished(self) -> Self:
        return self.exclude(stage__in=FINISHED)

    def in_place(self, place: Subject) -> Self:
        return self.filter(places__place=place)


@tracked
class Project(Record):
    """Something done with partners in a place. Its stage is what was known on the day ``stage_as_of``."""

    noun = "project"
    parts = ("places", "partners", "milestones", "funding")

    stage = models.CharField(max_length=15, choices=ProjectStage.choices, default=ProjectStage.UNKNOWN)
    stage_as_of = PartialDateField()
    programme = RefField(nouns=("programme",), null=True, blank=True)
    agreement = RefField(nouns=("agreement",), null=True, blank=True)
    since = PartialDateField()
    until = PartialDateField()
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    legal_form = WordsField()

    objects = ProjectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="project_stage_is_known", condition=Q(stage__in=ProjectStage.values)),
            models.CheckConstraint(
                name="project_in_order",
                violation_error_message=_("A project begins before it ends."),
                condition=dates_in_order("since", "until"),
            ),
            models.CheckConstraint(
                name="a_cost_has_its_currency",
                violation_error_message=_("A cost is above zero and says its currency: EUR, XOF."),
                condition=Q(cost__isnull=True) | Q(cost__gt=0) & ~Q(currency=""),
            ),
        ]


@tracked
class ProjectPlace(Part):
    """A place a project acts in."""

    lone = "place"

    owner = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="places")
    place = RefField(nouns=("place",))

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(
                name="a_project_names_a_place_once",
                violation_error_message=_("This place is named twice."),
                fields=["owner", "place"],
            ),
        ]


@tracked
class ProjectPartner(Part):
    """A body that leads, takes part in or funds a project."""

    lone = "body"

    owner = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="partners")
    body = RefField(nouns=("body", "place", "network"))
    role = models.CharField(max_length=10, choices=PartnerRole.choices, default=PartnerRole.PARTNER)

    class Meta(Part.Meta):
        constraints = [
            models.CheckConstraint(name="partner_role_is_known", condition=Q(role__in=PartnerRole.values)),
            models.UniqueConstraint(
                name="a_partner_has_a_role_once",
                violation_error_message=_("This partner is named twice for the same role."),
                fields=["owner", "body", "role"],
            ),
        ]
