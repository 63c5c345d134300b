from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.funding.enums import PAYING, AmendmentKind, Condition, ReportKind, ReportState
from parvis.domain.funding.models.call import CallForm
from parvis.domain.funding.models.grant import Grant
from parvis.domain.funding.models.wording import Wording
from parvis.register.fields import RefField
from parvis.register.history import tracked


def _money() -> models.DecimalField:
    return models.DecimalField(max_digits=14, decimal_places=2)


@tracked
class BodyStanding(models.Model):
    """What a body has shown before it receives anything: its republican-commitment contract, or why it needs none."""

    body = RefField(nouns=("body",))
    approved = models.BooleanField(default=False)
    public_interest = models.BooleanField(default=False)
    contract_signed = models.DateField(null=True, blank=True)
    contract_broken = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="a_body_stands_once", fields=["body"])]

    def __str__(self) -> str:
        return str(self.body)


@tracked
class Convention(models.Model):
    """What the city and a beneficiary sign: how much, for what, from when to when, and whether it may be re-granted.

    ``form`` is the version of its call that stood when it was drawn up: its reports are made on the forms of that one.
    ``wording`` is the text it is made from, which stays whatever is written afterwards.
    """

    grant = models.OneToOneField(Grant, on_delete=models.PROTECT, related_name="convention")
    number = models.CharField(max_length=40, unique=True)
    amount = _money()
    regranting = models.BooleanField()
    starts = models.DateField()
    ends = models.DateField()
    signed = models.DateField(null=True, blank=True)
    form = models.ForeignKey(CallForm, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="convention_in_order",
                violation_error_message=_("A convention begins before it ends."),
                condition=Q(starts__lte=F("ends")),
            ),
            models.CheckConstraint(name="convention_gives_something", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return self.number


@tracked
class Amendment(models.Model):
    """A change of a convention after it was signed: its amount, or its end, to which unspent money is carried.

    It is made on a decision, and signed by both as the convention was. Until then it changes nothing and nothing more
    is paid; what it adds is reserved. ``effective`` is the day it began to hold; one never signed is given up.
    """

    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="amendments")
    kind = models.CharField(max_length=10, choices=AmendmentKind.choices)
    made = models.DateField()
    signed = models.DateField(null=True, blank=True)
    change = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    carried = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    envelope = RefField(nouns=("envelope",), null=True, blank=True)
    purpose = models.JSONField(default=dict, blank=True)
    #: Other days from which instalments may be paid, by their number.
    dates = models.JSONField(default=dict, blank=True)
    reason = models.CharField(max_length=300)
    decision = RefField(nouns=("decision",))
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    effective = models.DateField(null=True, blank=True)
    given_up = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("made", "pk")
        constraints = [
            models.UniqueConstraint(
                name="one_amendment_waits_at_a_time",
                fields=["convention"],
                condition=Q(effective__isnull=True, given_up__isnull=True),
            ),
            models.CheckConstraint(
                name="an_amendment_given_up_is_not_signed",
                condition=Q(given_up__isnull=True) | Q(signed__isnull=True, effective__isnull=True),
            ),
            models.CheckConstraint(name="amendment_kind_is_known", condition=Q(kind__in=AmendmentKind.values)),
        ]

    def __str__(self) -> str:
        return f"{self.convention} {self.made}"

    @property
    def days(self) -> list[tuple[str, date]]:
        """The instalments it moves, by their number, each with its new day."""
        return [(number, date.fromisoformat(day)) for number, day in sorted(self.dates.items())]


class InstalmentQuerySet(models.QuerySet["Instalment"]):
    def in_plan(self) -> Self:
        """Those still foreseen: not what was planned again."""
        return self.filter(set_aside__isnull=True)

    def under_order(self) -> Self:
        """Those an order pays: paid, or under way."""
        return self.filter(orders__state__in=PAYING).distinct()


@tracked
class Instalment(models.Model):
    """One payment foreseen for a grant, and what must be so before it is made.

    ``set_aside`` is the day it was planned again, its orders having paid nothing: it keeps them, and its number.
    """

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="instalments")
    position = models.PositiveSmallIntegerField()
    envelope = RefField(nouns=("envelope",))
    amount = _money()
    condition = models.CharField(max_length=10, choices=Condition.choices)
    not_before = models.DateField(null=True, blank=True)
    set_aside = models.DateField(null=True, blank=True)

    objects = InstalmentQuerySet.as_manager()

    class Meta:
        ordering = ("grant", "position")
        constraints = [
            models.UniqueConstraint(name="instalments_are_numbered", fields=["grant", "position"]),
            models.CheckConstraint(name="instalment_gives_something", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="instalment_condition_is_known", condition=Q(condition__in=Condition.values)),
        ]

    def __str__(self) -> str:
        return f"{self.grant} {self.position}"


@tracked
class Report(models.Model):
    """What a beneficiary says was done with the money: in words, or in figures beside its budget."""

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=10, choices=ReportKind.choices)
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.RECEIVED)
    received = models.DateField()
    reviewed = models.DateField(null=True, blank=True)
    words = models.TextField(blank=True)
    unspent = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    signed_by = models.CharField(max_length=120, blank=True)
    remark = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ("received", "pk")
        constraints = [
            models.CheckConstraint(name="report_kind_is_known", condition=Q(kind__in=ReportKind.values)),
            models.CheckConstraint(name="report_state_is_known", condition=Q(state__in=ReportState.values)),
        ]

    def __str__(self) -> str:
        return f"{self.grant} {self.kind} {self.received}"


@tracked
class ReportLine(models.Model):
    """One line of a financial report: what was foreseen, and what was spent or received."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="lines")
    code = models.CharField(max_length=4)
    label = models.CharField(max_length=120)
    budget = _money()
    actual = _money()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(name="a_report_has_a_line_once", fields=["report", "code", "label"]),
            models.CheckConstraint(name="report_line_is_an_amount", condition=Q(budget__gte=0, actual__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"
