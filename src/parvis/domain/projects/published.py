"""The tables the projects' room shares."""

from parvis.domain.projects.models import (
    EditionPlace,
    Programme,
    ProgrammeEdition,
    ProgrammePlace,
    Project,
    ProjectFunding,
    ProjectMilestone,
    ProjectPartner,
    ProjectPlace,
)
from parvis.foundation.publishing import PublishedTable
from parvis.register.sharing import KIND, LINES, SOURCE, column, part_table, record_table

_PROGRAMME = column("programme", "ref", "Clé du programme", "Key of the programme")
_PROJECT = column("project", "ref", "Clé du projet", "Key of the project")


#: Lines of a plan that stay inside are told to nobody.
_OPEN = {"internal": False}


def _number(edition: ProgrammeEdition) -> int:
    return edition.position + 1


def _edition(place: EditionPlace) -> int:
    return _number(place.owner)


TABLES: tuple[PublishedTable, ...] = (
    record_table(
        Programme,
        "programmes",
        title=("Programmes", "Programmes"),
        grain=("une ligne par programme", "one row per programme"),
        columns=(
            KIND,
            column("run_by", "ref", "Qui le mène", "Who runs it"),
            column("origin", "ref", "Programme dont il vient", "Programme it comes from"),
            column("since", "pdate", "Depuis", "Since"),
            column("until", "pdate", "Jusqu'à", "Until"),
        ),
    ),
    part_table(
        ProgrammePlace,
        "programme_places",
        of=_PROGRAMME,
        title=("Lieux des programmes", "Places of programmes"),
        grain=("une ligne par lieu d'un programme", "one row per place of a programme"),
        columns=(column("place", "ref", "Lieu", "Place"),),
        needed="place",
    ),
    part_table(
        ProgrammeEdition,
        "programme_editions",
        of=_PROGRAMME,
        title=("Éditions des programmes", "Editions of programmes"),
        grain=("une ligne par édition d'un programme", "one row per edition of a programme"),
        columns=(
            column("edition", "int", "Rang de l'édition", "Place of the edition"),
            column("label", "words", "Nom de l'édition", "Name of the edition"),
            column("when", "pdate", "Date de l'édition", "Date of the edition"),
            column("state", "text", "Prévue, tenue, non connue", "Planned, held, not known"),
            SOURCE,
            LINES,
        ),
        readers={"edition": _number},
    ),
    part_table(
        EditionPlace,
        "edition_places",
        of=_PROGRAMME,
        title=("Lieux des éditions", "Places of editions"),
        grain=("une ligne par lieu d'une édition", "one row per place of an edition"),
        columns=(
            column("edition", "int", "Rang de l'édition", "Place of the edition"),
            column("place", "ref", "Lieu", "Place"),
        ),
        readers={"edition": _edition},
        needed="place",
    ),
    record_table(
        Project,
        "projects",
        title=("Projets", "Projects"),
        grain=("une ligne par projet", "one row per project"),
        columns=(
            KIND,
            column("stage", "text", "Stade du projet", "Stage of the project"),
            column("stage_as_of", "pdate", "Stade connu à cette date", "Stage known as of that date"),
            column("programme", "ref", "Programme", "Programme"),
            column("agreement", "ref", "Accord", "Agreement"),
            column("since", "pdate", "Depuis", "Since"),
            column("until", "pdate", "Jusqu'à", "Until"),
            column("cost", "decimal(14,2)", "Coût du projet", "Cost of the project"),
            column("currency", "text", "Monnaie des montants", "Currency of the amounts"),
            column("legal_form", "words", "Montage juridique", "Legal form"),
        ),
    ),
    part_table(
        ProjectPlace,
        "project_places",
        of=_PROJECT,
        title=("Lieux des projets", "Places of projects"),
        grain=("une ligne par lieu d'un projet", "one row per place of a project"),
        columns=(column("place", "ref", "Lieu", "Place"),),
        needed="place",
    ),
    part_table(
        ProjectPartner,
        "project_partners",
        of=_PROJECT,
        title=("Partenaires des projets", "Partners of projects"),
        grain=("une ligne par partenaire d'un projet", "one row per partner of a project"),
        columns=(
            column("body", "ref", "Partenaire", "Partner"),
            column("role", "text", "Mène, participe ou finance", "Leads, takes part or funds"),
        ),
        needed="body",
    ),
    part_table(
        ProjectMilestone,
        "project_milestones",
        of=_PROJECT,
        title=("Étapes des projets", "Steps of projects"),
        grain=("une ligne par étape que chacun peut lire", "one row per step anyone may read"),
        columns=(
            column("words", "words", "Ce qui est à faire", "What is to be done"),
            column("who", "ref", "Qui le fait", "Who does it"),
            column("due", "pdate", "À faire pour le", "To be done by"),
            column("done", "pdate", "Fait le", "Done on"),
            SOURCE,
            LINES,
        ),
        kept=_OPEN,
    ),
    part_table(
        ProjectFunding,
        "project_funding",
        of=_PROJECT,
        title=("Plans de financement des projets", "Funding plans of projects"),
        grain=("une ligne par financeur et par forme", "one row per funder and form"),
        columns=(
            column("body", "ref", "Qui finance", "Who funds"),
            column("form", "text", "En argent ou en nature", "Money or in kind"),
            column("amount_asked", "decimal(14,2)", "Montant demandé", "Amount asked for"),
            column("amount_confirmed", "decimal(14,2)", "Montant confirmé", "Amount confirmed"),
            column("amount_paid", "decimal(14,2)", "Montant versé", "Amount paid"),
            column("confirmed", "pdate", "Confirmé le", "Confirmed on"),
            column("deadline", "pdate", "Réponse attendue pour le", "Answer awaited by"),
            column("condition", "words", "À quelle condition", "On which condition"),
            SOURCE,
            LINES,
        ),
        needed="body",
        kept=_OPEN,
    ),
)
