"""What the projects' room refuses, in words."""

from django.utils.translation import gettext_lazy as _

from parvis.foundation.values.refusal import Refusal


class ProjectMoveRefused(Refusal):
    """A project does not go back in its stages."""

    message = _("A project that is “%(now)s” cannot become “%(then)s”.")


class AlreadyFinished(Refusal):
    """Nothing follows the end of a project."""

    message = _("This project is already %(now)s.")


class StageWithoutDate(Refusal):
    """A stage is known as of a day."""

    message = _("Say as of when the project is “%(stage)s”: a year or a month is enough.")


class SeveralLeads(Refusal):
    """A project is led by one."""

    message = _("Two partners lead this project: say which one does.")


class MoreThanItCosts(Refusal):
    """Sources of a project do not pass its cost."""

    message = _("The sources add up to %(sources)s, and the project costs %(cost)s: no expense is paid twice.")


class PlanUnbalanced(Refusal):
    """A project is not decided while nobody says who pays for a part of it."""

    message = _("Nobody is asked for %(gap)s of the cost: say who pays for it before the project is “%(stage)s”.")


class OriginGoesRound(Refusal):
    """A programme cannot come from one that comes from it."""

    message = _("“%(programme)s” and “%(origin)s” would each come from the other.")
