from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.projects.enums import EditionState
from parvis.register.fields import PartialDateField, RefField, WordsField
from parvis.register.history import tracked
from parvis.register.models import CitedPart, Part, Record
from parvis.register.ordering import dates_in_order


@tracked
class Programme(Record):
    """A way of acting that lasts: a call, a levy, a residency, a season, a plan, with its editions."""

    noun = "programme"
    parts = ("places", "editions")

    run_by = RefField(nouns=("body", "place", "network"), null=True, blank=True)
    origin = RefField(nouns=("programme",), null=True, blank=True)
    since = PartialDateField()
    until = PartialDateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="programme_in_order",
                violation_error_message=_("A programme begins before it ends."),
                condition=dates_in_order("since", "until"),
            ),
            models.CheckConstraint(
                name="a_programme_does_not_come_from_itself",
                violation_error_message=_("A programme cannot come from itself."),
                condition=Q(origin__isnull=True) | ~Q(origin=models.F("subject")),
            ),
        ]


@tracked
class ProgrammePlace(Part):
    """A place a programme acts in, or was taken up by."""

    lone = "place"

    owner = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="places")
    place = RefField(nouns=("place", "body"))

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(
                name="a_programme_names_a_place_once",
                violation_error_message=_("This place is named twice."),
                fields=["owner", "place"],
            ),
        ]


@tracked
class ProgrammeEdition(CitedPart):
    """One turn of a programme: a year, a season, a call."""

    parts = ("places",)

    owner = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="editions")
    label = WordsField()
    when = PartialDateField()
    state = models.CharField(max_length=10, choices=EditionState.choices, default=EditionState.UNKNOWN)

    class Meta(CitedPart.Meta):
        constraints = [
            *CitedPart.Meta.constraints,
            models.CheckConstraint(name="edition_state_is_known", condition=Q(state__in=EditionState.values)),
        ]


@tracked
class EditionPlace(Part):
    """A place an edition was held in, or with."""

    lone = "place"

    owner = models.ForeignKey(ProgrammeEdition, on_delete=models.CASCADE, related_name="places")
    place = RefField(nouns=("place", "body"))

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(
                name="an_edition_names_a_place_once",
                violation_error_message=_("This place is named twice."),
                fields=["owner", "place"],
            ),
        ]
