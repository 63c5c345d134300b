"""The life of a grant at the desk: where it stands, the only steps that may follow, and its trail."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parvis.domain.funding import queries
from parvis.domain.funding.enums import (
    ClaimState,
    GrantForm,
    GrantState,
    ReportKind,
    ReportState,
)
from parvis.domain.funding.models import (
    Amendment,
    Grant,
    RecoveryClaim,
)
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.closing import closed_where_tied
from parvis.doors.desk.money import essential, signing
from parvis.doors.desk.money.deeds import offered
from parvis.doors.desk.money.papers import amendment_pdf, convention_pdf
from parvis.doors.desk.money.steps import Deeds, grant_of
from parvis.doors.desk.money.views import _told
from parvis.doors.desk.naming import title_of
from parvis.foundation.accounts.models import Role
from parvis.register.reading import day_said

_S = GrantState
#: A report of these states is no longer awaited.
_HELD = (ReportState.RECEIVED, ReportState.ACCEPTED)
_GIVEN = (GrantState.AWARDED, GrantState.CLOSED)


@require_http_methods(["GET", "POST"])
@for_role(Role.READER, to_write=Role.OFFICER)
@closed_where_tied
def grant(request: HttpRequest, key: str) -> HttpResponse:
    """A grant: its money, its steps, and the only next ones; a step that must wait says what for."""
    held = grant_of(key)
    deeds, done = offered(Deeds(held, request).all(), request)
    if done:
        return _told(request, done, redirect("desk:money_grant", key=key))
    on = timezone.localdate()
    instalments = list(held.instalments.prefetch_related("orders").select_related("envelope"))
    convention = queries.convention_of(held)
    doubted = {order.told_in_id: order for order in queries.sent_back_since(held)}
    context = {
        "held": held,
        "title": title_of(held.subject),
        "beneficiary": title_of(held.beneficiary) if held.beneficiary else _("a natural person"),
        "money": queries.standing_of_grant(held.subject),
        "envelopes": [(each, title_of(each.subject)) for each in queries.envelopes_of_grant(held.subject)],
        "convention": convention,
        "amendments": queries.amendments_of(held),
        "requests": queries.amendments_asked(held),
        "paper": queries.paper_to_sign(held),
        "needs_convention": queries.needs_convention(held),
        "total": queries.yearly_total(held.beneficiary, held.year) if held.beneficiary else None,
        "beside": queries.yearly_beside(held.beneficiary, held.year) if held.beneficiary else "",
        "own_currency": queries.city_currency(),
        "instalments": [(each, queries.blocks_of(each, on), list(each.orders.all())) for each in instalments],
        "reports": [(each, queries.compared(each) if each.kind == ReportKind.FINANCIAL else [], doubted.get(each.pk))
                    for each in held.reports.prefetch_related("lines")],
        "claims": _claims(held),
        "opinions": held.opinions.select_related("office", "taken_back_by"),
        "due": _report_awaited(held),
        "lawful": queries.asked_by_law(held, on, shown=essential.shown_on(held)) if held.state in _GIVEN else [],
        "days": queries.days_to_pay(held),
        "waiting": queries.waiting_since(held, on),
        "deeds": deeds,
        "open": request.POST.get("do", ""),
    }  # fmt: skip
    return render(request, "desk/money/grant.html", context, status=422 if request.method == "POST" else 200)


@require_GET
@for_role(Role.READER)
@closed_where_tied
def trail(request: HttpRequest, key: str) -> HttpResponse:
    """From any euro of a grant back to its levy, its vote, its file; for a court of accounts, and for print."""
    held = grant_of(key)
    sources = [
        (each, title_of(each.subject), queries.year_of(each)) for each in queries.envelopes_of_grant(held.subject)
    ]
    application = queries.application_of(held)
    context = {
        "held": held,
        "title": title_of(held.subject),
        "beneficiary": title_of(held.beneficiary) if held.beneficiary else _("a natural person"),
        "sources": [(envelope, title, year, title_of(envelope.levy)) for envelope, title, year in sources],
        "votes": queries.votes_behind(held.subject),
        "entries": queries.entries_of_grant(held.subject),
        "convention": queries.convention_of(held),
        "paper": queries.paper_to_sign(held),
        "amendments": queries.amendments_of(held),
        "orders": queries.orders_of(held),
        "reports": held.reports.order_by("received", "pk"),
        "claims": _claims(held),
        "opinions": held.opinions.select_related("office", "taken_back_by"),
        "money": queries.standing_of_grant(held.subject),
        "application": application,
        "judged": queries.judged(application, who(request)) if application else None,
        "at": timezone.localtime(),
    }
    return render(request, "desk/money/trail.html", context)


@require_GET
@for_role(Role.READER)
@closed_where_tied
def convention(_request: HttpRequest, key: str) -> HttpResponse:
    """The convention as it is to be signed: the very paper put up, or before that the one that would be."""
    held = grant_of(key)
    paper = signing.paper_as_put_up(held) or convention_pdf(held)
    if paper is None:
        return redirect("desk:money_grant", key=key)
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="convention-{held.key}.pdf"'
    return answer


@require_GET
@for_role(Role.READER)
@closed_where_tied
def amendment(_request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """An amendment as it is to be signed: a tagged PDF."""
    rows, held = Amendment.objects.select_related("convention__grant__subject", "decision", "wording"), grant_of(key)
    row = get_object_or_404(rows, convention__grant=held, pk=pk)
    answer = HttpResponse(signing.paper_as_put_up(held, row) or amendment_pdf(row), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="amendment-{key}-{pk}.pdf"'
    return answer


def _report_awaited(held: Grant) -> str:
    """When the financial report is due; nothing where none is owed: not awarded yet, received already, help in kind."""
    if held.state != _S.AWARDED or held.form == GrantForm.IN_KIND:
        return ""
    if due := queries.report_awaited(held):
        return day_said(due)
    first = held.amount_paid or queries.report_of(held, ReportKind.FINANCIAL, *_HELD)
    return "" if first else queries.report_awaits_payment(held)


def _claims(held: Grant) -> list[tuple[RecoveryClaim, Decimal, Decimal, Decimal]]:
    """What was claimed back: each claim, what came back on it, what is left of it, what was given up of it."""
    found = []
    for each in held.claims.select_related("decision", "envelope"):
        back = queries.recovered_of(each)
        given_up = each.amount - back if each.state == ClaimState.WAIVED else Decimal(0)
        found.append((each, back, queries.left_of_claim(each), given_up))
    return found
