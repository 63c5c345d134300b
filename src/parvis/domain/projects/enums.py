"""The stages of a project, and where each may go."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProjectStage(TextChoices):
    IDEA = "idea", _("Idea")
    STUDY = "study", _("Under study")
    DECIDED = "decided", _("Decided")
    IN_PREPARATION = "in_preparation", _("In preparation")
    RUNNING = "running", _("Running")
    CLOSED = "closed", _("Closed")
    ABANDONED = "abandoned", _("Abandoned")
    UNKNOWN = "unknown", _("Not known")


_FORWARD = (
    ProjectStage.IDEA,
    ProjectStage.STUDY,
    ProjectStage.DECIDED,
    ProjectStage.IN_PREPARATION,
    ProjectStage.RUNNING,
    ProjectStage.CLOSED,
)

#: Stages nothing follows.
FINISHED = frozenset({ProjectStage.CLOSED, ProjectStage.ABANDONED})

#: A project moves forward or is abandoned; from a stage nobody knew it may be found at any.
PROJECT_MOVES: dict[ProjectStage, frozenset[ProjectStage]] = {
    **{
        stage: frozenset(_FORWARD[place + 1 :]) | {ProjectStage.ABANDONED}
        for place, stage in enumerate(_FORWARD)
        if stage != ProjectStage.CLOSED
    },
    ProjectStage.CLOSED: frozenset(),
    ProjectStage.ABANDONED: frozenset(),
    ProjectStage.UNKNOWN: frozenset(ProjectStage) - {ProjectStage.UNKNOWN},
}


class PartnerRole(TextChoices):
    LEAD = "lead", _("Leads")
    PARTNER = "partner", _("Takes part")
    FUNDER = "funder", _("Funds")


class ContributionForm(TextChoices):
    CASH = "cash", _("Money")
    IN_KIND = "in_kind", _("In kind")


#: Stages a plan must balance before.
COMMITTED = frozenset({ProjectStage.DECIDED, ProjectStage.IN_PREPARATION, ProjectStage.RUNNING})


class EditionState(TextChoices):
    ANNOUNCED = "announced", _("Announced")
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    UNKNOWN = "unknown", _("Not known")
