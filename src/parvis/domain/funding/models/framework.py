from __future__ import annotations

from django.db import models
from django.db.models import Q

from parvis.domain.funding.enums import Direction
from parvis.register.fields import RefField
from parvis.register.history import tracked


@tracked
class Allocation(models.Model):
    """What one year of a framework agreement brings, from the city to a party or from a party to the city, as voted.

    It promises; nothing of it is paid here. What the city pays under the agreement is in its grants.
    """

    agreement = RefField(nouns=("agreement",))
    party = RefField(nouns=("body", "place", "network"))
    year = models.PositiveSmallIntegerField()
    direction = models.CharField(max_length=10, choices=Direction.choices)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    decision = RefField(nouns=("decision",))
    voted = models.DateField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("agreement", "year", "direction", "party")
        constraints = [
            models.UniqueConstraint(
                name="one_allocation_a_year_a_party_and_a_way", fields=["agreement", "party", "year", "direction"]
            ),
            models.CheckConstraint(name="allocation_direction_is_known", condition=Q(direction__in=Direction.values)),
            models.CheckConstraint(name="allocation_gives_something", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} {self.year}"
