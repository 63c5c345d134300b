from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class KeptPage(models.Model):
    """What somebody posted at the counter or the desk after their session had ended: kept for them, and them alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept_pages")
    address = models.CharField(max_length=300)
    #: Pairs of a field's name and its values, in the order they were posted.
    words = models.JSONField()
    with_files = models.BooleanField(default=False)
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ("-kept_at", "pk")

    def __str__(self) -> str:
        return f"page {str(self.pk)[:8]}"
