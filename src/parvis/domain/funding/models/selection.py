from __future__ import annotations

from decimal import Decimal
from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from parvis.domain.funding.enums import Answered, LeftOut, Proposed
from parvis.domain.funding.models.application import Application
from parvis.domain.funding.models.call import Call
from parvis.register.fields import RefField
from parvis.register.history import written_again, written_otherwise


class Scenario(models.Model):
    """A what-if over the ranked files of a call, kept under a name. Nothing is decided in it."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="scenarios")
    name = models.CharField(max_length=60)
    terms = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint(name="a_scenario_has_its_own_name", fields=["call", "name"])]

    def __str__(self) -> str:
        return self.name


class Selection(models.Model):
    """What the office puts before the council: one line a file, closed once, with the sum it asks for.

    ``decision`` is what the council answered. The office may withdraw it before, when a tie changed its scores.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="selections")
    scenario = models.CharField(max_length=60)
    envelope = models.DecimalField(max_digits=14, decimal_places=2)
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decision = RefField(nouns=("decision",), null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_why = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ("closed_at", "pk")
        constraints = [
            models.UniqueConstraint(
                name="one_open_selection_a_call",
                fields=["call"],
                condition=Q(decision__isnull=True, withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="a_withdrawn_selection_says_who_and_why",
                condition=Q(withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, decision__isnull=True) & ~Q(withdrawn_why=""),
            ),
            models.CheckConstraint(
                name="a_decided_selection_has_its_moment",
                condition=Q(decision__isnull=True, decided_at__isnull=True)
                | Q(decision__isnull=False, decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"selection {self.pk} of {self.call_id}"


class SelectionLineQuerySet(models.QuerySet["SelectionLine"]):
    def written_to(self) -> Self:
        """Lines whose bodies are written to: those the council put off wait for its next sitting."""
        return self.exclude(otherwise__answer=Answered.ADJOURN)


class SelectionLine(models.Model):
    """A file before the council: its place, its score, what it asked, what is proposed, and why not, if not."""

    selection = models.ForeignKey(Selection, on_delete=models.PROTECT, related_name="lines")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="selection_lines")
    rank = models.PositiveIntegerField()
    score = models.DecimalField(max_digits=5, decimal_places=2)
    proposed = models.CharField(max_length=8, choices=Proposed.choices)
    asked = models.DecimalField(max_digits=14, decimal_places=2)
    amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    left_out = models.CharField(max_length=10, choices=LeftOut.choices, blank=True)
    reason = models.TextField(max_length=4000, blank=True)

    objects = SelectionLineQuerySet.as_manager()

    class Meta:
        ordering = ("rank", "application")
        triggers = [
            pgtrigger.Protect(
                name="a_line_before_the_council_is_never_rewritten",
                operation=written_again(
                    "selection_id", "application_id", "rank", "score", "proposed", "asked", "amount", "left_out"
                ),
            ),
            pgtrigger.Protect(
                name="a_reason_of_a_line_is_only_struck_out",
                operation=written_again("reason"),
                condition=written_otherwise("reason"),
            ),
            pgtrigger.Protect(name="a_line_before_the_council_stays", operation=pgtrigger.Delete),
        ]
        constraints = [
            models.UniqueConstraint(name="one_line_a_file", fields=["selection", "application"]),
            models.CheckConstraint(
                name="only_an_award_has_a_sum",
                condition=Q(proposed=Proposed.AWARD, amount__gt=0) | (~Q(proposed=Proposed.AWARD) & Q(amount=0)),
            ),
            models.CheckConstraint(
                name="a_refusal_has_its_reason", condition=~Q(proposed=Proposed.REFUSE) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="above_what_was_asked_has_its_reason", condition=Q(amount__lte=F("asked")) | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.rank} of {self.selection_id}"

    @property
    def _told(self) -> SelectionLine | CouncilAnswer:
        """What the council said of it; what was proposed, where it said nothing else."""
        return getattr(self, "otherwise", self)

    @property
    def answered(self) -> Answered:
        """What becomes of the file: as it was proposed, or as the council decided otherwise."""
        told = self._told
        return Answered(told.answer if isinstance(told, CouncilAnswer) else self.proposed)

    @property
    def voted(self) -> Decimal:
        return self._told.amount

    @property
    def why(self) -> str:
        return self._told.reason


class CouncilAnswer(models.Model):
    """What the council decided otherwise than was proposed for a file, how much, and why: a line of the minutes."""

    line = models.OneToOneField(SelectionLine, on_delete=models.PROTECT, related_name="otherwise")
    answer = models.CharField(max_length=8, choices=Answered.choices)
    amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    reason = models.TextField(max_length=4000)
    stated_at = models.DateTimeField()
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("line",)
        triggers = [
            pgtrigger.Protect(
                name="what_the_council_answered_is_never_rewritten",
                operation=written_again("line_id", "answer", "amount", "stated_at", "stated_by_id"),
            ),
            pgtrigger.Protect(
                name="a_reason_of_the_council_is_only_struck_out",
                operation=written_again("reason"),
                condition=written_otherwise("reason"),
            ),
            pgtrigger.Protect(name="what_the_council_answered_stays", operation=pgtrigger.Delete),
        ]
        constraints = [
            models.CheckConstraint(name="an_answer_is_known", condition=Q(answer__in=Answered.values)),
            models.CheckConstraint(
                name="only_an_answered_award_has_a_sum",
                condition=Q(answer=Answered.AWARD, amount__gt=0) | (~Q(answer=Answered.AWARD) & Q(amount=0)),
            ),
            models.CheckConstraint(name="an_answer_otherwise_has_its_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"answer to line {self.line_id}"
