"""One line an act. Identifiers and digests only: never a name, an address or a text."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q


class Line(models.Model):
    """Something done: its verb, what it is about, who, when, and digests of what was written."""

    verb = models.CharField(max_length=60)
    about = models.CharField(max_length=140, db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    digests = models.JSONField(default=dict)

    class Meta:
        ordering = ("id",)
        triggers = [pgtrigger.Protect(name="line_is_never_altered", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.verb} {self.about}"


class Seal(models.Model):
    """The place of a line in the chain: each digest covers the line and the digest before it."""

    number = models.BigIntegerField(primary_key=True)
    line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="seal")
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("number",)
        triggers = [pgtrigger.Protect(name="seal_is_never_altered", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [models.CheckConstraint(name="seals_count_from_one", condition=Q(number__gte=1))]

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:8]}"
