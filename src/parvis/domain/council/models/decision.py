from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.register.fields import PartialDateField, RefField, WordsField
from parvis.register.history import tracked
from parvis.register.models import Part, Record


def _unknown(*names: str) -> models.Q:
    """One of these is not known, so that nothing can be said of them together."""
    return models.Q(*((f"{name}__isnull", True) for name in names), _connector=models.Q.OR)


@tracked
class Decision(Record):
    """What a council voted, a court ruled or a commission answered."""

    noun = "decision"
    parts = ("concerns",)

    body = RefField(nouns=("body",))
    number = models.CharField(max_length=40, blank=True)
    day = PartialDateField()
    outcome = WordsField()
    matter = models.CharField(max_length=5, blank=True)
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    voters = models.PositiveSmallIntegerField(null=True, blank=True)
    votes_for = models.PositiveSmallIntegerField(null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_body_numbers_a_decision_once",
                violation_error_message=_("This body has a decision of that number already."),
                fields=["body", "number"],
                condition=~models.Q(number=""),
            ),
            models.CheckConstraint(
                name="no_more_vote_than_there_are_seats",
                violation_error_message=_("No more members vote than there are seats."),
                condition=models.Q(voters__lte=models.F("seats")) | _unknown("seats", "voters"),
            ),
            models.CheckConstraint(
                name="votes_add_up_to_the_voters",
                violation_error_message=_("For, against and abstentions add up to the members who took part."),
                condition=models.Q(voters=models.F("votes_for") + models.F("votes_against") + models.F("abstentions"))
                | _unknown("voters", "votes_for", "votes_against", "abstentions"),
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
