"""What the encounters' room refuses, in words."""

from django.utils.translation import gettext_lazy as _

from parvis.foundation.values.refusal import Refusal


class EventMoveRefused(Refusal):
    """An event does not go from that state to this one."""

    message = _("An event that is “%(now)s” cannot become “%(then)s”.")


class AlreadyHeld(Refusal):
    """What was held is not held again; an event that comes back has its own record or its own day."""

    message = _("This is already recorded as held.")


class DayMissing(Refusal):
    """What was held was held on a day."""

    message = _("Say on which day: a year or a month is enough.")


class HeldInTheFuture(Refusal):
    """Nothing was held on a day that has not come."""

    message = _("It cannot have been held: %(day)s has not come yet.")


class NobodyWent(Refusal):
    """A mission that was made was made by someone."""

    message = _("Say who went: an office or a body is enough.")
