from __future__ import annotations

from datetime import datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from parvis.domain.funding.models.call import Call
from parvis.register.fields import WordsField
from parvis.register.history import written_again, written_otherwise


class CallQuestion(models.Model):
    """A question on a call, and the answer all may read. What the asker wrote stays at the office.

    An answer that is corrected says since when; what it said before is kept beside it.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="questions")
    asked = models.TextField(max_length=2000)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    #: In which language it was asked: who asked is written to in it.
    language = models.CharField(max_length=2, default="fr")
    question = WordsField()
    answer = WordsField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    corrected_at = models.DateTimeField(null=True, blank=True)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("asked_at", "pk")
        constraints = [
            models.CheckConstraint(name="a_call_question_is_not_empty", condition=~Q(asked="")),
            models.CheckConstraint(
                name="an_answered_question_says_who_and_when",
                condition=Q(answered_at__isnull=True) | Q(answered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="only_an_answer_is_corrected_by_someone",
                condition=Q(corrected_at__isnull=True, corrected_by__isnull=True)
                | Q(corrected_at__isnull=False, corrected_by__isnull=False, answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"

    @property
    def said_at(self) -> datetime | None:
        """When its answer was last put in the words it has now."""
        return self.corrected_at or self.answered_at


class EarlierAnswer(models.Model):
    """What a question on a call and its answer said before its correction: never changed, taken away by undoing.

    An erasure alone strikes a name out of it.
    """

    of = models.ForeignKey(CallQuestion, on_delete=models.CASCADE, related_name="earlier")
    question = WordsField()
    answer = WordsField()
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-said_at", "-pk")
        triggers = [
            pgtrigger.Protect(
                name="an_earlier_answer_keeps_its_moment", operation=written_again("of_id", "said_at", "said_by_id")
            ),
            *(
                pgtrigger.Protect(
                    name=f"an_earlier_{said}_is_only_struck_out",
                    operation=written_again(said),
                    condition=written_otherwise(f"{said}::text"),
                )
                for said in ("question", "answer")
            ),
        ]
        constraints = [models.UniqueConstraint(name="one_earlier_answer_a_moment", fields=["of", "said_at"])]

    def __str__(self) -> str:
        return f"earlier answer {self.pk}"
