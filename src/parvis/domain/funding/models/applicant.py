from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from parvis.domain.funding.enums import BodyScheme, MemberRole
from parvis.domain.funding.models.plain import plain_of
from parvis.register.fields import RefField


class ApplicantBody(models.Model):
    """A body that asks for grants at the counter, known by its number in a register.

    It is no record: it has no page and no table that could be shared, and like contacts its people have no
    history, so that what is erased is gone.
    """

    name = models.CharField(max_length=200)
    plain_name = plain_of("name")
    kind = models.CharField(max_length=40)
    scheme = models.CharField(max_length=10, choices=BodyScheme.choices)
    number = models.CharField(max_length=60)
    country = models.CharField(max_length=2)
    town = models.CharField(max_length=120, blank=True)
    founded = models.PositiveSmallIntegerField(null=True, blank=True)
    record = RefField(nouns=("body",), null=True, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("name", "pk")
        verbose_name_plural = "applicant bodies"
        constraints = [
            models.UniqueConstraint(name="a_number_names_one_applicant", fields=["scheme", "number"]),
            models.CheckConstraint(name="applicant_scheme_is_known", condition=Q(scheme__in=BodyScheme.values)),
            models.CheckConstraint(name="applicant_has_a_name", condition=~Q(name="") & ~Q(number="")),
        ]

    def __str__(self) -> str:
        return f"applicant {self.pk}"


class BodyMember(models.Model):
    """A person who acts for a body at the counter, and in which part."""

    body = models.ForeignKey(ApplicantBody, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bodies")
    role = models.CharField(max_length=10, choices=MemberRole.choices)
    since = models.DateTimeField()

    class Meta:
        ordering = ("since", "pk")
        constraints = [
            models.UniqueConstraint(name="a_person_joins_a_body_once", fields=["body", "person"]),
            models.CheckConstraint(name="member_role_is_known", condition=Q(role__in=MemberRole.values)),
        ]

    def __str__(self) -> str:
        return f"member {self.pk} of {self.body_id}"


class BodyInvitation(models.Model):
    """Someone was asked to join a body; the link sent opens once."""

    body = models.ForeignKey(ApplicantBody, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=10, choices=MemberRole.choices)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ("invited_at", "pk")
        constraints = [
            models.UniqueConstraint(name="an_address_is_invited_once", fields=["body", "email"]),
            models.CheckConstraint(name="invited_role_is_known", condition=Q(role__in=MemberRole.values)),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"
