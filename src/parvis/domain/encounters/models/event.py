from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.encounters.enums import TO_COME, EventState, Recurrence
from parvis.register.fields import PartialDateField, RefField
from parvis.register.history import tracked
from parvis.register.models import Part, Record
from parvis.register.ordering import dates_in_order

ACTORS = ("body", "place", "network", "office", "person")


class EventQuerySet(models.QuerySet["Event"]):
    def to_come(self) -> Self:
        """Spoken of as still to come, whatever the day."""
        return self.filter(state__in=TO_COME)


@tracked
class Event(Record):
    """Something people come to: a summit, a festival, a day, a bid.

    ``ends`` is its last day, for an event is announced that way. ``recurs_on`` says when in the year
    it comes back, as in ``--05`` (in May) or ``--09-26`` (on 26 September).
    """

    noun = "event"
    parts = ("organisers", "participants")

    starts = PartialDateField()
    ends = PartialDateField()
    recurs = models.CharField(max_length=10, choices=Recurrence.choices, blank=True)
    recurs_on = models.CharField(max_length=7, blank=True)
    place = RefField(nouns=("place", "body"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=EventState.choices, default=EventState.UNKNOWN)
    state_as_of = PartialDateField()

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="event_state_is_known", condition=Q(state__in=EventState.values)),
            models.CheckConstraint(
                name="event_in_order",
                violation_error_message=_("An event begins before it ends."),
                condition=dates_in_order("starts", "ends"),
            ),
            models.CheckConstraint(
                name="event_comes_back_in_a_known_way", condition=Q(recurs__in=["", *Recurrence.values])
            ),
            models.CheckConstraint(
                name="event_comes_back_in_a_month_or_on_a_day",
                violation_error_message=_("Write the month, as in --05, or the day, as in --09-26."),
                condition=Q(recurs_on="") | Q(recurs_on__regex=r"^--(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$"),
            ),
            models.CheckConstraint(
                name="only_an_event_that_comes_back_says_when",
                violation_error_message=_("Only an event that comes back says in which month or on which day."),
                condition=Q(recurs_on="") | ~Q(recurs=""),
            ),
        ]


@tracked
class EventOrganiser(Part):
    """Who holds an event."""

    lone = "body"

    owner = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="organisers")
    body = RefField(nouns=ACTORS)

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(
                name="an_organiser_is_named_once",
                violation_error_message=_("This organiser is named twice."),
                fields=["owner", "body"],
            ),
        ]


@tracked
class EventParticipant(Part):
    """Who takes part in an event."""

    lone = "body"

    owner = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="participants")
    body = RefField(nouns=ACTORS)

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(
                name="a_participant_is_named_once",
                violation_error_message=_("This participant is named twice."),
                fields=["owner", "body"],
            ),
        ]
