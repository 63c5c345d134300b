"""The marks of labels: who holds which, for what, from when to when."""

from parvis.domain.funding.models import Label
from parvis.register.sharing import KIND, column, record_table

LABELS = record_table(
    Label,
    "labels",
    title=("Labels attribués", "Labels given"),
    grain=("une ligne par label attribué", "one row per label given"),
    columns=(
        KIND,
        column("holder", "ref", "Titulaire", "Who holds it"),
        column("programme", "ref", "Label", "Label"),
        column("call", "ref", "Appel qui l'a donné", "Call that gave it"),
        column("year", "int", "Année du label", "Year of the label"),
        column("decision", "ref", "Décision du conseil", "Decision of the council"),
        column("given", "pdate", "Attribué le", "Given on"),
        column("until", "pdate", "Valable jusqu'à", "Valid until"),
        column("removed", "pdate", "Retiré le", "Taken away on"),
        column("grant", "ref", "Subvention qui l'accompagne", "Grant that comes with it"),
        column("place", "ref", "Lieu du projet", "Place of the project"),
        column("country", "text", "Pays du projet, en deux lettres", "Country of the project, in two letters"),
    ),
)
