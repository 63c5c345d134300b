"""What the city gives in aid beside its grants, and the yearly declarations it filed."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.funding.enums import AidPart
from parvis.register.history import tracked


@tracked
class AidCost(models.Model):
    """Aid of a year that is no grant: staff, refugees received, awareness. ``told_by``: where the figure is from."""

    year = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=15, choices=AidPart.choices)
    country = models.CharField(max_length=2, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    words = models.CharField(max_length=200)
    told_by = models.CharField(max_length=200)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ("year", "part", "pk")
        constraints = [
            models.CheckConstraint(name="aid_cost_part_is_known", condition=Q(part__in=AidPart.values)),
            models.CheckConstraint(
                name="aid_cost_is_an_amount",
                violation_error_message=_("A cost is above zero."),
                condition=Q(amount__gt=0),
            ),
            models.CheckConstraint(
                name="aid_cost_says_what_it_is_and_who_says_so",
                violation_error_message=_("Say what was paid for, and where the figure comes from."),
                condition=~Q(words="") & ~Q(told_by=""),
            ),
            models.CheckConstraint(
                name="aid_cost_country_is_a_code",
                violation_error_message=_("A country is written by its two letters: SN, ML."),
                condition=Q(country="") | Q(country__regex=r"^[A-Z]{2}$"),
            ),
            models.CheckConstraint(
                name="aid_cost_taken_back_names_who",
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.words}"


@tracked
class AidDeclaration(models.Model):
    """A declaration as it was filed: its lines and their digest, kept for good. Filed again, it is another one."""

    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    lines = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    reference = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=300, blank=True)
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-year", "-number")
        triggers = [
            pgtrigger.Protect(name="declaration_is_never_altered", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
        constraints = [
            models.UniqueConstraint(name="a_year_is_filed_once_under_a_number", fields=["year", "number"]),
            models.CheckConstraint(name="aid_declaration_has_its_digest", condition=~Q(digest="")),
        ]

    def __str__(self) -> str:
        return f"{self.year} ({self.number})"
