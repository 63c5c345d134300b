"""The tables the partnerships share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from parvis.domain.partnerships import queries
from parvis.domain.partnerships.models import (
    Agreement,
    AgreementClause,
    AgreementParty,
    AgreementStep,
    Membership,
    MembershipFiling,
    MembershipPeriod,
    Network,
    Relation,
)
from parvis.foundation.publishing import Audience, PublishedTable
from parvis.register.enums import Visibility
from parvis.register.sharing import KIND, LINES, SOURCE, column, part_table, record_table

_AGREEMENT = column("agreement", "ref", "Clé de l'accord", "Key of the agreement")
_MEMBERSHIP = column("membership", "ref", "Clé de l'adhésion", "Key of the membership")


def _state(agreement: Agreement) -> str:
    state = queries.latest_state(agreement)
    return state.value if state else ""


def _end(agreement: Agreement) -> str:
    return str(queries.end_of(queries.life_of(agreement)) or "")


def _attested_until(agreement: Agreement) -> date | None:
    return queries.life_of(agreement).attested_until


def _status(membership: Membership) -> str:
    statuses = [period.status for period in membership.statuses.all()]
    return statuses[-1] if statuses else ""


def _joined(membership: Membership) -> str:
    return str(queries.joined(membership) or "")


def _standings() -> Iterator[dict[str, Any]]:
    public = queries.all_agreements().filter(subject__visibility=Visibility.PUBLIC)
    for agreement in public:
        for span in queries.spans_of(queries.life_of(agreement)):
            yield {
                "agreement": agreement.key,
                "from_day": span.start,
                "to_day": span.end,
                "standing": span.standing.value,
            }


TABLES: tuple[PublishedTable, ...] = (
    record_table(
        Agreement,
        "agreements",
        title=("Accords", "Agreements"),
        grain=("une ligne par accord", "one row per agreement"),
        columns=(
            KIND,
            column("state", "text", "Dernier état connu", "Latest state known"),
            column(
                "called",
                "words",
                "Le mot de la source : pacte, accord…",
                "The source's own word: pact, accord…",
            ),
            column("signed", "pdate", "Date de signature", "Date of signature"),
            column("in_force_from", "pdate", "En vigueur depuis", "In force from"),
            column("until", "pdate", "Premier jour où il ne lie plus", "First day it no longer binds"),
            column(
                "end",
                "pdate",
                "Fin écrite ou comptée d'après sa durée",
                "End as written, or counted from its term",
            ),
            column("term_years", "int", "Durée en années", "Term in years"),
            column("renewal", "text", "Terme, tacite, sans fin, non connu", "Fixed, tacit, evergreen, not known"),
            column("notice_months", "int", "Préavis en mois", "Notice in months"),
            column("decision", "ref", "Décision du conseil", "Decision of the council"),
            column(
                "attested_until",
                "day",
                "Dernier jour où une source l'atteste",
                "Last day on which a source attests it",
            ),
        ),
        readers={"state": _state, "end": _end, "attested_until": _attested_until},
        prefetch=("steps__source__source",),
    ),
    part_table(
        AgreementParty,
        "agreement_parties",
        of=_AGREEMENT,
        title=("Parties aux accords", "Parties to agreements"),
        grain=("une ligne par partie à un accord", "one row per party to an agreement"),
        columns=(
            column("party", "ref", "Qui est lié par l'accord", "Who the agreement binds"),
            column("role", "text", "Rôle de la partie", "Part it plays"),
        ),
        needed="party",
    ),
    part_table(
        AgreementStep,
        "agreement_steps",
        of=_AGREEMENT,
        title=("Étapes des accords", "Steps of agreements"),
        grain=("une ligne par étape d'un accord", "one row per step of an agreement"),
        columns=(
            column("state", "text", "État atteint", "State reached"),
            column("day", "pdate", "Date de l'étape", "Date of the step"),
            SOURCE,
            LINES,
        ),
    ),
    part_table(
        AgreementClause,
        "agreement_clauses",
        of=_AGREEMENT,
        title=("Clauses des accords", "Clauses of agreements"),
        grain=("une ligne par clause d'un accord", "one row per clause of an agreement"),
        columns=(
            column("kind", "text", "Objet de la clause", "What the clause is about"),
            column("words", "words", "Ce que dit la clause", "What the clause says"),
            SOURCE,
            LINES,
        ),
    ),
    PublishedTable(
        name="agreement_standings",
        title={"fr": "Accords en vigueur, jour par jour", "en": "Agreements in force, day by day"},
        grain={
            "fr": "une ligne par accord et période où la réponse est la même",
            "en": "one row per agreement and period with the same answer",
        },
        audience=Audience.PUBLIC,
        columns=(
            _AGREEMENT,
            column("from_day", "day", "Premier jour, ou depuis toujours", "First day, or since ever"),
            column("to_day", "day", "Jour de fin, exclu, ou sans fin", "End, excluded, or without end"),
            column("standing", "text", "En vigueur : yes, no ou not_known", "In force: yes, no or not_known"),
        ),
        rows=_standings,
    ),
    record_table(
        Network,
        "networks",
        title=("Réseaux", "Networks"),
        grain=("une ligne par réseau", "one row per network"),
        columns=(
            KIND,
            column("body", "ref", "Organisme qui porte le réseau", "Body that stands behind the network"),
            column("founded", "pdate", "Date de fondation", "Date of foundation"),
            column("founder", "ref", "Qui l'a fondé", "Who founded it"),
            column("managed_by", "ref", "Qui l'anime", "Who manages it"),
        ),
    ),
    record_table(
        Membership,
        "memberships",
        title=("Adhésions", "Memberships"),
        grain=("une ligne par membre et réseau", "one row per member and network"),
        columns=(
            column("network", "ref", "Réseau", "Network"),
            column("member", "ref", "Membre", "Member"),
            column("state", "text", "Dernier statut connu", "Latest status known"),
            column("joined", "pdate", "Date d'entrée", "Date of joining"),
        ),
        readers={"state": _status, "joined": _joined},
        prefetch=("statuses",),
    ),
    part_table(
        MembershipPeriod,
        "membership_statuses",
        of=_MEMBERSHIP,
        title=("Statuts des membres", "Statuses of members"),
        grain=("une ligne par statut et période", "one row per status and period"),
        columns=(
            column(
                "status",
                "text",
                "Candidat, observateur, membre, parti…",
                "Candidate, observer, member, left…",
            ),
            column("valid_from", "pdate", "Depuis", "From"),
            column("valid_to", "pdate", "Jusqu'à, exclu", "Until, excluded"),
            column("how", "words", "De quelle manière", "In what way"),
            SOURCE,
            LINES,
        ),
    ),
    part_table(
        MembershipFiling,
        "membership_filings",
        of=_MEMBERSHIP,
        title=("Actions inscrites ailleurs", "Actions filed elsewhere"),
        grain=("une ligne par action inscrite dans un registre", "one row per action filed in a register"),
        columns=(
            column("initiative", "ref", "Fiche de l'action ici", "Record of the action here"),
            column("words", "words", "Ce qui est inscrit", "What is filed"),
            column("goal", "words", "Objectif inscrit", "Goal as filed"),
            column("baseline", "words", "Point de départ inscrit", "Baseline as filed"),
            column("target_year", "int", "Année visée", "Year aimed at"),
            column("filed", "pdate", "Dernière inscription", "Last filed on"),
            column("reference", "text", "Référence dans ce registre", "Reference in that register"),
            column("compared", "pdate", "Comparée pour la dernière fois le", "Last compared on"),
            column("differs", "words", "Ce qui diffère", "What differs"),
            SOURCE,
            LINES,
        ),
    ),
    record_table(
        Relation,
        "relations",
        title=("Relations", "Relations"),
        grain=("une ligne par relation avec un partenaire", "one row per relation with a partner"),
        columns=(
            column("partner", "ref", "Partenaire", "Partner"),
            column("level", "text", "Spéciale, renforcée ou ordinaire", "Special, enhanced or ordinary"),
            column("stage", "text", "Où en est le lien", "How far the tie has come"),
            column("valid_from", "pdate", "Depuis", "From"),
            column("valid_to", "pdate", "Jusqu'à, exclu", "Until, excluded"),
            column("as_of", "pdate", "Connue ainsi à cette date", "Known to be so on that date"),
            column("review_on", "pdate", "À revoir à cette date", "To be reviewed on that date"),
        ),
    ),
)
