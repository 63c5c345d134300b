from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.partnerships.enums import MembershipStatus
from parvis.register.fields import PartialDateField, RefField, WordsField
from parvis.register.history import tracked
from parvis.register.models import CitedPart, Record, Subject
from parvis.register.ordering import dates_in_order


class MembershipQuerySet(models.QuerySet["Membership"]):
    def of_member(self, member: Subject) -> Self:
        return self.filter(member=member)

    def in_network(self, network: Subject) -> Self:
        return self.filter(network=network)


@tracked
class Membership(Record):
    """The standing of one member in one network, from first to last."""

    noun = "membership"
    parts = ("statuses", "filings")

    network = RefField(nouns=("network",))
    member = RefField(nouns=("place", "body", "network"))

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_membership_a_network_and_member",
                violation_error_message=_("This member's standing in this network is recorded already: amend it."),
                fields=["network", "member"],
            ),
        ]


@tracked
class MembershipPeriod(CitedPart):
    """A status held for a time: observer, member, left. The day it ends is no longer in it.

    An open end lasts until the next status begins. A status without a beginning is known by the day
    of its source.
    """

    owner = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="statuses")
    status = models.CharField(max_length=10, choices=MembershipStatus.choices)
    valid_from = PartialDateField()
    valid_to = PartialDateField()
    how = WordsField()

    class Meta(CitedPart.Meta):
        constraints = [
            *CitedPart.Meta.constraints,
            models.CheckConstraint(name="membership_status_is_known", condition=Q(status__in=MembershipStatus.values)),
            models.CheckConstraint(
                name="membership_period_in_order",
                violation_error_message=_("A status begins before it ends."),
                condition=dates_in_order("valid_from", "valid_to"),
            ),
            models.CheckConstraint(
                name="nobody_is_gone_until_a_day",
                violation_error_message=_("One does not leave until a day: give the status that follows instead."),
                condition=~Q(status=MembershipStatus.LEFT) | Q(valid_to=""),
            ),
        ]


@tracked
class MembershipFiling(CitedPart):
    """An action of the member as it stands in the register of a network or platform: their reference, and the day.

    ``initiative`` is our own record of it, where there is one. ``compared`` is the day both were last laid
    side by side, ``differs`` what then did not agree.
    """

    owner = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="filings")
    initiative = RefField(
        nouns=("programme", "project", "promise", "agreement", "event", "decision"), null=True, blank=True
    )
    words = WordsField()
    goal = WordsField()
    baseline = WordsField()
    target_year = models.PositiveSmallIntegerField(null=True, blank=True)
    filed = PartialDateField()
    reference = models.CharField(max_length=120, blank=True)
    compared = PartialDateField()
    differs = WordsField()

    class Meta(CitedPart.Meta):
        constraints = [
            *CitedPart.Meta.constraints,
            models.CheckConstraint(
                name="filing_says_what_is_filed",
                violation_error_message=_("Say what is filed: a record of ours, or a few words."),
                condition=Q(initiative__isnull=False) | ~Q(words={}),
            ),
            models.CheckConstraint(
                name="filing_differs_on_a_day",
                violation_error_message=_("What differs was found on a day: say when both were compared."),
                condition=Q(differs={}) | ~Q(compared=""),
            ),
            models.CheckConstraint(
                name="filing_compared_once_filed",
                violation_error_message=_("What is filed is compared afterwards."),
                condition=dates_in_order("filed", "compared"),
            ),
            models.CheckConstraint(
                name="filing_aims_at_a_year",
                violation_error_message=_("The year aimed at is a year of four digits."),
                condition=Q(target_year__isnull=True) | Q(target_year__gte=1900, target_year__lte=2200),
            ),
            models.UniqueConstraint(
                name="an_outside_reference_is_told_once",
                violation_error_message=_("This outside reference is told twice."),
                fields=["owner", "reference"],
                condition=~Q(reference=""),
            ),
        ]
