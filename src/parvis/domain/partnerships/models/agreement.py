from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.partnerships.enums import AgreementState, Renewal
from parvis.register.fields import PartialDateField, RefField, WordsField
from parvis.register.history import tracked
from parvis.register.models import CitedPart, Part, Record, Subject
from parvis.register.ordering import dates_in_order


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def with_party(self, party: Subject) -> Self:
        return self.filter(parties__party=party)


@tracked
class Agreement(Record):
    """A tie that two sides or more have signed, or mean to sign.

    What it is on a given day follows from its dated steps; no state is typed. ``until`` is the first
    day it no longer binds. ``called`` is the source's own word for it: pact, accord, convention.
    """

    noun = "agreement"
    parts = ("parties", "steps", "clauses")

    called = WordsField()
    signed = PartialDateField()
    in_force_from = PartialDateField()
    until = PartialDateField()
    term_years = models.PositiveSmallIntegerField(null=True, blank=True)
    renewal = models.CharField(max_length=10, choices=Renewal.choices, default=Renewal.UNKNOWN)
    notice_months = models.PositiveSmallIntegerField(null=True, blank=True)
    decision = RefField(nouns=("decision",), null=True, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="agreement_renewal_is_known", condition=Q(renewal__in=Renewal.values)),
            models.CheckConstraint(
                name="agreement_lasts_a_year_at_least",
                violation_error_message=_("A term is counted in whole years, from one."),
                condition=Q(term_years__isnull=True) | Q(term_years__gte=1),
            ),
            models.CheckConstraint(
                name="agreement_signed_before_its_end",
                violation_error_message=_("An agreement is signed before it ends."),
                condition=dates_in_order("signed", "until"),
            ),
            models.CheckConstraint(
                name="agreement_starts_before_its_end",
                violation_error_message=_("An agreement starts before it ends."),
                condition=dates_in_order("in_force_from", "until"),
            ),
            models.CheckConstraint(
                name="an_agreement_without_end_has_none",
                violation_error_message=_("An agreement without end has no end and no term."),
                condition=~Q(renewal=Renewal.EVERGREEN) | Q(until="", term_years__isnull=True),
            ),
        ]


@tracked
class AgreementParty(Part):
    """One of those an agreement binds."""

    lone = "party"

    owner = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    party = RefField(nouns=("body", "place", "network"))
    role = models.CharField(max_length=40, blank=True)

    class Meta(Part.Meta):
        verbose_name_plural = "agreement parties"
        constraints = [
            models.UniqueConstraint(
                name="a_party_is_named_once",
                violation_error_message=_("This party is named twice."),
                fields=["owner", "party"],
            ),
        ]


@tracked
class AgreementStep(CitedPart):
    """A dated step in an agreement's life. A step without a day is known by the day of its source."""

    owner = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=10, choices=AgreementState.choices)
    day = PartialDateField()

    class Meta(CitedPart.Meta):
        constraints = [
            *CitedPart.Meta.constraints,
            models.CheckConstraint(name="agreement_step_state_is_known", condition=Q(state__in=AgreementState.values)),
        ]


@tracked
class AgreementClause(CitedPart):
    """What an agreement says of one matter: equality, review, notice, money."""

    owner = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="clauses")
    kind = models.CharField(max_length=40)
    words = WordsField()

    class Meta(CitedPart.Meta):
        constraints = [
            *CitedPart.Meta.constraints,
            models.CheckConstraint(
                name="clause_says_something",
                violation_error_message=_("Say what the clause says."),
                condition=~Q(words={}),
            ),
        ]
