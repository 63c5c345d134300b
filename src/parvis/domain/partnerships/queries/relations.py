"""Relations with partners: how close, how far, and which need another look."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import QuerySet

from parvis.domain.partnerships.enums import AgreementState, RelationLevel
from parvis.domain.partnerships.models import Network, Relation
from parvis.domain.partnerships.queries.agreements import agreements_in_force
from parvis.foundation.values.certainty import Certainty, begun_by, holds_on
from parvis.register.ordering import known_date


def relations_on(day: date) -> list[Relation]:
    """Relations that hold on that day, the closest first."""
    rank = {level: place for place, level in enumerate(RelationLevel.values)}
    found = [relation for relation in _all() if _holds(relation, day) != Certainty.NO]
    return sorted(found, key=lambda relation: (rank.get(relation.level, len(rank)), relation.key))


def relations_to_review(on: date) -> list[Relation]:
    """Relations whose day of review has come."""
    found = []
    for relation in _all():
        review = known_date(relation.review_on)
        if review is not None and begun_by(review, on) == Certainty.YES:
            found.append(relation)
    return found


def closer_on_paper(on: date, active: Collection[int] = ()) -> list[Relation]:
    """Ties said to be special or enhanced, with no agreement in force on that day and no act with them of late."""
    close = {RelationLevel.SPECIAL, RelationLevel.ENHANCED}
    busy = _bound(on) | set(active)
    return [relation for relation in relations_on(on) if relation.level in close and relation.partner_id not in busy]


def closer_in_fact(on: date, active: Collection[int] = ()) -> list[Relation]:
    """Ties said to be ordinary, with an agreement in force on that day or an act with them of late."""
    busy = _bound(on) | set(active)
    return [
        relation
        for relation in relations_on(on)
        if relation.level == RelationLevel.ORDINARY and relation.partner_id in busy
    ]


def agreement_begun_by(relation: Relation, the_city: str) -> dict[str, Any]:
    """The content of the agreement a prospect becomes: what is known of the tie is not typed again."""
    step = {"state": AgreementState.PROSPECT.value, "day": relation.as_of}
    return {
        "parties": [party for party in (the_city, relation.partner.key) if party],
        "steps": [step],
        "themes": list(relation.subject.themes),
    }


def _bound(on: date) -> set[int]:
    return {line.party_id for agreement in agreements_in_force(on) for line in agreement.parties.all()}


def all_networks() -> QuerySet[Network]:
    """Networks, with the bodies that stand behind them."""
    return Network.objects.select_related("subject", "body", "founder", "managed_by").order_by("subject__key")


def _all() -> QuerySet[Relation]:
    return Relation.objects.select_related("subject", "partner").order_by("subject__key")


def _holds(relation: Relation, day: date) -> Certainty:
    start = known_date(relation.valid_from) or known_date(relation.as_of)
    return holds_on(start, known_date(relation.valid_to), day)
