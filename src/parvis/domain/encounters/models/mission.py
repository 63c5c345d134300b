from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.encounters.enums import MissionOrigin, MissionState
from parvis.register.fields import PartialDateField, RefField, WordsField
from parvis.register.history import tracked
from parvis.register.models import Part, Record
from parvis.register.ordering import dates_in_order


@tracked
class Mission(Record):
    """A mission, a delegation, a visit or a trip: why it was made, and who pays.

    ``ends`` is its last day.
    """

    noun = "mission"
    parts = ("members",)

    state = models.CharField(max_length=10, choices=MissionState.choices, default=MissionState.UNKNOWN)
    starts = PartialDateField()
    ends = PartialDateField()
    destination = RefField(nouns=("place", "body"), null=True, blank=True)
    origin = models.CharField(max_length=15, choices=MissionOrigin.choices, default=MissionOrigin.UNKNOWN)
    payer = RefField(nouns=("body", "place", "network"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="mission_state_is_known", condition=Q(state__in=MissionState.values)),
            models.CheckConstraint(name="mission_origin_is_known", condition=Q(origin__in=MissionOrigin.values)),
            models.CheckConstraint(
                name="mission_in_order",
                violation_error_message=_("A mission begins before it ends."),
                condition=dates_in_order("starts", "ends"),
            ),
        ]


@tracked
class MissionMember(Part):
    """Who went, in which part: an office rather than a person, wherever that is enough."""

    lone = "who"

    owner = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="members")
    who = RefField(nouns=("office", "body", "person", "place", "network"))
    role = WordsField()

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(
                name="a_member_of_a_mission_is_named_once",
                violation_error_message=_("This member of the mission is named twice."),
                fields=["owner", "who"],
            ),
        ]
