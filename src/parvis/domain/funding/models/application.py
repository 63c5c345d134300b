from __future__ import annotations

import uuid
from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from parvis.domain.funding.enums import ApplicationState, ReviewState
from parvis.domain.funding.models.applicant import ApplicantBody
from parvis.domain.funding.models.call import Call, CallForm
from parvis.domain.funding.models.plain import plain_of
from parvis.foundation.accounts.models import User
from parvis.register.history import written_again, written_otherwise


class ApplicationQuerySet(models.QuerySet["Application"]):
    def of_person(self, person: User) -> Self:
        """Files of the bodies a person acts for."""
        return self.filter(body__members__person=person)

    def open_to(self, person: User) -> Self:
        """Files a person may see under the name of who asks, in every list and count.

        Those that concern them are closed to them; so are those they were given to read without names, until they
        sign; and those that just arrived, until everybody was looked at for ties to who asks.
        """
        reading = person.reviews.filter(state__in=[ReviewState.GIVEN, ReviewState.BEGUN])
        looked = self.filter(Q(number__isnull=True) | Q(looked_at__isnull=False))
        return looked.exclude(interests__person=person).exclude(reviews__in=reading)

    def just_arrived(self) -> Self:
        """Files the office has that nobody is shown yet: their ties are still to be looked for."""
        return self.received().filter(looked_at__isnull=True)

    def received(self) -> Self:
        """Files the office has: everything that was sent at least once."""
        return self.filter(number__isnull=False)


class Application(models.Model):
    """A file: one body's request under one call.

    ``title``, ``asked`` and ``country`` repeat answers of the form, so that lists need not read them all. ``number``
    is given at the first sending and never changes. ``looked_at`` says when everybody of the office was first looked
    at for ties to who asks.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    form = models.ForeignKey(CallForm, on_delete=models.PROTECT, related_name="applications")
    body = models.ForeignKey(ApplicantBody, on_delete=models.PROTECT, related_name="applications")
    state = models.CharField(max_length=15, choices=ApplicationState.choices, default=ApplicationState.DRAFT)
    number = models.CharField(max_length=40, null=True, blank=True, unique=True)
    title = models.CharField(max_length=200, blank=True)
    plain_title = plain_of("title")
    asked = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    country = models.CharField(max_length=2, blank=True)
    #: The language its writer reads the counter in; a reminder speaks it.
    language = models.CharField(max_length=2, blank=True)
    #: When its call was to close as it was begun: one that is moved since is told.
    closing_known = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    #: When the words of a person's file were erased at their term.
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ("-begun_at", "pk")
        indexes = [
            models.Index(fields=["call", "state"], name="application_call_state"),
            models.Index(
                fields=["call"],
                name="application_not_looked_at",
                condition=Q(looked_at__isnull=True, number__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(name="application_state_is_known", condition=Q(state__in=ApplicationState.values)),
            models.CheckConstraint(
                name="a_received_file_has_its_number_and_moment",
                condition=Q(state__in=[ApplicationState.DRAFT, ApplicationState.WITHDRAWN])
                | Q(number__isnull=False, submitted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"draft {str(self.pk)[:8]}"


#: Questions of a form that are answered with somebody's name.
NAMES_SOMEBODY = r"^(signatory|contact)(\.|$)"


class Answer(models.Model):
    """What is written in one field of a file. Its revision counts the times it changed."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answers")
    field = models.CharField(max_length=120)
    value = models.JSONField(null=True)
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    window = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(name="one_answer_a_field", fields=["application", "field"])]
        #: Names are looked for at each save of a public text, among all the answers of all the files.
        indexes = [
            models.Index(fields=["field"], name="answer_names_somebody", condition=Q(field__regex=NAMES_SOMEBODY))
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.application_id}"


class OtherText(models.Model):
    """A second text for a field, written at the same time by somebody else, kept until a person says which stands."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="other_texts")
    field = models.CharField(max_length=120)
    value = models.JSONField(null=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    window = models.CharField(max_length=40, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("written_at", "pk")
        constraints = [
            models.UniqueConstraint(
                name="one_open_text_a_window",
                fields=["application", "field", "window"],
                condition=Q(settled_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"other text of {self.field}"


class ApplicationStep(models.Model):
    """A file went from one state to another: when, by whom, why. Names alone are struck out of it, by an erasure."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="steps")
    code = models.SlugField(max_length=40)
    comes_from = models.CharField(max_length=15, choices=ApplicationState.choices)
    goes_to = models.CharField(max_length=15, choices=ApplicationState.choices)
    reason = models.TextField(max_length=4000, blank=True)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("taken_at", "pk")
        triggers = [
            pgtrigger.Protect(
                name="a_step_taken_is_never_rewritten",
                operation=written_again("application_id", "code", "comes_from", "goes_to", "taken_at", "taken_by_id"),
            ),
            pgtrigger.Protect(
                name="a_reason_of_a_step_is_only_struck_out",
                operation=written_again("reason"),
                condition=written_otherwise("reason"),
            ),
            pgtrigger.Protect(name="a_step_taken_is_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.code} of {self.application_id}"


class Submission(models.Model):
    """What was sent, whole, with its digest and the server's moment: the ground of the receipt. Never altered.

    The content of a person's file is emptied at its term, and its digest stays.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="submissions")
    turn = models.PositiveSmallIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=2)

    class Meta:
        ordering = ("application", "turn")
        triggers = [
            pgtrigger.Protect(
                name="a_submission_is_never_rewritten",
                operation=written_again("application_id", "turn", "digest", "received_at", "sent_by_id", "language"),
            ),
            pgtrigger.Protect(
                name="a_submission_is_only_emptied",
                operation=written_again("content"),
                condition=pgtrigger.Condition(
                    "NEW.content->'answers' IS DISTINCT FROM '{}'::jsonb"
                    " OR NEW.content->'documents' IS DISTINCT FROM '[]'::jsonb"
                ),
            ),
            pgtrigger.Protect(name="a_submission_is_never_deleted", operation=pgtrigger.Delete),
        ]
        constraints = [models.UniqueConstraint(name="one_submission_a_turn", fields=["application", "turn"])]

    def __str__(self) -> str:
        return f"submission {self.turn} of {self.application_id}"


class FileNumber(models.Model):
    """The last number given to a file of a call; its row is locked while the next is given."""

    call = models.OneToOneField(Call, on_delete=models.PROTECT, primary_key=True, related_name="file_number")
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.call_id}: {self.last}"
