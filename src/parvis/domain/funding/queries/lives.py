"""The life of each public grant, step by step, as anyone may follow it: never a name, nor a word somebody typed.

The request, the call it answered, its convention and what changed it, the instalments foreseen, the reports,
and what the council voted for the budget and the envelope it comes from.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Min

from parvis.domain.funding.enums import Act, OrderState, ReportState
from parvis.domain.funding.models import (
    Amendment,
    Application,
    Convention,
    Envelope,
    Grant,
    Instalment,
    LedgerEntry,
    LedgerLine,
    PaymentOrder,
    Report,
)
from parvis.foundation.values import Precision
from parvis.register.enums import Visibility
from parvis.register.fields import MomentField
from parvis.register.ordering import known_date
from parvis.register.sharing import public_records, shared_key

Rows = Iterator[dict[str, Any]]
_SHARED_ACTS = (Act.PAY, Act.RETURN, Act.RECOVER)
_VOTES = (Act.VOTE, Act.LOWER)
_ALLOTMENTS = (Act.ALLOT, Act.TAKE_BACK)


def calls_to_share() -> Rows:
    """The public call each public grant answers, and the day its file was received."""
    grants = public_records(Grant).exclude(file="")
    keys = dict(grants.values_list("file", "subject__key"))
    files = Application.objects.filter(number__in=list(keys)).select_related("call__subject")
    found = [
        {
            "grant": keys[str(file.number)],
            "call": shared_key(file.call.subject),
            "received": MomentField.written(file.submitted_at)[:10] if file.submitted_at else None,
        }
        for file in files
    ]
    yield from sorted((row for row in found if row["call"]), key=lambda row: row["grant"])


def movements_to_share() -> Rows:
    """Money of public grants paid out, sent back by the bank and paid back, each on its decision."""
    entries = LedgerEntry.objects.filter(act__in=_SHARED_ACTS, grant__visibility=Visibility.PUBLIC)
    undone = undone_payments()
    for entry in entries.select_related("grant", "decision").order_by("grant__key", "day", "pk"):
        yield {
            "grant": shared_key(entry.grant),
            "act": entry.act,
            "day": entry.day,
            "amount": entry.amount,
            "decision": shared_key(entry.decision),
            "sent_back": undone.get(entry.pk),
        }


def undone_payments() -> dict[int, date]:
    """Payments of the ledger that the bank sent back, each with the day it did."""
    waits: dict[tuple[Any, ...], list[date]] = {}
    for order in PaymentOrder.objects.filter(state=OrderState.RETURNED).select_related("instalment").order_by("pk"):
        if order.returned:
            key = (order.instalment.grant_id, order.paid, order.amount, order.reference or order.number)
            waits.setdefault(key, []).append(order.returned)
    entries = LedgerEntry.objects.filter(act=Act.PAY, grant__in={key[0] for key in waits}).order_by("pk")
    found = {}
    for entry in entries:
        if days := waits.get((entry.grant_id, entry.day, entry.amount, entry.reference)):
            found[entry.pk] = days.pop(0)
    return found


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


def amendments_to_share() -> Rows:
    """What changed a signed convention, when, on which decision; the reason typed stays inside."""
    rows = Amendment.objects.filter(convention__grant__in=public_records(Grant), signed__isnull=False)
    rows = rows.select_related("convention__grant__subject", "decision")
    for row in rows.order_by("convention__grant__subject__key", "signed", "pk"):
        yield {
            "grant": row.convention.grant.key,
            "change": row.kind,
            "signed": row.signed,
            "amount": row.change,
            "ends": row.ends,
            "decision": shared_key(row.decision),
        }


def instalments_to_share() -> Rows:
    """What is to be paid of each public grant, on which condition, and when it was."""
    orders = PaymentOrder.objects.filter(state=OrderState.PAID).order_by()
    paid: dict[int, date] = dict(orders.values_list("instalment").annotate(first=Min("paid")))
    rows = Instalment.objects.in_plan().filter(grant__in=public_records(Grant)).select_related("grant__subject")
    for row in rows.order_by("grant__subject__key", "position"):
        yield {
            "grant": row.grant.key,
            "number": row.position,
            "amount": row.amount,
            "condition": row.condition,
            "not_before": row.not_before,
            "paid": paid.get(row.pk),
        }


def reports_to_share() -> Rows:
    """When each report of a public grant came in, and what became of it. What it says is its author's.

    What was left unspent is told once the report is accepted.
    """
    rows = Report.objects.filter(grant__in=public_records(Grant)).select_related("grant__subject")
    for row in rows.order_by("grant__subject__key", "received", "pk"):
        accepted = row.state == ReportState.ACCEPTED
        yield {
            "grant": row.grant.key,
            "report": row.kind,
            "received": row.received,
            "review": row.state,
            "reviewed": row.reviewed,
            "unspent": row.unspent if accepted else None,
        }


def waits_to_share() -> Rows:
    """From the request to the first payment that arrived, where both days are known to the day."""
    paid = LedgerEntry.objects.filter(act=Act.PAY, grant__isnull=False).exclude(pk__in=undone_payments()).order_by()
    first: dict[int, date] = dict(paid.values_list("grant").annotate(first=Min("day")))
    for grant in public_records(Grant).filter(subject__in=list(first)):
        asked = known_date(grant.asked_on)
        if asked is not None and asked.precision is Precision.DAY and asked.earliest is not None:
            day = first[grant.subject_id]
            yield {"grant": grant.key, "asked": asked.earliest, "paid": day, "days": (day - asked.earliest).days}


def votes_to_share() -> Rows:
    """What the council voted for each year of a public levy, vote by vote."""
    entries = LedgerEntry.objects.filter(act__in=_VOTES).select_related("decision").order_by("day", "pk")
    years = _years_of(entries.values("pk"))
    found = [
        {
            "levy": levy,
            "year": year,
            "act": entry.act,
            "day": entry.day,
            "amount": entry.amount,
            "decision": shared_key(entry.decision),
        }
        for entry in entries
        for levy, year in years.get(entry.pk, ())
    ]
    yield from sorted(found, key=lambda row: (row["levy"], row["year"]))


def _years_of(entries: Any) -> dict[int, list[tuple[str, int]]]:
    """The years of public levies that each entry touches, once each."""
    lines = LedgerLine.objects.filter(entry__in=entries)
    lines = lines.filter(account__levy_year__levy__subject__visibility=Visibility.PUBLIC).order_by("entry")
    names = ("entry", "account__levy_year__levy__subject__key", "account__levy_year__year")
    found: dict[int, list[tuple[str, int]]] = {}
    for entry, levy, year in lines.values_list(*names).distinct():
        found.setdefault(entry, []).append((levy, year))
    return found


def allotments_to_share() -> Rows:
    """What was put in each public envelope and taken back from it, on which decision."""
    keys = dict(public_records(Envelope).values_list("subject", "subject__key"))
    lines = LedgerLine.objects.filter(entry__act__in=_ALLOTMENTS, account__envelope__in=list(keys))
    rows = [
        {
            "envelope": keys[line.account.envelope_id],
            "act": line.entry.act,
            "day": line.entry.day,
            "amount": line.entry.amount,
            "decision": shared_key(line.entry.decision),
        }
        for line in lines.select_related("entry__decision", "account").order_by("entry__day", "entry")
    ]
    yield from sorted(rows, key=lambda row: row["envelope"])
