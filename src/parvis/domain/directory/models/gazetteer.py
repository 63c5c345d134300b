from __future__ import annotations

from django.db import models


class GazetteerPlace(models.Model):
    """A city, town or village of over 1,000 inhabitants, as GeoNames has it. Loaded as a whole by command."""

    geoname = models.PositiveBigIntegerField(primary_key=True)
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    region = models.CharField(max_length=20, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5)
    longitude = models.DecimalField(max_digits=8, decimal_places=5)
    population = models.PositiveBigIntegerField()
    time_zone = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("-population", "geoname")

    def __str__(self) -> str:
        return f"{self.name} ({self.country})"


class GazetteerName(models.Model):
    """A name a place answers to, in any script, folded and joined as a search compares it.

    ``own`` marks the place's own name among the others. Names and places are loaded together, so the
    database does not check the tie a million times.
    """

    pk = models.CompositePrimaryKey("squeezed", "place_id")
    squeezed = models.CharField(max_length=200)
    place = models.ForeignKey(
        GazetteerPlace, on_delete=models.DO_NOTHING, related_name="names", db_constraint=False, db_index=False
    )
    own = models.BooleanField()

    def __str__(self) -> str:
        return self.squeezed


class GazetteerState(models.Model):
    """Which gazetteer is loaded: a second start finds its fingerprint here and loads nothing."""

    fingerprint = models.CharField(max_length=64, primary_key=True)
    places = models.PositiveIntegerField()
    names = models.PositiveIntegerField()
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.fingerprint[:12]
