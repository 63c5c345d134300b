"""The tables the council's room shares."""

from parvis.domain.council.models import Decision, DecisionConcern, LegalBasis, LegalMilestone
from parvis.foundation.publishing import PublishedTable
from parvis.register.sharing import KIND, LINES, SOURCE, column, part_table, record_table

TABLES: tuple[PublishedTable, ...] = (
    record_table(
        LegalBasis,
        "legal_bases",
        title=("Fondements juridiques", "Legal bases"),
        grain=("une ligne par texte", "one row per text"),
        columns=(
            KIND,
            column(
                "level",
                "text",
                "International, européen, national, municipal",
                "International, European, national, municipal",
            ),
            column("jurisdiction", "ref", "Où le texte vaut", "Where the text holds"),
            column("state", "text", "Où en est le texte", "How far the text has come"),
            column("adopted", "pdate", "Date d'adoption", "Date of adoption"),
            column("in_force_from", "pdate", "En vigueur depuis", "In force from"),
            column("repealed", "pdate", "Date d'abrogation", "Date of repeal"),
        ),
    ),
    part_table(
        LegalMilestone,
        "legal_milestones",
        of=column("legal_basis", "ref", "Clé du texte", "Key of the text"),
        title=("Étapes des textes", "Milestones of texts"),
        grain=("une ligne par étape d'un texte", "one row per milestone of a text"),
        columns=(
            column("words", "words", "Ce qui est attendu ou advenu", "What is expected, or came"),
            column("expected", "pdate", "Date prévue", "Date expected"),
            column("actual", "pdate", "Date réelle", "Date it came"),
            SOURCE,
            LINES,
        ),
    ),
    record_table(
        Decision,
        "decisions",
        title=("Décisions", "Decisions"),
        grain=("une ligne par décision", "one row per decision"),
        columns=(
            KIND,
            column("body", "ref", "Qui a décidé", "Who decided"),
            column("number", "text", "Numéro de la décision", "Number of the decision"),
            column("day", "pdate", "Date de la décision", "Date of the decision"),
            column("outcome", "words", "Ce qui est décidé", "What was decided"),
            column("matter", "text", "Matière, code @ctes de niveau 2", "Matter, second level of the @ctes codes"),
            column("seats", "int", "Membres en exercice", "Members in office"),
            column("voters", "int", "Membres qui ont pris part au vote", "Members who took part in the vote"),
            column("votes_for", "int", "Voix pour", "Votes for"),
            column("votes_against", "int", "Voix contre", "Votes against"),
            column("abstentions", "int", "Abstentions", "Abstentions"),
        ),
    ),
    part_table(
        DecisionConcern,
        "decision_concerns",
        of=column("decision", "ref", "Clé de la décision", "Key of the decision"),
        title=("Objets des décisions", "What decisions are about"),
        grain=("une ligne par fiche concernée", "one row per record concerned"),
        columns=(column("about", "ref", "Fiche concernée", "Record concerned"),),
        needed="about",
    ),
)
