from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.funding.enums import GrantForm, GrantState, PlaceKnown
from parvis.register.fields import PartialDateField, RefField, WordsField
from parvis.register.history import tracked
from parvis.register.models import Part, Record, Subject
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
    never named here: ``file`` ties the grant to the office's own papers.
    """

    noun = "grant"
    parts = ("places",)
    texts = ("purpose",)

    beneficiary = RefField(nouns=("body", "place", "network"), null=True, blank=True)
    natural_person = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=GrantState.choices, default=GrantState.AWARDED)
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
    above_asked = WordsField()
    exception = models.BooleanField(default=False)
    out_of_scope = WordsField()
    file = models.CharField(max_length=80, blank=True)

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
