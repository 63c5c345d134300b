from __future__ import annotations

from django.db import models

from parvis.register.fields import RefField
from parvis.register.history import tracked
from parvis.register.models import Record


@tracked
class Envelope(Record):
    """Money of one levy and one year set aside for one use. What it holds is in the ledger, never here."""

    noun = "envelope"

    levy = RefField(nouns=("levy",))
    year = models.PositiveSmallIntegerField()
    programme = RefField(nouns=("programme",), null=True, blank=True)
    line = models.CharField(max_length=80, blank=True)
