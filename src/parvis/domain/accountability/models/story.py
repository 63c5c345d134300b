from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.register.fields import PartialDateField, RefField
from parvis.register.history import tracked
from parvis.register.models import Part, Record


@tracked
class Story(Record):
    """Something done, told for everyone. It is about one record at least, which can be opened."""

    noun = "story"
    parts = ("about",)
    texts = ("body",)

    day = PartialDateField()

    class Meta:
        verbose_name_plural = "stories"


@tracked
class StorySubject(Part):
    """A record a story tells of."""

    lone = "record"

    owner = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="about")
    record = RefField()

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(
                name="a_story_names_a_record_once",
                violation_error_message=_("This record is named twice."),
                fields=["owner", "record"],
            ),
        ]
