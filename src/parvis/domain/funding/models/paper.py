from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from parvis.domain.funding.models.application import Application


class PaperVerdict(models.Model):
    """An officer's word on a paper: whether reviewers may read it, and what was found in it that names somebody.

    It holds for that very content (``sha256``). ``found`` keeps kinds and places, never the words.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="paper_verdicts")
    code = models.SlugField(max_length=40)
    sha256 = models.CharField(max_length=64)
    found = models.JSONField(default=list)
    unread = models.BooleanField(default=False)
    shown = models.BooleanField()
    reason = models.CharField(max_length=1000, blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("given_at", "pk")
        triggers = [
            pgtrigger.Protect(name="a_paper_verdict_is_final", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_paper_that_names_is_shown_for_a_reason",
                condition=Q(shown=False) | Q(found=[], unread=False) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"verdict {self.pk}"
