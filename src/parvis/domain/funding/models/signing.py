from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from parvis.domain.funding.enums import SignatureWay
from parvis.domain.funding.models.convention import Amendment, Convention
from parvis.domain.funding.models.vault import VaultDocument
from parvis.register.fields import RefField


class ConventionPaper(models.Model):
    """A convention, or an amendment of it, exactly as it is put up for signature: its bytes lie in the vault."""

    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="papers")
    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    put_up_at = models.DateTimeField()
    put_up_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("put_up_at", "pk")
        triggers = [pgtrigger.Protect(name="a_paper_is_never_altered", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.convention} {self.sha256[:8]}"


class ConventionSignature(models.Model):
    """A beneficiary signed a paper: who, in what capacity, when, and over which digest. Nothing of it is altered.

    It is a simple electronic signature (eIDAS, art. 25), or the copy of a paper signed by hand.
    """

    paper = models.OneToOneField(ConventionPaper, on_delete=models.PROTECT, related_name="signature")
    way = models.CharField(max_length=10, choices=SignatureWay.choices)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    capacity = models.CharField(max_length=120)
    signed_at = models.DateTimeField()
    language = models.CharField(max_length=2)
    copy = models.ForeignKey(VaultDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("signed_at", "pk")
        triggers = [
            pgtrigger.Protect(name="a_signature_is_never_altered", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
        constraints = [
            models.CheckConstraint(name="signature_way_is_known", condition=Q(way__in=SignatureWay.values)),
            models.CheckConstraint(name="a_signature_names_its_person", condition=~Q(name="") & ~Q(capacity="")),
            models.CheckConstraint(
                name="a_copy_goes_with_a_signature_by_hand",
                condition=Q(way=SignatureWay.COPY, copy__isnull=False)
                | Q(way=SignatureWay.ELECTRONIC, copy__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"signature of {self.paper}"


class CitySignature(models.Model):
    """The city signed a paper: who, in what capacity, when, over which digest. Nothing of it is altered.

    Whoever signs in the place of an office holder names the office and the decision that delegates the signature.
    """

    paper = models.OneToOneField(ConventionPaper, on_delete=models.PROTECT, related_name="city_signature")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    capacity = models.CharField(max_length=200)
    office = RefField(nouns=("office",), null=True, blank=True)
    delegation = RefField(nouns=("decision",), null=True, blank=True)
    sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ("signed_at", "pk")
        triggers = [
            pgtrigger.Protect(name="a_city_signature_is_never_altered", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
        constraints = [
            models.CheckConstraint(name="a_city_signature_names_its_person", condition=~Q(name="") & ~Q(capacity="")),
            models.CheckConstraint(
                name="an_office_signs_by_delegation", condition=Q(office__isnull=True) | Q(delegation__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"city signature of {self.paper}"
