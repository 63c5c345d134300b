"""The life of a grant, step by step: request, vote, convention, instalments, payments, reports."""

from collections.abc import Callable, Iterator
from typing import Any

from parvis.domain.funding.queries import lives
from parvis.foundation.publishing import Audience, Column, PublishedTable
from parvis.register.sharing import Said, column

_GRANT = column("grant", "ref", "Clé de la subvention", "Key of the grant")
_DECISION = column("decision", "ref", "Décision qui le permet", "Decision it stands on")
_DAY = column("day", "day", "Jour du mouvement", "Day of the movement")


def _told(
    name: str, title: Said, grain: Said, rows: Callable[[], Iterator[dict[str, Any]]], *columns: Column
) -> PublishedTable:
    return PublishedTable(
        name=name,
        title={"fr": title[0], "en": title[1]},
        grain={"fr": grain[0], "en": grain[1]},
        audience=Audience.PUBLIC,
        columns=columns,
        rows=rows,
    )


LIVES: tuple[PublishedTable, ...] = (
    _told(
        "levy_votes",
        ("Votes des exercices des leviers", "Votes of the years of levies"),
        ("une ligne par vote", "one row per vote"),
        lives.votes_to_share,
        column("levy", "ref", "Clé du levier", "Key of the levy"),
        column("year", "int", "Année", "Year"),
        column("act", "text", "Voté, ou réduit", "Voted, or lowered"),
        _DAY,
        column("amount", "decimal(16,2)", "Montant", "Amount"),
        _DECISION,
    ),
    _told(
        "envelope_allotments",
        ("Dotations des enveloppes", "What envelopes were given"),
        ("une ligne par dotation ou reprise", "one row per amount put in or taken back"),
        lives.allotments_to_share,
        column("envelope", "ref", "Clé de l'enveloppe", "Key of the envelope"),
        column("act", "text", "Mis dans l'enveloppe, ou repris", "Put in the envelope, or taken back"),
        _DAY,
        column("amount", "decimal(16,2)", "Montant", "Amount"),
        _DECISION,
    ),
    _told(
        "grant_calls",
        ("Appels des subventions", "Calls of grants"),
        ("une ligne par subvention venue d'un appel", "one row per grant that came from a call"),
        lives.calls_to_share,
        _GRANT,
        column("call", "ref", "Appel auquel elle répond", "Call it answers"),
        column("received", "day", "Jour où le dossier est arrivé", "Day the file came in"),
    ),
    _told(
        "conventions",
        ("Conventions signées", "Signed conventions"),
        ("une ligne par convention", "one row per convention"),
        lives.conventions_to_share,
        _GRANT,
        column("number", "text", "Numéro de la convention", "Number of the convention"),
        column("signed", "day", "Jour de la signature", "Day it was signed"),
        column("starts", "day", "Début de la convention", "Start of the convention"),
        column("ends", "day", "Fin de la convention", "End of the convention"),
    ),
    _told(
        "convention_amendments",
        ("Avenants", "Amendments"),
        ("une ligne par avenant", "one row per amendment"),
        lives.amendments_to_share,
        _GRANT,
        column("change", "text", "Montant, durée, objet", "Amount, period, purpose"),
        column("signed", "day", "Jour de la signature", "Day it was signed"),
        column("amount", "decimal(14,2)", "Montant ajouté ou retiré", "Amount added or taken away"),
        column("ends", "day", "Nouvelle fin", "New end"),
        _DECISION,
    ),
    _told(
        "grant_instalments",
        ("Échéances des subventions", "Instalments of grants"),
        ("une ligne par échéance", "one row per instalment"),
        lives.instalments_to_share,
        _GRANT,
        column("number", "int", "Rang de l'échéance", "Number of the instalment"),
        column("amount", "decimal(14,2)", "Montant prévu", "Amount foreseen"),
        column("condition", "text", "Ce qui doit être fait avant", "What must be so before"),
        column("not_before", "day", "Pas avant", "Not before"),
        column("paid", "day", "Jour du versement", "Day it was paid"),
    ),
    _told(
        "grant_payments",
        ("Versements, rejets et remboursements", "Payments, transfers sent back and recoveries"),
        ("une ligne par mouvement d'une subvention", "one row per movement of a grant"),
        lives.movements_to_share,
        _GRANT,
        column("act", "text", "Versé, rejeté par la banque ou remboursé", "Paid, sent back by the bank or recovered"),
        _DAY,
        column("amount", "decimal(16,2)", "Montant", "Amount"),
        _DECISION,
        column("sent_back", "day", "Jour où la banque a rejeté ce versement", "Day the bank sent this payment back"),
    ),
    _told(
        "grant_reports",
        ("Comptes rendus des subventions", "Reports of grants"),
        ("une ligne par compte rendu reçu", "one row per report received"),
        lives.reports_to_share,
        _GRANT,
        column("report", "text", "Narratif ou financier", "Narrative or financial"),
        column("received", "day", "Jour où il est arrivé", "Day it came in"),
        column("review", "text", "Reçu, accepté, renvoyé", "Received, accepted, sent back"),
        column("reviewed", "day", "Jour où il a été lu", "Day it was read"),
        column("unspent", "decimal(14,2)", "Non dépensé, une fois accepté", "Unspent, once accepted"),
    ),
    _told(
        "grant_waits",
        ("Délais de versement", "Days to payment"),
        ("une ligne par subvention payée", "one row per grant paid"),
        lives.waits_to_share,
        _GRANT,
        column("asked", "day", "Jour de la demande", "Day of the request"),
        column("paid", "day", "Jour du premier versement", "Day of the first payment"),
        column("days", "int", "Jours de la demande au premier versement", "Days from request to first payment"),
    ),
)
