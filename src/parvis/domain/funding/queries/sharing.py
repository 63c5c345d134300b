"""What the ledger says that anyone may know: sums by year and by envelope, and what persons received in all.

Neither a reason that was typed, nor who wrote an entry, nor what is reserved for a file under way.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, Sum

from parvis.domain.funding.enums import GrantState
from parvis.domain.funding.models import Envelope, Grant, LevyYear
from parvis.register.enums import Visibility
from parvis.register.sharing import public_records

from .ledger import Standing, standings_of_envelopes, standings_of_years

Rows = Iterator[dict[str, Any]]
#: Fewer persons than this are not counted apart: a small number would point at somebody.
FEWEST_PERSONS = 5


def years_to_share() -> Rows:
    """Each year of a public levy, with what the ledger holds of it."""
    standings = standings_of_years()
    public = LevyYear.objects.filter(levy__subject__visibility=Visibility.PUBLIC)
    for year in public.select_related("levy__subject").order_by("levy__subject__key", "year"):
        yield {
            "levy": year.levy.key,
            "year": year.year,
            "currency": year.currency,
            "base": year.base,
            "base_source": year.base_source,
            "rate": year.rate,
            "ceiling": year.ceiling,
            **_stands(standings.get(year.pk, Standing({}))),
        }


def envelopes_to_share() -> Rows:
    """What each public envelope was given, has given, and has left."""
    held = list(public_records(Envelope))
    standings = standings_of_envelopes(envelope.subject for envelope in held)
    for envelope in held:
        yield {"envelope": envelope.key, **_stands(standings.get(envelope.subject_id, Standing({})))}


def _stands(standing: Standing) -> dict[str, Any]:
    """What is reserved for a file under way counts as left: nobody outside may guess at it."""
    return {
        "voted": standing.voted,
        "committed": standing.engaged,
        "paid": standing.paid,
        "recovered": standing.recovered,
        "left": standing.voted - standing.engaged,
    }


def given_to_persons() -> Rows:
    """What persons received, added up; nothing of each."""
    given = Grant.objects.filter(natural_person=True, state__in=(GrantState.AWARDED, GrantState.CLOSED)).order_by()
    groups = given.values("year", "currency", kind=F("subject__kind"))
    counted = groups.annotate(grants=Count("pk"), amount_voted=Sum("amount_voted")).filter(grants__gte=FEWEST_PERSONS)
    for group in counted.order_by("year", "kind", "currency"):
        yield dict(group)
