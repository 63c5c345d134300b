from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.register.fields import PartialDateField, RefField
from parvis.register.history import tracked
from parvis.register.models import Record


@tracked
class Network(Record):
    """A network, a compact or a platform that cities and bodies join.

    Its sizes are statements: each with its date and its source, since sources differ.
    """

    noun = "network"

    body = RefField(nouns=("body",), null=True, blank=True)
    founded = PartialDateField()
    founder = RefField(nouns=("body", "place", "network", "person"), null=True, blank=True)
    managed_by = RefField(nouns=("body", "place", "network"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_network_a_body",
                violation_error_message=_("This body stands behind another network already."),
                fields=["body"],
            ),
        ]
