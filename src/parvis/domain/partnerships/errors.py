"""What the partnerships' room refuses, in words."""

from django.utils.translation import gettext_lazy as _

from parvis.foundation.values.refusal import Refusal


class TooFewParties(Refusal):
    """An agreement binds two at least."""

    message = _("An agreement has two parties at least.")


class AlreadyEnded(Refusal):
    """Nothing follows the end of an agreement."""

    message = _("This agreement is already ended.")


class AlreadySigned(Refusal):
    """An agreement is signed once."""

    message = _("This agreement is already signed.")


class AgreementMoveRefused(Refusal):
    """An agreement does not go from that state to this one."""

    message = _("An agreement that is “%(now)s” cannot become “%(then)s”.")


class StepsOutOfOrder(Refusal):
    """A step stands after a later one."""

    message = _("The step “%(then)s” (%(then_day)s) comes before the one it follows, “%(now)s” (%(now_day)s).")


class SignedTwice(Refusal):
    """The day of signature and the step that says it differ."""

    message = _("The day of signature (%(signed)s) and the step “signed” (%(step)s) cannot both be right.")


class NotYetSigned(Refusal):
    """What was never signed cannot be renewed, suspended or resumed."""

    message = _("This agreement is not signed yet.")


class DayMissing(Refusal):
    """An act of the city has a day."""

    message = _("Say on which day: a year or a month is enough.")


class StatusesOverlap(Refusal):
    """A member has one status at a time."""

    message = _("“%(first)s” and “%(second)s” overlap: a member has one status at a time.")


class NoStatus(Refusal):
    """A membership without any status says nothing."""

    message = _("Say what the member is: candidate, observer, member, left…")


class MemberOfItself(Refusal):
    """A network is no member of itself."""

    message = _("A network cannot be a member of itself.")


class AlreadyLeft(Refusal):
    """One leaves a network once."""

    message = _("This member has already left the network.")


class RelationMoveRefused(Refusal):
    """A relation does not go back in its stages; it falls asleep and wakes."""

    message = _("A relation that is “%(now)s” cannot become “%(then)s”.")


class ReasonMissing(Refusal):
    """A level is given for a reason."""

    message = _("Say why the relation is given this level.")
