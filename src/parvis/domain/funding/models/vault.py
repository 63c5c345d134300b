from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from parvis.domain.funding.models.applicant import ApplicantBody
from parvis.domain.funding.models.application import Application


class VaultDocument(models.Model):
    """A document a body keeps at the counter and uses again from year to year, until the day it expires.

    The file stands in the vault under the hash of its content, never under the name it came with.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    body = models.ForeignKey(ApplicantBody, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    valid_until = models.DateField(null=True, blank=True)
    scanned = models.BooleanField(default=False)
    stored_at = models.DateTimeField()
    stored_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("title", "stored_at")
        constraints = [
            models.CheckConstraint(name="a_document_is_not_empty", condition=Q(size__gt=0) & ~Q(sha256="")),
        ]

    def __str__(self) -> str:
        return f"document {str(self.pk)[:8]}"


class Attachment(models.Model):
    """A document of the vault, put in a file under one of the documents the call asks for."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(VaultDocument, on_delete=models.PROTECT, related_name="uses")
    code = models.SlugField(max_length=40)
    attached_at = models.DateTimeField()
    attached_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("code", "pk")
        constraints = [
            models.UniqueConstraint(name="one_document_a_place_of_a_file", fields=["application", "code"]),
        ]

    def __str__(self) -> str:
        return f"{self.code} of {self.application_id}"
