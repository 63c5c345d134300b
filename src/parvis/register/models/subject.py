from __future__ import annotations

from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from parvis.register.enums import Visibility
from parvis.register.history import tracked


class SubjectQuerySet(models.QuerySet["Subject"]):
    def public(self) -> Self:
        """What may pass the gate."""
        return self.filter(visibility=Visibility.PUBLIC)

    def of_noun(self, *nouns: str) -> Self:
        return self.filter(noun__in=nouns)


@tracked
class Subject(models.Model):
    """Anything that can be named, cited and spoken about: the head of every record.

    The key is fixed when it is first entered, the same in every language, never reused. The revision
    counts the changes a person made: a save that saw an older one is told.
    """

    key = models.SlugField(max_length=120, unique=True)
    noun = models.CharField(max_length=30)
    kind = models.CharField(max_length=40, blank=True)
    visibility = models.CharField(max_length=12, choices=Visibility.choices, default=Visibility.DRAFT)
    themes = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    priorities = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    revision = models.PositiveIntegerField(default=1)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    amended_at = models.DateTimeField()
    amended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = SubjectQuerySet.as_manager()

    class Meta:
        ordering = ("key",)
        triggers = [pgtrigger.Protect(name="subject_is_never_deleted", operation=pgtrigger.Delete)]
        indexes = [models.Index(fields=["noun", "visibility"], name="subject_noun_visibility")]
        constraints = [
            models.CheckConstraint(name="subject_visibility_is_known", condition=Q(visibility__in=Visibility.values)),
            models.CheckConstraint(name="subject_key_is_not_empty", condition=~Q(key="")),
        ]

    def __str__(self) -> str:
        return self.key
