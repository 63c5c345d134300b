"""What the council's room refuses, in words."""

from django.utils.translation import gettext_lazy as _

from parvis.foundation.values.refusal import Refusal


class LegalMoveRefused(Refusal):
    """A legal text does not go from where it is to there."""

    message = _("A text that is “%(now)s” cannot become “%(then)s”.")


class AlreadyRepealed(Refusal):
    """Nothing follows a repeal."""

    message = _("This text is already repealed.")


class DayMissing(Refusal):
    """A text is adopted, or repealed, on a day."""

    message = _("Say on which day: a year or a month is enough.")


class DecisionConcernsItself(Refusal):
    """A decision cannot be about itself."""

    message = _("A decision cannot be about itself.")


class MatterUnknown(Refusal):
    """The nomenclature has no such matter."""

    message = _("“%(matter)s” is no matter of the nomenclature: choose one such as 7.5, grants.")
