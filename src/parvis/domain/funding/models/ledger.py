"""The double-entry ledger: accounts, entries, lines. The application may add to it and change nothing in it.

What must always hold is held by functions of the database (migration ``the_ledger``): each entry adds up
to nothing, no account but the council's goes below zero, and a levy's year never holds more than its ceiling.
"""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from parvis.domain.funding.enums import Act, Stage
from parvis.domain.funding.models.levy import LevyYear
from parvis.register.fields import RefField
from parvis.register.models import Subject

_OF_THE_YEAR = (Stage.COUNCIL, Stage.VOTED)


class LedgerAccountQuerySet(models.QuerySet["LedgerAccount"]):
    def of_grant(self, grant: Subject) -> Self:
        return self.filter(grant=grant)

    def of_envelope(self, envelope: Subject) -> Self:
        return self.filter(envelope=envelope)


class LedgerAccount(models.Model):
    """Where money stands: voted for a year, left in an envelope, committed to a grant, paid, to be paid back.

    Its balance is kept by the database alone, from the lines of the ledger.
    """

    levy_year = models.ForeignKey(LevyYear, on_delete=models.PROTECT, related_name="accounts")
    envelope = RefField(nouns=("envelope",), null=True, blank=True)
    grant = RefField(nouns=("grant",), null=True, blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices)
    balance = models.DecimalField(max_digits=16, decimal_places=2, default=0)

    objects = LedgerAccountQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                name="money_stands_in_one_account",
                fields=["levy_year", "envelope", "grant", "stage"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="ledger_stage_is_known", condition=Q(stage__in=Stage.values)),
            models.CheckConstraint(
                name="ledger_account_has_its_owner",
                condition=Q(stage__in=_OF_THE_YEAR, envelope__isnull=True, grant__isnull=True)
                | Q(stage=Stage.AVAILABLE, envelope__isnull=False, grant__isnull=True)
                | Q(~Q(stage__in=(*_OF_THE_YEAR, Stage.AVAILABLE)), envelope__isnull=False, grant__isnull=False),
            ),
            models.CheckConstraint(
                name="ledger_account_never_below_zero", condition=Q(balance__gte=0) | Q(stage=Stage.COUNCIL)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grant or self.envelope or self.levy_year} {self.stage}"


class LedgerEntry(models.Model):
    """One movement of money: what was done, on which decision, by whom. Never altered, never removed.

    Money asked for or paid in another currency keeps it here, with the rate and where the rate was read.
    """

    act = models.CharField(max_length=10, choices=Act.choices)
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    decision = RefField(nouns=("decision",))
    grant = RefField(nouns=("grant",), null=True, blank=True)
    day = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    foreign_amount = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    foreign_currency = models.CharField(max_length=3, blank=True)
    rate = models.DecimalField(max_digits=18, decimal_places=8, null=True, blank=True)
    rate_source = models.CharField(max_length=120, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "ledger entries"
        constraints = [
            models.CheckConstraint(name="ledger_act_is_known", condition=Q(act__in=Act.values)),
            models.CheckConstraint(name="ledger_entry_moves_something", condition=Q(amount__gt=0)),
            models.UniqueConstraint(
                name="an_order_is_sent_back_once", fields=["reference"], condition=Q(act=Act.RETURN)
            ),
            models.CheckConstraint(
                name="another_currency_comes_with_its_rate",
                condition=Q(foreign_amount__isnull=True, foreign_currency="", rate__isnull=True, rate_source="")
                | Q(
                    ~Q(foreign_currency=""),
                    ~Q(rate_source=""),
                    foreign_amount__gt=0,
                    rate__gt=0,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.act} {self.amount}"


class LedgerLine(models.Model):
    """One side of an entry: so much more, or less, in one account."""

    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="lines")
    account = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, related_name="lines")
    amount = models.DecimalField(max_digits=16, decimal_places=2)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(name="ledger_line_moves_something", condition=~Q(amount=0)),
            models.UniqueConstraint(name="an_entry_touches_an_account_once", fields=["entry", "account"]),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.account_id} {self.amount}"
