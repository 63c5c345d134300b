from __future__ import annotations

from typing import Self

from django.db import models

from parvis.register.fields import PartialDateField, RefField
from parvis.register.history import tracked
from parvis.register.models import Record, Subject


class MemorialQuerySet(models.QuerySet["Memorial"]):
    def remembering(self, commemoration: Subject) -> Self:
        return self.filter(remembers=commemoration)


@tracked
class Memorial(Record):
    """A garden, a stele, a plaque the city put up.

    ``at_home`` marks what remembers an act done in the city itself; both kinds stand in one list.
    ``decision`` is the one that had it put up, where it is known.
    """

    noun = "memorial"

    place = RefField(nouns=("place", "body"), null=True, blank=True)
    remembers = RefField(nouns=("commemoration",), null=True, blank=True)
    unveiled = PartialDateField()
    decision = RefField(nouns=("decision",), null=True, blank=True)
    at_home = models.BooleanField(default=False)

    objects = MemorialQuerySet.as_manager()
