from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from parvis.domain.funding.enums import Asker


class PersonErasure(models.Model):
    """An applicant was erased (GDPR, art. 17): who asked, when, what was kept and why. It names nobody.

    ``kept`` and ``erased`` count rows by what they are; why each is kept is said by its code.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="erasure")
    asker = models.CharField(max_length=14, choices=Asker.choices)
    asked_on = models.DateField()
    erased_at = models.DateTimeField()
    erased_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    erased = models.JSONField(default=dict)
    kept = models.JSONField(default=dict)

    class Meta:
        ordering = ("-erased_at", "-pk")
        triggers = [
            pgtrigger.Protect(name="an_erasure_is_never_altered", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
        constraints = [models.CheckConstraint(name="asker_is_known", condition=Q(asker__in=Asker.values))]

    def __str__(self) -> str:
        return f"erasure {self.pk}"
