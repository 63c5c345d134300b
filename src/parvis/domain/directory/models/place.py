from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from parvis.domain.directory.enums import PlaceLevel
from parvis.register.fields import RefField
from parvis.register.history import tracked
from parvis.register.models import Record


@tracked
class Place(Record):
    """Somewhere the city acts, or speaks of: a country, a region, a city, a district, a single site.

    ``geoname`` ties a city to the gazetteer. ``areas`` are the city's own areas of the world.
    """

    noun = "place"

    level = models.CharField(max_length=10, choices=PlaceLevel.choices)
    country = models.CharField(max_length=2)
    geoname = models.PositiveBigIntegerField(null=True, blank=True)
    within = RefField(nouns=("place",), null=True, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    areas = ArrayField(models.CharField(max_length=40), default=list, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="place_level_is_known", condition=Q(level__in=PlaceLevel.values)),
            models.CheckConstraint(name="place_country_is_a_code", condition=Q(country__regex=r"^[A-Z]{2}$")),
            models.CheckConstraint(
                name="place_has_both_coordinates_or_none",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False)
                & Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            ),
            models.CheckConstraint(
                name="place_is_not_within_itself", condition=Q(within__isnull=True) | ~Q(within=F("subject"))
            ),
            models.UniqueConstraint(name="one_place_a_geoname", fields=["geoname"], condition=Q(geoname__isnull=False)),
        ]
