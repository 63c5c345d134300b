"""What every record of a room and every line under it has in common."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from parvis.register.fields import LONGEST_TEXT, RefField
from parvis.register.models.subject import Subject


class Record(models.Model):
    """A record of a room. Its head (key, kind, visibility, themes, revision) is its subject.

    ``noun`` names it. ``parts`` lists the related names of the lines that belong to it, in the order a
    person fills them; they are entered and amended with it, as a whole. ``texts`` lists the public texts
    it may carry besides its title and summary. ``longest_title`` is how many signs its title has at most.
    """

    noun: ClassVar[str] = ""
    parts: ClassVar[tuple[str, ...]] = ()
    texts: ClassVar[tuple[str, ...]] = ()
    longest_title: ClassVar[int] = LONGEST_TEXT

    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, primary_key=True, related_name="%(class)s")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.subject.key

    @property
    def key(self) -> str:
        return self.subject.key


class Part(models.Model):
    """A line that belongs to a record, kept in order.

    ``lone`` names the one field a line may be written by alone (``places: [bamako]``). ``parts`` works
    as in Record, one level deeper. The field that ties a line to its owner is named ``owner``.
    """

    lone: ClassVar[str] = ""
    parts: ClassVar[tuple[str, ...]] = ()

    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ("position", "pk")


class CitedPart(Part):
    """A line that says which lines of which source it comes from."""

    source = RefField(nouns=("source",), null=True, blank=True)
    line_from = models.PositiveIntegerField(null=True, blank=True)
    line_to = models.PositiveIntegerField(null=True, blank=True)
    fact = models.CharField(max_length=80, blank=True)

    class Meta(Part.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_lines_in_order",
                condition=Q(line_to__isnull=True) | Q(line_to__gte=F("line_from")),
            )
        ]
