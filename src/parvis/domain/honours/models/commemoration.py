from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.honours.enums import ActState
from parvis.register.fields import PartialDateField, WordsField
from parvis.register.history import tracked
from parvis.register.models import CitedPart, Record


@tracked
class Commemoration(Record):
    """An event the city remembers. Its anniversaries are computed from its day."""

    noun = "commemoration"
    parts = ("acts",)

    event_day = PartialDateField()


@tracked
class CommemorationAct(CitedPart):
    """What was done, or is planned, to remember it on a given day."""

    owner = models.ForeignKey(Commemoration, on_delete=models.CASCADE, related_name="acts")
    day = PartialDateField()
    words = WordsField()
    state = models.CharField(max_length=10, choices=ActState.choices, default=ActState.UNKNOWN)

    class Meta(CitedPart.Meta):
        constraints = [
            *CitedPart.Meta.constraints,
            models.CheckConstraint(name="act_state_is_known", condition=Q(state__in=ActState.values)),
            models.CheckConstraint(
                name="act_says_something",
                violation_error_message=_("Say what was done, or is planned."),
                condition=~Q(words={}),
            ),
        ]
