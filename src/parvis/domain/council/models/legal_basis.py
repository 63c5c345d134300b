from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.council.enums import ON_THE_WAY, STANDING, LegalLevel, LegalState
from parvis.register.fields import PartialDateField, RefField, WordsField
from parvis.register.history import tracked
from parvis.register.models import CitedPart, Record
from parvis.register.ordering import dates_in_order


class LegalBasisQuerySet(models.QuerySet["LegalBasis"]):
    def on_the_way(self) -> Self:
        """Texts nothing may rest on yet."""
        return self.filter(state__in=ON_THE_WAY)

    def standing(self) -> Self:
        """Texts that action may rest on."""
        return self.filter(state__in=STANDING)


@tracked
class LegalBasis(Record):
    """A law, a treaty, a declaration or an ordinance that allows or frames the city's action abroad."""

    noun = "legal_basis"
    parts = ("milestones",)

    level = models.CharField(max_length=15, choices=LegalLevel.choices)
    jurisdiction = RefField(nouns=("place", "body"), null=True, blank=True)
    state = models.CharField(max_length=12, choices=LegalState.choices)
    adopted = PartialDateField()
    in_force_from = PartialDateField()
    repealed = PartialDateField()

    objects = LegalBasisQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "legal bases"
        constraints = [
            models.CheckConstraint(name="legal_basis_level_is_known", condition=Q(level__in=LegalLevel.values)),
            models.CheckConstraint(name="legal_basis_state_is_known", condition=Q(state__in=LegalState.values)),
            models.CheckConstraint(
                name="legal_basis_adopted_before_in_force",
                violation_error_message=_("A text is adopted before it is in force."),
                condition=dates_in_order("adopted", "in_force_from"),
            ),
            models.CheckConstraint(
                name="only_a_repealed_text_has_a_day_of_repeal",
                violation_error_message=_("Only a repealed text has a day of repeal."),
                condition=Q(repealed="") | Q(state=LegalState.REPEALED),
            ),
            models.CheckConstraint(
                name="a_text_on_its_way_is_not_adopted",
                violation_error_message=_("A text still on its way has no day of adoption, and is not in force."),
                condition=Q(adopted="", in_force_from="") | ~Q(state__in=sorted(ON_THE_WAY)),
            ),
        ]


@tracked
class LegalMilestone(CitedPart):
    """A moment on a text's way: when it was expected, and when it came."""

    owner = models.ForeignKey(LegalBasis, on_delete=models.CASCADE, related_name="milestones")
    words = WordsField()
    expected = PartialDateField()
    actual = PartialDateField()

    class Meta(CitedPart.Meta):
        constraints = [
            *CitedPart.Meta.constraints,
            models.CheckConstraint(
                name="milestone_says_what_it_is",
                violation_error_message=_("Say what the milestone is."),
                condition=~Q(words={}),
            ),
            models.CheckConstraint(
                name="milestone_has_a_day",
                violation_error_message=_("Say when the milestone is expected, or when it came."),
                condition=~Q(expected="") | ~Q(actual=""),
            ),
        ]
