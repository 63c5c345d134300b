from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.accountability.enums import ClaimState
from parvis.domain.accountability.models.bearing_out import keeps_evidence, names_evidence
from parvis.register.fields import PartialDateField, RefField, WordsField
from parvis.register.history import tracked
from parvis.register.models import Part, Record

_PROVEN = {
    "table": "accountability_claim",
    "key": "subject_id",
    "state": ClaimState.PROVEN.value,
    "evidence": "accountability_claimevidence",
}


class ClaimQuerySet(models.QuerySet["Claim"]):
    def unproven(self) -> Self:
        """What is shown as claimed by someone, no more."""
        return self.filter(state__in=[ClaimState.CLAIMED, ClaimState.DISPUTED])


@tracked
class Claim(Record):
    """That something is first, only, best, or of such a rank: who says so, when, among what.

    ``set`` is what a rank counts among; ``given_by`` names who gave the rank, where the source says it.
    """

    noun = "claim"
    parts = ("evidence",)

    publisher = RefField(nouns=("body", "place", "network", "office", "person"))
    about = RefField(null=True, blank=True)
    scope = WordsField()
    as_of = PartialDateField()
    state = models.CharField(max_length=10, choices=ClaimState.choices, default=ClaimState.CLAIMED)
    place_in_rank = models.PositiveSmallIntegerField(null=True, blank=True)
    set = WordsField()
    given_by = WordsField()

    objects = ClaimQuerySet.as_manager()

    class Meta:
        triggers = [names_evidence("proven_names_its_evidence", **_PROVEN)]
        constraints = [
            models.CheckConstraint(name="claim_state_is_known", condition=Q(state__in=ClaimState.values)),
            models.CheckConstraint(
                name="claim_has_a_scope_and_a_date",
                violation_error_message=_("A claim says within what it holds, and when it was made."),
                condition=~Q(scope={}) & ~Q(as_of=""),
            ),
            models.CheckConstraint(
                name="a_rank_names_its_set",
                violation_error_message=_("A rank counts from one, and says among what."),
                condition=Q(place_in_rank__isnull=True) | (Q(place_in_rank__gte=1) & ~Q(set={})),
            ),
        ]


@tracked
class ClaimEvidence(Part):
    """A record that bears a claim out."""

    lone = "record"

    owner = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="evidence")
    record = RefField()

    class Meta(Part.Meta):
        triggers = [keeps_evidence("proven_keeps_its_evidence", **_PROVEN)]
        constraints = [
            models.UniqueConstraint(
                name="evidence_of_a_claim_is_named_once",
                violation_error_message=_("This evidence is named twice."),
                fields=["owner", "record"],
            ),
        ]
