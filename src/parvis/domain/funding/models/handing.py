from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class PaymentFile(models.Model):
    """A file of orders to pay as it was handed over to finance: its very bytes, to be taken again as they were.

    ``orders`` are the numbers it names.
    """

    day = models.DateField()
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    orders = ArrayField(models.CharField(max_length=20))
    handed_at = models.DateTimeField()
    handed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-handed_at", "-pk")
        constraints = [models.UniqueConstraint(name="a_payment_file_is_kept_once", fields=["day", "sha256"])]
        triggers = [
            pgtrigger.Protect(name="a_payment_file_stays_as_it_was", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"payments {self.day}"
