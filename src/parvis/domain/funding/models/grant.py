from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.funding.enums import Aim, AimWeight, Effect, GrantForm, GrantState, PlaceKnown
from parvis.register.fields import PartialDateField, RefField, WordsField
from parvis.register.history import tracked
from parvis.register.models import CitedPart, Part, Record, Subject
from parvis.register.ordering import dates_in_order


class GrantQuerySet(models.QuerySet["Grant"]):
    def to_body(self, body: Subject) -> Self:
        return self.filter(beneficiary=body)

    def voted_in(self, year: int) -> Self:
        return self.filter(year=year, amount_voted__gt=0)


def _an_amount(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"grant_{name}_is_an_amount",
        violation_error_message=_("An amount cannot be below zero."),
        condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 0}),
    )


@tracked
class Grant(Record):
    """What the city gives to one beneficiary for one purpose: money, or help in kind at its estimated value.

    A grant told by history may not say from which envelope it came. A natural person who receives one is
    never named here: ``file`` ties the grant to the office's own papers, ``identifier`` to the file it was read in.
    """

    noun = "grant"
    parts = ("places", "aims", "figures")
    texts = ("purpose",)

    beneficiary = RefField(nouns=("body", "place", "network"), null=True, blank=True)
    natural_person = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=GrantState.choices)
    form = models.CharField(max_length=10, choices=GrantForm.choices, default=GrantForm.CASH)
    year = models.PositiveSmallIntegerField()
    currency = models.CharField(max_length=3)
    amount_asked = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    amount_voted = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    amount_paid = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    decision = RefField(nouns=("decision",), null=True, blank=True)
    levy = RefField(nouns=("levy",), null=True, blank=True)
    envelope = RefField(nouns=("envelope",), null=True, blank=True)
    programme = RefField(nouns=("programme",), null=True, blank=True)
    project = RefField(nouns=("project",), null=True, blank=True)
    agreement = RefField(nouns=("agreement",), null=True, blank=True)
    crisis = RefField(nouns=("crisis",), null=True, blank=True)
    place = RefField(nouns=("place",), null=True, blank=True)
    place_known = models.CharField(max_length=10, choices=PlaceKnown.choices, default=PlaceKnown.UNKNOWN)
    country = models.CharField(max_length=2, blank=True)
    starts = PartialDateField()
    ends = PartialDateField()
    asked_on = PartialDateField()
    decided_on = PartialDateField()
    agreed_on = PartialDateField()
    above_asked = WordsField()
    exception = models.BooleanField(default=False)
    out_of_scope = WordsField()
    file = models.CharField(max_length=80, blank=True)
    identifier = models.CharField(max_length=120, blank=True)
    goals = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    groups = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    discipline = models.CharField(max_length=40, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["year", "state"], name="grant_year_state")]
        constraints = [
            models.CheckConstraint(name="grant_state_is_known", condition=Q(state__in=GrantState.values)),
            models.CheckConstraint(name="grant_form_is_known", condition=Q(form__in=GrantForm.values)),
            models.CheckConstraint(name="grant_place_is_known_so", condition=Q(place_known__in=PlaceKnown.values)),
            models.CheckConstraint(
                name="grant_names_its_beneficiary",
                violation_error_message=_("Say who receives the grant; a natural person is flagged, and never named."),
                condition=Q(beneficiary__isnull=False, natural_person=False)
                | Q(beneficiary__isnull=True, natural_person=True),
            ),
            _an_amount("amount_asked"),
            _an_amount("amount_voted"),
            _an_amount("amount_paid"),
            models.CheckConstraint(
                name="grant_paid_within_what_was_voted",
                violation_error_message=_("No more is paid than was voted."),
                condition=Q(amount_paid__isnull=True)
                | Q(amount_voted__isnull=True)
                | Q(amount_paid__lte=models.F("amount_voted")),
            ),
            models.CheckConstraint(
                name="a_refused_grant_gives_nothing",
                violation_error_message=_("A grant that was refused has no amount voted."),
                condition=~Q(state=GrantState.REFUSED) | Q(amount_voted__isnull=True) | Q(amount_voted=0),
            ),
            models.CheckConstraint(
                name="grant_in_order",
                violation_error_message=_("What is paid for begins before it ends."),
                condition=dates_in_order("starts", "ends"),
            ),
            models.CheckConstraint(
                name="grant_country_is_a_code",
                violation_error_message=_("A country is written by its two letters: SN, ML."),
                condition=Q(country="") | Q(country__regex=r"^[A-Z]{2}$"),
            ),
            models.CheckConstraint(
                name="grant_goals_are_those_of_2030",
                violation_error_message=_("A goal is a number from 1 to 17."),
                condition=Q(goals__contained_by=[str(number) for number in range(1, 18)]),
            ),
        ]


@tracked
class GrantPlace(Part):
    """A further place, where a grant serves several. How its money is shared among them is not said."""

    lone = "place"

    owner = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="places")
    place = RefField(nouns=("place",))

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(
                name="a_grant_names_a_place_once",
                violation_error_message=_("This place is named twice."),
                fields=["owner", "place"],
            ),
        ]


@tracked
class GrantAim(Part):
    """What a grant also serves, whatever its sector, and how much of it that is."""

    owner = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="aims")
    aim = models.CharField(max_length=20, choices=Aim.choices)
    importance = models.CharField(max_length=5, choices=AimWeight.choices)

    class Meta(Part.Meta):
        constraints = [
            models.CheckConstraint(name="grant_aim_is_known", condition=Q(aim__in=Aim.values)),
            models.CheckConstraint(name="grant_aim_has_its_weight", condition=Q(importance__in=AimWeight.values)),
            models.UniqueConstraint(
                name="a_grant_names_an_aim_once",
                violation_error_message=_("This aim is named twice."),
                fields=["owner", "aim"],
            ),
        ]


@tracked
class GrantResult(CitedPart):
    """What a grant was to reach and what it reached, in one figure and one period."""

    owner = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="figures")
    words = WordsField()
    effect = models.CharField(max_length=8, choices=Effect.choices, default=Effect.OUTPUT)
    unit = models.CharField(max_length=40, blank=True)
    starts = PartialDateField()
    ends = PartialDateField()
    aimed_at = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    reached = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    method = WordsField()

    class Meta(CitedPart.Meta):
        constraints = [
            *CitedPart.Meta.constraints,
            models.CheckConstraint(name="grant_result_effect_is_known", condition=Q(effect__in=Effect.values)),
            models.CheckConstraint(
                name="grant_result_says_what_it_counts",
                violation_error_message=_("Say what the figure counts."),
                condition=~Q(words={}),
            ),
            models.CheckConstraint(
                name="grant_result_has_a_figure",
                violation_error_message=_("Give what was aimed at, or what was reached."),
                condition=Q(aimed_at__isnull=False) | Q(reached__isnull=False),
            ),
            models.CheckConstraint(
                name="grant_result_in_order",
                violation_error_message=_("A period begins before it ends."),
                condition=dates_in_order("starts", "ends"),
            ),
        ]
