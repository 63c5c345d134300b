"""Stays of researchers and students, counted; nothing of each."""

from parvis.domain.funding.queries.stays import stays_to_share
from parvis.foundation.publishing import Audience, PublishedTable
from parvis.register.sharing import KIND, column

STAYS = PublishedTable(
    name="stays",
    title={"fr": "Séjours de chercheurs et d'étudiants", "en": "Stays of researchers and students"},
    grain={
        "fr": "une ligne par genre, année et pays ou champ, à partir de cinq séjours",
        "en": "one row per kind, year and country or field, from five stays on",
    },
    audience=Audience.PUBLIC,
    columns=(
        KIND,
        column("year", "int", "Année du vote", "Year of the vote"),
        column("by", "text", "Par pays, ou par champ", "By country, or by field"),
        column(
            "value",
            "text",
            "Pays d'origine ou de destination, ou champ ; vide : tous les autres",
            "Country of origin or destination, or field; empty: all others",
        ),
        column("stays", "int", "Nombre de séjours", "Number of stays"),
    ),
    rows=stays_to_share,
)
