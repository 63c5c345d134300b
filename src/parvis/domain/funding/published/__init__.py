"""The tables the funding room shares. A natural person who receives a grant is in none of them, nor any applicant."""

from collections.abc import Callable, Iterator
from typing import Any

from parvis.domain.funding.models import (
    Call,
    CallBand,
    CallCriterion,
    CallDocument,
    CallQuestion,
    Crisis,
    CrisisPlace,
    Envelope,
    Grant,
    GrantAim,
    GrantPlace,
    GrantResult,
    Levy,
    LevyPlan,
    LevyRule,
)
from parvis.domain.funding.queries.aid import aid_costs_to_share
from parvis.domain.funding.queries.frameworks import allocations_to_share
from parvis.domain.funding.queries.sharing import (
    envelopes_to_share,
    given_to_persons,
    years_to_share,
)
from parvis.foundation.publishing import Audience, Column, PublishedTable
from parvis.register.fields import MomentField
from parvis.register.sharing import KIND, LINES, SOURCE, Said, column, part_table, record_table, shared_key

from .duties import DUTIES
from .labels import LABELS
from .lives import LIVES
from .stays import STAYS

_CALL = column("call", "ref", "Clé de l'appel", "Key of the call")


def _moment(name: str) -> Any:
    def read(call: Call) -> str:
        moment = getattr(call, name)
        return moment.isoformat() if moment else ""

    return read


def _day(name: str) -> Any:
    def read(call: Call) -> str:
        moment = getattr(call, name)
        return MomentField.written(moment)[:10] if moment else ""

    return read


def _questions() -> Iterator[dict[str, Any]]:
    answered = CallQuestion.objects.filter(answered_at__isnull=False, call__subject__visibility="public")
    for one in answered.select_related("call__subject").order_by("call__subject__key", "answered_at", "pk"):
        yield {
            "call": one.call.key,
            "question": one.question,
            "answer": one.answer,
            "answered": MomentField.written(one.answered_at)[:10] if one.answered_at else "",
            "corrected": MomentField.written(one.corrected_at)[:10] if one.corrected_at else "",
        }


_LEVY = column("levy", "ref", "Clé du levier", "Key of the levy")


def _voted(grant: Grant) -> str:
    """The day of the council's decision where it may be told, else the day a source says, else the year."""
    day = "" if shared_key(grant.decision) is None else str(grant.decision.decision.day or "")
    return day or str(grant.decided_on or "") or str(grant.year)


_GRANT = column("grant", "ref", "Clé de la subvention", "Key of the grant")
_SUMS = (
    column("voted", "decimal(16,2)", "Voté", "Voted"),
    column("committed", "decimal(16,2)", "Engagé par des décisions", "Committed by decisions"),
    column("paid", "decimal(16,2)", "Versé", "Paid"),
    column("recovered", "decimal(16,2)", "Récupéré", "Recovered"),
    column("left", "decimal(16,2)", "Reste : voté moins engagé", "Left: voted less committed"),
)


def _summed(
    name: str,
    of: Column,
    *,
    title: Said,
    grain: Said,
    rows: Callable[[], Iterator[dict[str, Any]]],
    columns: tuple[Column, ...] = (),
) -> PublishedTable:
    """A table of what the ledger holds, added up when the release is made."""
    return PublishedTable(
        name=name,
        title={"fr": title[0], "en": title[1]},
        grain={"fr": grain[0], "en": grain[1]},
        audience=Audience.PUBLIC,
        columns=(of, *columns, *_SUMS),
        rows=rows,
    )


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
    part_table(
        LevyPlan,
        "levy_plan",
        of=_LEVY,
        title=("Montée en charge des leviers", "Plans of levies"),
        grain=("une ligne par année prévue d'un levier", "one row per planned year of a levy"),
        columns=(
            column("year", "int", "Année", "Year"),
            column("amount", "decimal(14,2)", "Montant prévu", "Amount planned"),
            column("note", "words", "Ce qui explique l'écart", "What explains the gap"),
        ),
    ),
    record_table(
        Envelope,
        "envelopes",
        title=("Enveloppes", "Envelopes"),
        grain=("une ligne par enveloppe", "one row per envelope"),
        columns=(
            KIND,
            column("levy", "ref", "Levier qui l'alimente", "Levy it comes from"),
            column("year", "int", "Année", "Year"),
            column("programme", "ref", "Programme qu'elle finance", "Programme it pays for"),
            column("line", "text", "Ligne du budget", "Line of the budget"),
        ),
    ),
    record_table(
        Crisis,
        "crises",
        title=("Crises", "Crises"),
        grain=("une ligne par crise", "one row per crisis"),
        columns=(
            KIND,
            column("opened", "pdate", "Ouverte le", "Opened on"),
            column("closed", "pdate", "Close le", "Closed on"),
            column("lowest", "decimal(14,2)", "Aide la plus basse", "Lowest grant"),
            column("highest", "decimal(14,2)", "Aide la plus haute", "Highest grant"),
            column("decision", "ref", "Décision du conseil", "Decision of the council"),
        ),
    ),
    part_table(
        CrisisPlace,
        "crisis_places",
        of=column("crisis", "ref", "Clé de la crise", "Key of the crisis"),
        title=("Lieux des crises", "Places of crises"),
        grain=("une ligne par lieu frappé", "one row per place struck"),
        columns=(column("place", "ref", "Lieu", "Place"),),
        needed="place",
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
            column("voted", "pdate", "Date du vote : le jour s'il est connu", "Date of the vote: the day where known"),
            column("currency", "text", "Monnaie des montants", "Currency of the amounts"),
            column("amount_asked", "decimal(14,2)", "Montant demandé", "Amount asked for"),
            column("amount_voted", "decimal(14,2)", "Montant voté", "Amount voted"),
            column("amount_paid", "decimal(14,2)", "Montant versé", "Amount paid"),
            column("decision", "ref", "Décision du conseil", "Decision of the council"),
            column("levy", "ref", "Levier qui la paie", "Levy it is paid from"),
            column("envelope", "ref", "Enveloppe dont elle sort", "Envelope it comes from"),
            column("crisis", "ref", "Crise à laquelle elle répond", "Crisis it answers"),
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
            column("goals", "list", "Objectifs de développement durable", "Sustainable development goals"),
            column("groups", "list", "Publics visés en premier", "Groups of people it puts first"),
            column("discipline", "text", "Art, ou champ de la recherche", "Art, or field of research"),
            column("starts", "pdate", "Début de l'action", "Start of what is paid for"),
            column("ends", "pdate", "Fin de l'action", "End of what is paid for"),
            column("asked_on", "pdate", "Date de la demande", "Date of the request"),
            column(
                "agreed_on",
                "pdate",
                "Date de la convention, telle qu'une source la dit",
                "Date of the convention, as a source tells it",
            ),
            column(
                "identifier",
                "text",
                "Identifiant donné par qui a publié la subvention",
                "Identifier given by whoever published the grant",
            ),
            column("above_asked", "words", "Pourquoi plus que demandé", "Why more than was asked"),
            column("out_of_scope", "words", "Pourquoi hors du champ habituel", "Why outside the usual scope"),
        ),
        readers={"voted": _voted},
        prefetch=("decision__decision",),
    ),
    part_table(
        GrantPlace,
        "grant_places",
        of=_GRANT,
        title=("Autres lieux des subventions", "Further places of grants"),
        grain=("une ligne par lieu aidé en plus du premier", "one row per place served beside the first"),
        columns=(column("place", "ref", "Lieu aidé", "Place served"),),
        needed="place",
    ),
    part_table(
        GrantAim,
        "grant_aims",
        of=_GRANT,
        title=("Ce que servent aussi les subventions", "What grants also serve"),
        grain=("une ligne par but d'une subvention", "one row per aim of a grant"),
        columns=(
            column("aim", "text", "But, parmi les marqueurs du CAD", "Aim, among the markers of the DAC"),
            column("importance", "text", "Principal, parmi d'autres, écarté", "Main, among others, not an aim"),
        ),
    ),
    part_table(
        GrantResult,
        "grant_results",
        of=_GRANT,
        title=("Résultats des subventions", "Results of grants"),
        grain=("une ligne par chiffre et par période", "one row per figure and period"),
        columns=(
            column("words", "words", "Ce que compte le chiffre", "What the figure counts"),
            column("effect", "text", "Réalisation, effet, impact", "Output, outcome, impact"),
            column("unit", "text", "Unité", "Unit"),
            column("starts", "pdate", "Début de la période", "Start of the period"),
            column("ends", "pdate", "Fin de la période", "End of the period"),
            column("aimed_at", "decimal(18,2)", "Visé", "Aimed at"),
            column("reached", "decimal(18,2)", "Atteint", "Reached"),
            column("method", "words", "Comment on a compté", "How it was counted"),
            SOURCE,
            LINES,
        ),
    ),
    _summed(
        "levy_years",
        _LEVY,
        title=("Exercices des leviers", "Years of levies"),
        grain=("une ligne par levier et par année ouverte", "one row per levy and open year"),
        rows=years_to_share,
        columns=(
            column("year", "int", "Année", "Year"),
            column("currency", "text", "Monnaie", "Currency"),
            column("base", "decimal(16,2)", "Ressources propres du service", "Own resources of the service"),
            column("base_source", "text", "D'où viennent ces ressources", "Where those resources were read"),
            column("rate", "decimal(7,6)", "Taux de l'année", "Rate of the year"),
            column("ceiling", "decimal(16,2)", "Plafond : taux fois ressources", "Ceiling: rate times resources"),
        ),
    ),
    _summed(
        "envelope_totals",
        column("envelope", "ref", "Clé de l'enveloppe", "Key of the envelope"),
        title=("Sommes des enveloppes", "Totals of envelopes"),
        grain=("une ligne par enveloppe", "one row per envelope"),
        rows=envelopes_to_share,
    ),
    PublishedTable(
        name="framework_allocations",
        title={"fr": "Dotations des accords-cadres", "en": "Allocations of framework agreements"},
        grain={
            "fr": "une ligne par accord, année, partie et sens",
            "en": "one row per agreement, year, party and way",
        },
        audience=Audience.PUBLIC,
        columns=(
            column("agreement", "ref", "Accord-cadre", "Framework agreement"),
            column("party", "ref", "Partie à l'accord", "Party to the agreement"),
            column("year", "int", "Année de la dotation", "Year of the allocation"),
            column("direction", "text", "De la ville, ou vers la ville", "From the city, or to the city"),
            column("amount", "decimal(14,2)", "Montant voté", "Amount voted"),
            column("currency", "text", "Monnaie", "Currency"),
            column("decision", "ref", "Décision qui la vote", "Decision that voted it"),
            column("voted", "day", "Jour du vote", "Day of the vote"),
        ),
        rows=allocations_to_share,
    ),
    PublishedTable(
        name="aid_costs",
        title={"fr": "Aide hors subventions", "en": "Aid that is no grant"},
        grain={"fr": "une ligne par dépense d'aide d'une année", "en": "one row per cost of aid in a year"},
        audience=Audience.PUBLIC,
        columns=(
            column("cost", "text", "Numéro de la dépense", "Number of the cost"),
            column("year", "int", "Année", "Year"),
            column("part", "text", "Réfugiés, personnel, sensibilisation…", "Refugees, staff, awareness…"),
            column("country", "text", "Pays, en deux lettres", "Country, in two letters"),
            column("amount", "decimal(14,2)", "Montant versé", "Amount paid"),
            column("currency", "text", "Monnaie", "Currency"),
            column("words", "text", "Ce qui est payé", "What is paid for"),
            column("told_by", "text", "D'où vient le montant", "Where the figure comes from"),
        ),
        rows=aid_costs_to_share,
    ),
    PublishedTable(
        name="grants_to_persons",
        title={"fr": "Sommes versées à des personnes", "en": "Money given to persons"},
        grain={
            "fr": "une ligne par année, genre et monnaie, à partir de cinq personnes",
            "en": "one row per year, kind and currency, from five persons on",
        },
        audience=Audience.PUBLIC,
        columns=(
            column("year", "int", "Année du vote", "Year of the vote"),
            KIND,
            column("currency", "text", "Monnaie", "Currency"),
            column("grants", "int", "Nombre de subventions", "Number of grants"),
            column("amount_voted", "decimal(14,2)", "Total voté", "Total voted"),
        ),
        rows=given_to_persons,
    ),
    record_table(
        Call,
        "calls",
        title=("Appels à projets", "Calls for projects"),
        grain=("une ligne par appel et par édition", "one row per call and edition"),
        columns=(
            KIND,
            column("programme", "ref", "Programme auquel l'appel appartient", "Programme the call belongs to"),
            column("edition", "text", "Édition", "Edition"),
            column(
                "opens_at",
                "text",
                "Ouverture, à la seconde, heure universelle",
                "Opening, to the second, universal time",
            ),
            column(
                "closes_at",
                "text",
                "Clôture, à la seconde, heure universelle",
                "Closing, to the second, universal time",
            ),
            column("starts", "pdate", "Jour d'ouverture, à l'heure de la ville", "Day of opening, in the city's time"),
            column("ends", "pdate", "Jour de clôture, à l'heure de la ville", "Day of closing, in the city's time"),
            column("applicants", "list", "Genres d'organismes qui peuvent demander", "Kinds of bodies that may ask"),
            column("seat", "ref", "Lieu où l'organisme a son siège", "Place the body has its seat in"),
            column("least_years", "int", "Années d'existence demandées", "Years the body must have existed"),
            column(
                "amount_rule",
                "text",
                "Ce qu'est le montant : fixe, maximum, entre deux, part du coût",
                "What the amount is: flat, maximum, between two, share of the cost",
            ),
            column("amount", "decimal(14,2)", "Montant", "Amount"),
            column("least_amount", "decimal(14,2)", "Montant minimum", "Least amount"),
            column("most_rate", "decimal(5,2)", "Part du coût au plus, en pour cent", "Share of the cost, per cent"),
            column("currency", "text", "Monnaie des montants", "Currency of the amounts"),
            column("envelope", "ref", "Enveloppe dont il dispose", "Envelope it draws on"),
            column("follows", "ref", "Édition précédente", "Edition before"),
            column("label_months", "int", "Mois pendant lesquels le label est tenu", "Months the label is held"),
        ),
        readers={
            "opens_at": _moment("opens_at"),
            "closes_at": _moment("closes_at"),
            "starts": _day("opens_at"),
            "ends": _day("closes_at"),
        },
    ),
    part_table(
        CallCriterion,
        "call_criteria",
        of=_CALL,
        title=("Critères des appels", "Criteria of calls"),
        grain=("une ligne par critère d'un appel", "one row per criterion of a call"),
        columns=(
            column("words", "words", "Critère", "Criterion"),
            column("weight", "int", "Poids, sur 100", "Weight, out of 100"),
            column("groups", "list", "Publics que le critère met en premier", "Groups the criterion puts first"),
        ),
    ),
    part_table(
        CallBand,
        "call_bands",
        of=_CALL,
        title=("Ressources et part versée", "Means and share paid"),
        grain=("une ligne par tranche d'un appel", "one row per band of a call"),
        columns=(
            column("most", "decimal(14,2)", "Jusqu'à ; vide : au-delà des autres", "Up to; empty: above the others"),
            column("share", "decimal(5,2)", "Part du montant, en pour cent", "Share of the amount, per cent"),
        ),
    ),
    part_table(
        CallDocument,
        "call_documents",
        of=_CALL,
        title=("Pièces demandées par les appels", "Documents calls ask for"),
        grain=("une ligne par pièce demandée", "one row per document asked for"),
        columns=(
            column("words", "words", "Pièce", "Document"),
            column("required", "bool", "Obligatoire", "Required"),
        ),
    ),
    PublishedTable(
        name="call_questions",
        title={"fr": "Questions sur les appels", "en": "Questions on calls"},
        grain={"fr": "une ligne par question répondue", "en": "one row per question answered"},
        audience=Audience.PUBLIC,
        columns=(
            _CALL,
            column("question", "words", "Question, sans le nom de qui l'a posée", "Question, without who asked it"),
            column("answer", "words", "Réponse du service", "Answer of the office"),
            column("answered", "pdate", "Jour de la réponse", "Day of the answer"),
            column("corrected", "pdate", "Jour où la réponse a été corrigée", "Day the answer was corrected"),
        ),
        rows=_questions,
    ),
    DUTIES,
    *LIVES,
    LABELS,
    STAYS,
)
