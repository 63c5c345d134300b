from __future__ import annotations

import uuid
from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from parvis.domain.funding.enums import ReviewState, TieKind
from parvis.domain.funding.models.application import Application
from parvis.domain.funding.models.call import Call


class ReviewerTie(models.Model):
    """What a person of the office declares of themselves: a mandate, an employer, an address, a past grant, a name.

    It says something of a person's life, so like contacts it has no history: what is erased is gone.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="ties")
    kind = models.CharField(max_length=12, choices=TieKind.choices)
    name = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=60, blank=True)
    declared_at = models.DateTimeField()

    class Meta:
        ordering = ("kind", "name", "pk")
        constraints = [
            models.CheckConstraint(name="tie_kind_is_known", condition=Q(kind__in=TieKind.values)),
            models.CheckConstraint(name="a_tie_names_something", condition=~Q(name="") | ~Q(number="")),
        ]

    def __str__(self) -> str:
        return f"tie {self.pk}"


class CallReviewer(models.Model):
    """A person the office asked to read files of a call."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="reviewers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calls_to_read")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("asked_at", "pk")
        constraints = [models.UniqueConstraint(name="a_person_is_asked_once_a_call", fields=["call", "person"])]

    def __str__(self) -> str:
        return f"reviewer {self.person_id} of {self.call_id}"


class ReviewQuerySet(models.QuerySet["Review"]):
    def standing(self) -> Self:
        """Reviews that nobody's interest has set aside."""
        return self.exclude(state=ReviewState.SET_ASIDE)

    def signed(self) -> Self:
        return self.filter(state=ReviewState.SIGNED)


class Review(models.Model):
    """One reviewer's reading of one file, under a code that tells nothing of either."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews")
    state = models.CharField(max_length=10, choices=ReviewState.choices, default=ReviewState.GIVEN)
    comment = models.TextField(max_length=8000, blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ("given_at", "pk")
        triggers = [
            pgtrigger.Protect(
                name="a_signed_review_is_only_set_aside",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="signed") & ~pgtrigger.Q(new__state="set_aside"),
            ),
            pgtrigger.Protect(name="a_review_is_never_removed", operation=pgtrigger.Delete),
        ]
        constraints = [
            models.UniqueConstraint(name="a_person_reads_a_file_once", fields=["application", "reviewer"]),
            models.CheckConstraint(name="review_state_is_known", condition=Q(state__in=ReviewState.values)),
            models.CheckConstraint(
                name="a_signed_review_has_its_moment",
                condition=~Q(state=ReviewState.SIGNED) | Q(signed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """How the reviewer knows the file: neither its number nor its place among files."""
        return f"R-{self.pk.hex[:6].upper()}"


class Mark(models.Model):
    """What a reviewer gives a file on one criterion, from 0 to 5, and why."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="marks")
    criterion = models.SlugField(max_length=40)
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    why = models.TextField(max_length=4000, blank=True)

    class Meta:
        ordering = ("pk",)
        triggers = [
            pgtrigger.Trigger(
                name="marks_of_a_signed_review_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (SELECT 1 FROM funding_review WHERE id = COALESCE(NEW.review_id, OLD.review_id)
                               AND state IN ('signed', 'set_aside')) THEN
                        RAISE EXCEPTION 'the marks of a signed review stay' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            )
        ]
        constraints = [
            models.UniqueConstraint(name="one_mark_a_criterion", fields=["review", "criterion"]),
            models.CheckConstraint(name="a_mark_is_from_0_to_5", condition=Q(value__isnull=True) | Q(value__lte=5)),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.value}"
