from __future__ import annotations

from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from parvis.register.fields import PartialDateField, RefField, WordsField
from parvis.register.history import tracked
from parvis.register.models import CitedPart, Part, Record
from parvis.register.ordering import dates_in_order

_FLOOR = Func(F("rate") * F("base"), Value(2), function="trunc", output_field=models.DecimalField())

#: What a share of an income may be: more than nothing, and never more than all of it.
_IS_A_SHARE = Q(rate__gt=0, rate__lte=1)


@tracked
class Levy(Record):
    """A source of the money given: the budget of one service, under the law that lets it give.

    A levy with a rule has a ceiling each year. A levy without any, such as the general budget, has none.
    Water and sanitation are two levies: their money is never pooled.
    """

    noun = "levy"
    parts = ("rules", "plan")

    programme = RefField(nouns=("programme",), null=True, blank=True)
    run_by = RefField(nouns=("body",), null=True, blank=True)
    since = PartialDateField()
    until = PartialDateField()
    pilot = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "levies"
        constraints = [
            models.CheckConstraint(
                name="levy_in_order",
                violation_error_message=_("A levy begins before it ends."),
                condition=dates_in_order("since", "until"),
            ),
        ]


@tracked
class LevyRule(CitedPart):
    """What the law allows a levy to give, from a day: so much of the service's own resources."""

    owner = models.ForeignKey(Levy, on_delete=models.CASCADE, related_name="rules")
    rate = models.DecimalField(max_digits=7, decimal_places=6)
    base = WordsField()
    legal_basis = RefField(nouns=("legal_basis",), null=True, blank=True)
    valid_from = PartialDateField()
    valid_to = PartialDateField()

    class Meta(CitedPart.Meta):
        constraints = [
            *CitedPart.Meta.constraints,
            models.CheckConstraint(
                name="levy_rule_rate_is_a_share",
                violation_error_message=_("A rate is a share: 0.01 for one per cent."),
                condition=_IS_A_SHARE,
            ),
            models.CheckConstraint(
                name="levy_rule_in_order",
                violation_error_message=_("A rule begins before it ends."),
                condition=dates_in_order("valid_from", "valid_to"),
            ),
        ]


@tracked
class LevyPlan(Part):
    """What a levy should give in a year on its way to its full size."""

    owner = models.ForeignKey(Levy, on_delete=models.CASCADE, related_name="plan")
    year = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    note = WordsField()

    class Meta(Part.Meta):
        constraints = [
            models.CheckConstraint(
                name="levy_plan_is_an_amount",
                violation_error_message=_("An amount cannot be below zero."),
                condition=Q(amount__gte=0),
            ),
            models.UniqueConstraint(
                name="a_levy_plans_a_year_once",
                violation_error_message=_("This year is planned twice."),
                fields=["owner", "year"],
            ),
        ]


@tracked
class LevyYear(models.Model):
    """One year of a levy: the service's own resources, the rate of that year, and the ceiling they make.

    The database holds the ceiling to the rate times the resources, down to the cent. No resources known: no
    ceiling, and nothing can be voted. Without a rate the levy has no ceiling at all. Once closed, on a decision,
    nothing new is given from it: what it has promised is paid, and what it has left is carried or given back. One that
    was closed by mistake is opened again, on a decision too; ``reopened`` tells of it until it closes.
    """

    levy = models.ForeignKey(Levy, on_delete=models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField()
    currency = models.CharField(max_length=3)
    rate = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)
    base = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    base_source = models.CharField(max_length=200, blank=True)
    ceiling = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    closed = models.DateField(null=True, blank=True)
    closing = RefField(nouns=("decision",), null=True, blank=True)
    closed_why = models.CharField(max_length=300, blank=True)
    reopened = models.DateField(null=True, blank=True)
    reopening = RefField(nouns=("decision",), null=True, blank=True)
    reopened_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("levy", "year")
        constraints = [
            models.UniqueConstraint(name="a_levy_has_a_year_once", fields=["levy", "year"]),
            models.CheckConstraint(name="levy_year_rate_is_a_share", condition=Q(rate__isnull=True) | _IS_A_SHARE),
            models.CheckConstraint(name="levy_year_base_is_an_amount", condition=Q(base__isnull=True) | Q(base__gte=0)),
            models.CheckConstraint(
                name="levy_year_ceiling_is_rate_times_base",
                condition=Q(Q(rate__isnull=True) | Q(base__isnull=True), ceiling__isnull=True)
                | Q(rate__isnull=False, base__isnull=False, ceiling__isnull=False, ceiling=_FLOOR),
            ),
            models.CheckConstraint(
                name="a_year_is_closed_on_a_decision",
                condition=Q(closed__isnull=True, closing__isnull=True, closed_why="")
                | Q(Q(closed__isnull=False, closing__isnull=False), ~Q(closed_why="")),
            ),
            models.CheckConstraint(
                name="a_year_is_opened_again_on_a_decision",
                condition=Q(reopened__isnull=True, reopening__isnull=True, reopened_why="")
                | Q(Q(closed__isnull=True, reopened__isnull=False, reopening__isnull=False), ~Q(reopened_why="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.levy} {self.year}"
