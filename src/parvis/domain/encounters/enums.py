"""The states of an event and of a mission, and where each may go."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EventState(TextChoices):
    ANNOUNCED = "announced", _("Announced")
    PLANNED = "planned", _("Planned")
    WON = "won", _("Won")
    HELD = "held", _("Held")
    HOSTED = "hosted", _("Hosted")
    UNKNOWN = "unknown", _("Not known")


#: States that speak of what is still to come; past their date they need a second look.
TO_COME = frozenset({EventState.ANNOUNCED, EventState.PLANNED, EventState.WON})

#: From each state, the states an event may move to.
EVENT_MOVES: dict[EventState, frozenset[EventState]] = {
    EventState.ANNOUNCED: frozenset({EventState.PLANNED, EventState.WON, EventState.HELD, EventState.HOSTED}),
    EventState.PLANNED: frozenset({EventState.WON, EventState.HELD, EventState.HOSTED}),
    EventState.WON: frozenset({EventState.HELD, EventState.HOSTED}),
    EventState.HELD: frozenset(),
    EventState.HOSTED: frozenset(),
    EventState.UNKNOWN: frozenset(EventState) - {EventState.UNKNOWN},
}


class BodyRole(TextChoices):
    ORGANISER = "organiser", _("Organises")
    PARTICIPANT = "participant", _("Takes part")


class MissionState(TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    UNKNOWN = "unknown", _("Not known")


class MissionOrigin(TextChoices):
    STRATEGY = "strategy", _("The city's strategy")
    AGREEMENT = "agreement", _("An agreement")
    NETWORK = "network", _("A network")
    INVITATION = "invitation", _("An invitation")
    REMEMBRANCE = "remembrance", _("Remembrance")
    UNKNOWN = "unknown", _("Not known")


class Recurrence(TextChoices):
    YEARLY = "yearly", _("Every year")
