"""The tables the funding room shares. A natural person who receives a grant is in none of them."""

from parvis.domain.funding.models import Grant, Levy, LevyRule
from parvis.foundation.publishing import PublishedTable
from parvis.register.sharing import KIND, LINES, SOURCE, column, part_table, record_table

_LEVY = column("levy", "ref", "Clé du levier", "Key of the levy")

TABLES: tuple[PublishedTable, ...] = (
    record_table(
        Levy,
        "levies",
        title=("Leviers de financement", "Levies"),
        grain=("une ligne par levier", "one row per levy"),
        columns=(
            KIND,
            column("programme", "ref", "Programme qu'il finance", "Programme it pays for"),
            column("run_by", "ref", "Qui le gère", "Who runs it"),
            column("since", "pdate", "Depuis", "Since"),
            column("until", "pdate", "Jusqu'à", "Until"),
            column("pilot", "bool", "À l'essai", "On trial"),
        ),
    ),
    part_table(
        LevyRule,
        "levy_rules",
        of=_LEVY,
        title=("Règles des leviers", "Rules of levies"),
        grain=("une ligne par règle d'un levier", "one row per rule of a levy"),
        columns=(
            column(
                "rate",
                "decimal(7,6)",
                "Part des ressources propres du service",
                "Share of the service's own resources",
            ),
            column("base", "words", "Ressources prises en compte", "Resources that count"),
            column("legal_basis", "ref", "Texte qui l'autorise", "Text that allows it"),
            column("valid_from", "pdate", "Depuis", "From"),
            column("valid_to", "pdate", "Jusqu'à, exclu", "Until, excluded"),
            SOURCE,
            LINES,
        ),
    ),
    record_table(
        Grant,
        "grants",
        title=("Subventions", "Grants"),
        grain=("une ligne par subvention", "one row per grant"),
        columns=(
            KIND,
            column(
                "beneficiary",
                "ref",
                "Bénéficiaire ; jamais une personne physique",
                "Who receives it; never a natural person",
            ),
            column(
                "natural_person",
                "bool",
                "Versée à une personne physique, dont le nom n'est pas publié",
                "Given to a natural person, whose name is not published",
            ),
            column("state", "text", "Demandée, attribuée, refusée…", "Asked for, awarded, refused…"),
            column("form", "text", "En argent ou en nature", "Money or in kind"),
            column("year", "int", "Année du vote", "Year of the vote"),
            column("currency", "text", "Monnaie des montants", "Currency of the amounts"),
            column("amount_asked", "decimal(14,2)", "Montant demandé", "Amount asked for"),
            column("amount_voted", "decimal(14,2)", "Montant voté", "Amount voted"),
            column("amount_paid", "decimal(14,2)", "Montant versé", "Amount paid"),
            column("decision", "ref", "Décision du conseil", "Decision of the council"),
            column("levy", "ref", "Levier qui la paie", "Levy it is paid from"),
            column("programme", "ref", "Programme", "Programme"),
            column("project", "ref", "Projet", "Project"),
            column("agreement", "ref", "Accord dont elle relève", "Agreement it belongs to"),
            column("place", "ref", "Lieu aidé", "Place served"),
            column(
                "place_known",
                "text",
                "Comment le lieu est connu : dit, lu dans l'intitulé, non connu",
                "How the place is known: stated, read from the title, not known",
            ),
            column("country", "text", "Pays aidé, en deux lettres", "Country served, in two letters"),
            column("starts", "pdate", "Début de l'action", "Start of what is paid for"),
            column("ends", "pdate", "Fin de l'action", "End of what is paid for"),
        ),
    ),
)
