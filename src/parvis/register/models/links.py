"""What ties records together: one led to another, two are one, a change is proposed."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from parvis.register.enums import ProposalState, Verdict
from parvis.register.fields import WordsField
from parvis.register.history import tracked, written_again
from parvis.register.models.source import Source
from parvis.register.models.subject import Subject


@tracked
class Tie(models.Model):
    """One act led to another, with the place in a source that says so."""

    cause = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="led_to")
    effect = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="followed_from")
    note = WordsField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="ties")
    line_from = models.PositiveIntegerField(null=True, blank=True)
    line_to = models.PositiveIntegerField(null=True, blank=True)
    fact = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_tie_is_told_once", fields=["cause", "effect"]),
            models.CheckConstraint(name="nothing_leads_to_itself", condition=~Q(cause=F("effect"))),
        ]

    def __str__(self) -> str:
        return f"{self.cause_id} led to {self.effect_id}"


@tracked
class Judgement(models.Model):
    """A person judged two records the same thing, or two; it can be undone, and stays written."""

    left = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="judgements_left")
    right = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="judgements_right")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.CharField(max_length=300)
    judged_at = models.DateTimeField()
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        triggers = [
            pgtrigger.Protect(name="judgement_is_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="judgement_is_never_rewritten",
                operation=written_again("left_id", "right_id", "verdict", "reason", "judged_at", "judged_by_id"),
            ),
            pgtrigger.Protect(
                name="undoing_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__undone_at__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(name="judgement_is_about_two_records", condition=Q(left__lt=F("right"))),
            models.CheckConstraint(name="judgement_has_a_reason", condition=~Q(reason="")),
            models.UniqueConstraint(
                name="one_standing_judgement_a_pair",
                fields=["left", "right"],
                condition=Q(undone_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.left_id} {self.verdict} {self.right_id}"


@tracked
class Proposal(models.Model):
    """A change that waits for a person: the whole content it would give a record, and where it comes from."""

    noun = models.CharField(max_length=30)
    key = models.SlugField(max_length=120)
    content = models.JSONField()
    seen_revision = models.PositiveIntegerField(null=True, blank=True)
    origin = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.WAITING)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("proposed_at", "pk")
        triggers = [
            pgtrigger.Protect(name="proposal_is_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="proposal_is_never_rewritten",
                operation=written_again(
                    "noun", "key", "content", "seen_revision", "origin", "proposed_at", "proposed_by_id"
                ),
            ),
            pgtrigger.Protect(
                name="decision_is_final",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state=ProposalState.WAITING),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="decided_proposal_names_who_decided",
                condition=Q(state=ProposalState.WAITING, decided_by__isnull=True)
                | (~Q(state=ProposalState.WAITING) & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="refused_proposal_has_a_reason",
                condition=~Q(state=ProposalState.REFUSED) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.noun} {self.key} ({self.state})"
