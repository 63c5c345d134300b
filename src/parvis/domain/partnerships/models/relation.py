from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.partnerships.enums import PROSPECTS, RelationLevel, RelationStage
from parvis.register.fields import PartialDateField, RefField, WordsField
from parvis.register.history import tracked
from parvis.register.models import Record
from parvis.register.ordering import dates_in_order


class RelationQuerySet(models.QuerySet["Relation"]):
    def prospects(self) -> Self:
        """Ties that are not yet an agreement."""
        return self.filter(stage__in=PROSPECTS)


@tracked
class Relation(Record):
    """How close the city is to a partner, and how far a tie not yet signed has come.

    The level has its reason in the text of that name; earlier levels and stages are in its history.
    Who follows the tie and what comes next are the office's own business: they are not shared.
    """

    noun = "relation"
    texts = ("reason",)

    partner = RefField(nouns=("place", "body", "network"))
    level = models.CharField(max_length=10, choices=RelationLevel.choices, blank=True)
    stage = models.CharField(max_length=10, choices=RelationStage.choices, blank=True)
    valid_from = PartialDateField()
    valid_to = PartialDateField()
    as_of = PartialDateField()
    review_on = PartialDateField()
    followed_by = RefField(nouns=("office", "body"), null=True, blank=True)
    next_step = WordsField()

    objects = RelationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="relation_level_is_known", condition=Q(level__in=["", *RelationLevel.values])),
            models.CheckConstraint(name="relation_stage_is_known", condition=Q(stage__in=["", *RelationStage.values])),
            models.CheckConstraint(
                name="relation_has_a_level_or_a_stage",
                violation_error_message=_("Say how close the relation is, or how far it has come."),
                condition=~Q(level="", stage=""),
            ),
            models.CheckConstraint(
                name="relation_in_order",
                violation_error_message=_("A relation begins before it ends."),
                condition=dates_in_order("valid_from", "valid_to"),
            ),
        ]
