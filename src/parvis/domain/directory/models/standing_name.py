from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q


class StandingName(models.Model):
    """A publisher let a person's name stand in a public text: which record and field, who, when and why.

    Neither the name nor the text is here: a keyed digest of both tells them again, and nothing else does.
    """

    about = models.CharField(max_length=140)
    field = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=500)
    let_at = models.DateTimeField()
    let_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-let_at", "pk")
        triggers = [
            pgtrigger.Protect(name="a_standing_name_is_never_altered", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
        constraints = [models.CheckConstraint(name="a_standing_name_has_its_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.about} {self.field} {self.digest[:8]}"
