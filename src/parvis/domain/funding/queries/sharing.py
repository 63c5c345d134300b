"""What the ledger says that anyone may know: sums by year and envelope, payments by grant, days waited.

Neither a reason that was typed, nor who wrote an entry, nor what is reserved for a file under way.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, F, Min, Sum

from parvis.domain.funding.enums import Act, GrantState
from parvis.domain.funding.models import Convention, Envelope, Grant, LedgerEntry, LevyYear
from parvis.foundation.values import Precision
from parvis.register.enums import Visibility
from parvis.register.ordering import known_date
from parvis.register.sharing import public_records, shared_key

from .ledger import Standing, standings_of_envelopes, standings_of_years

Rows = Iterator[dict[str, Any]]
#: Fewer persons than this are not counted apart: a small number would point at somebody.
FEWEST_PERSONS = 5
_SHARED_ACTS = (Act.PAY, Act.RECOVER)


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


def movements_to_share() -> Rows:
    """Money of public grants paid out and paid back, each on its decision."""
    entries = LedgerEntry.objects.filter(act__in=_SHARED_ACTS, grant__visibility=Visibility.PUBLIC)
    for entry in entries.select_related("grant", "decision").order_by("grant__key", "day", "pk"):
        yield {
            "grant": shared_key(entry.grant),
            "act": entry.act,
            "day": entry.day,
            "amount": entry.amount,
            "decision": shared_key(entry.decision),
        }


def conventions_to_share() -> Rows:
    """Signed conventions of public grants."""
    signed = Convention.objects.filter(signed__isnull=False, grant__in=public_records(Grant))
    for convention in signed.select_related("grant__subject").order_by("grant__subject__key"):
        yield {
            "grant": convention.grant.key,
            "number": convention.number,
            "signed": convention.signed,
            "starts": convention.starts,
            "ends": convention.ends,
        }


def waits_to_share() -> Rows:
    """Days from the request to the first payment of each public grant, where both days are known."""
    paid = LedgerEntry.objects.filter(act=Act.PAY, grant__isnull=False).order_by()
    first: dict[int, date] = dict(paid.values_list("grant").annotate(first=Min("day")))
    for grant in public_records(Grant).filter(subject__in=list(first)):
        asked = known_date(grant.asked_on)
        if asked is not None and asked.precision is Precision.DAY and asked.earliest is not None:
            yield {"grant": grant.key, "days": (first[grant.subject_id] - asked.earliest).days}


def given_to_persons() -> Rows:
    """What persons received, added up; nothing of each."""
    given = Grant.objects.filter(natural_person=True, state__in=(GrantState.AWARDED, GrantState.CLOSED)).order_by()
    groups = given.values("year", "currency", kind=F("subject__kind"))
    counted = groups.annotate(grants=Count("pk"), amount_voted=Sum("amount_voted")).filter(grants__gte=FEWEST_PERSONS)
    for group in counted.order_by("year", "kind", "currency"):
        yield dict(group)
