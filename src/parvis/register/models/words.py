"""What a record is called and what is written about it, in each language."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from parvis.register.enums import NameKind, TextState
from parvis.register.fields import PartialDateField
from parvis.register.history import tracked
from parvis.register.models.subject import Subject


@tracked
class Text(models.Model):
    """A public text of a record in one language, with where it stands as a translation.

    ``future_until`` is set on a text that speaks of something to come: past that date it is stale.
    """

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="texts")
    field = models.CharField(max_length=30)
    language = models.CharField(max_length=5)
    body = models.TextField()
    state = models.CharField(max_length=12, choices=TextState.choices, default=TextState.TRANSLATED)
    future_until = PartialDateField()

    class Meta:
        ordering = ("field", "language")
        constraints = [
            models.UniqueConstraint(name="one_text_a_field_and_language", fields=["subject", "field", "language"]),
            models.UniqueConstraint(
                name="one_original_a_field",
                fields=["subject", "field"],
                condition=Q(state=TextState.ORIGINAL),
            ),
            models.CheckConstraint(name="text_is_not_empty", condition=~Q(body="")),
        ]

    def __str__(self) -> str:
        return f"{self.field} ({self.language})"


@tracked
class Name(models.Model):
    """A name a record goes or went by, in any script. ``folded`` is what a search compares."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, db_index=True)
    language = models.CharField(max_length=12, blank=True)
    kind = models.CharField(max_length=10, choices=NameKind.choices, default=NameKind.ALIAS)
    valid_from = PartialDateField()
    valid_to = PartialDateField()

    class Meta:
        ordering = ("kind", "text")
        constraints = [
            models.UniqueConstraint(name="a_name_is_given_once", fields=["subject", "text", "language", "kind"]),
            models.CheckConstraint(name="name_is_not_empty", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text
