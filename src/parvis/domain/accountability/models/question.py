from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.accountability.enums import QuestionState
from parvis.register.fields import PartialDateField, RefField, WordsField
from parvis.register.history import tracked
from parvis.register.models import Part, Record
from parvis.register.ordering import dates_in_order


class QuestionQuerySet(models.QuerySet["Question"]):
    def unanswered(self) -> Self:
        return self.filter(state=QuestionState.OPEN)


@tracked
class Question(Record):
    """A question or a criticism put to the city, and its answer. Who asks is told by role, never by name."""

    noun = "question"
    parts = ("evidence",)
    texts = ("answer",)

    asked_by = WordsField()
    asked = PartialDateField()
    answered = PartialDateField()
    state = models.CharField(max_length=10, choices=QuestionState.choices, default=QuestionState.OPEN)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="question_state_is_known", condition=Q(state__in=QuestionState.values)),
            models.CheckConstraint(
                name="question_asked_by_someone",
                violation_error_message=_("Say who asks, by their role."),
                condition=~Q(asked_by={}),
            ),
            models.CheckConstraint(
                name="question_answered_after_asked",
                violation_error_message=_("A question is asked before it is answered."),
                condition=dates_in_order("asked", "answered"),
            ),
            models.CheckConstraint(
                name="an_open_question_has_no_day_of_answer",
                violation_error_message=_("An open question has no day of answer."),
                condition=Q(answered="") | Q(state=QuestionState.ANSWERED),
            ),
        ]


@tracked
class QuestionEvidence(Part):
    """A record that bears an answer out."""

    lone = "record"

    owner = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="evidence")
    record = RefField()

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(
                name="evidence_of_an_answer_is_named_once",
                violation_error_message=_("This evidence is named twice."),
                fields=["owner", "record"],
            ),
        ]
