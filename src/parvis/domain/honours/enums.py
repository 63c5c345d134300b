"""The steps to an award, in their order, and the state of an act of remembrance."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class HonourStepKind(TextChoices):
    NOMINATED = "nominated", _("Nominated")
    OPINION = "opinion", _("Opinion of the commission")
    VOTED = "voted", _("Voted")
    AWARDED = "awarded", _("Awarded")
    CEREMONY = "ceremony", _("Ceremony")


#: The order of the steps. One may be skipped, none may come back.
STEP_ORDER = tuple(HonourStepKind)


class ActState(TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    UNKNOWN = "unknown", _("Not known")
