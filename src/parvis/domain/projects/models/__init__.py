from .plan import ProjectFunding, ProjectMilestone
from .programme import EditionPlace, Programme, ProgrammeEdition, ProgrammePlace
from .project import Project, ProjectPartner, ProjectPlace

__all__ = [
    "EditionPlace",
    "Programme",
    "ProgrammeEdition",
    "ProgrammePlace",
    "Project",
    "ProjectFunding",
    "ProjectMilestone",
    "ProjectPartner",
    "ProjectPlace",
]
