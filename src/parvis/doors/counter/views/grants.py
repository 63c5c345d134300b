"""A grant after its award: its money and its duties, the convention to read and sign, the proof of the signature."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from parvis.domain.funding import actions, queries
from parvis.domain.funding.enums import PAID_NOTHING, OrderState, ReportKind, ReportState, RequestState
from parvis.domain.funding.models import Amendment, Grant, VaultDocument
from parvis.doors.counter import uploads
from parvis.doors.counter.access import my_grant, signed_in, who
from parvis.doors.counter.naming import person_named, title_said
from parvis.doors.counter.proofs import signature_pdf
from parvis.foundation.values.refusal import Refusal


@require_safe
@signed_in
def grant(request: HttpRequest, grant: str) -> HttpResponse:
    """Where a grant stands for its beneficiary: what is paid, what is to sign, what is to report."""
    return _page(request, my_grant(request, grant))


def _page(request: HttpRequest, held: Grant, refusal: str = "", status: int = 200) -> HttpResponse:
    on, person = timezone.localdate(), who(request)
    paper, requests = queries.paper_to_sign(held), list(queries.amendments_asked(held))
    context = {
        "held": held,
        "title": title_said(held.subject),
        "body": queries.beneficiary_of(held),
        "file": queries.application_of(held),
        "money": queries.standing_of_grant(held.subject),
        "convention": queries.convention_of(held),
        "needs_convention": queries.needs_convention(held),
        "paper": paper,
        "signature": getattr(paper, "signature", None),
        "may_sign": queries.may_sign_for(person, held),
        "may_write": queries.may_write_for(person, held),
        "signer": person_named(person) if person.get_full_name() else "",
        "instalments": [_instalment(each, on) for each in held.instalments.in_plan().prefetch_related("orders")],
        "reports": [_report(held, kind) for kind in ReportKind],
        "due": queries.report_day(held),
        "awaits_payment": queries.report_awaits_payment(held),
        "lawful": queries.asked_of_body(held, on),
        "today": on,
        "requests": requests,
        "amendments": queries.amendments_of(held),
        "asked_already": any(one.state == RequestState.WAITING for one in requests),
        "claims": [(each, queries.recovered_of(each), queries.left_of_claim(each)) for each in held.claims.all()],
        "refusal": refusal,
        "said": request.POST if refusal else {},
        "most": uploads.LARGEST // (1024 * 1024),
    }
    return render(request, "counter/grant.html", context, status=status)


def _instalment(each: Any, on: Any) -> dict[str, Any]:
    """An instalment as its beneficiary sees it: paid and when, on its way, or what it waits for."""
    orders = list(each.orders.all())
    order = next((one for one in orders if one.state not in PAID_NOTHING), None)
    came_back = next((one for one in reversed(orders) if one.state == OrderState.RETURNED), None)
    waits = [] if order else queries.blocks_of(each, on)
    return {"row": each, "order": order, "sent_back": None if order else came_back, "waits": waits}


def _report(held: Grant, kind: ReportKind) -> dict[str, Any]:
    """A kind of report as its beneficiary sees it: what was sent, what became of it, whether one may be written."""
    awaited = queries.report_awaited(held, kind)
    again = awaited and queries.report_of(held, kind, ReportState.ACCEPTED)
    return {
        "kind": kind,
        "due": awaited or queries.report_due(held),
        "late": awaited is not None and awaited < timezone.localdate(),
        "untold": queries.untold_of(held) if again else None,
        "sheets": held.sheets.filter(kind=kind, sent_at__isnull=False).select_related("report").order_by("-turn"),
        "on_paper": held.reports.filter(kind=kind, sheet__isnull=True).order_by("pk"),
        "begun": queries.open_sheet(held, kind),
        "barred": queries.may_report(held, kind),
        "received": queries.report_of(held, kind, ReportState.RECEIVED, ReportState.ACCEPTED),
    }


@require_safe
@signed_in
def paper(request: HttpRequest, grant: str, amendment: int | None = None) -> FileResponse:
    """The convention, or its amendment, put up for signature: the very bytes whose digest is signed."""
    held = my_grant(request, grant)
    found = queries.paper_to_sign(held, _amendment(held, amendment))
    if found is None:
        raise Http404
    path = actions.place_of(settings.VAULT_DIR, found.sha256)
    if not path.exists():
        raise Http404
    ranks = {each.pk: rank for rank, each, _paper in queries.amendments_of(held)} if amendment else {}
    name = f"amendment-{ranks[amendment]}" if amendment else "convention"
    name = f"{name}-{found.convention.number}.pdf"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/pdf")


def _amendment(held: Grant, pk: int | None) -> Amendment | None:
    """The amendment an address names, of this grant's own convention; none where it names none."""
    return get_object_or_404(Amendment, convention__grant=held, pk=pk) if pk else None


@require_POST
@signed_in
def sign(request: HttpRequest, grant: str, amendment: int | None = None) -> HttpResponseBase:
    """Sign the convention or the amendment that was read, here or by the copy of a paper signed by hand."""
    held, said = my_grant(request, grant), request.POST
    try:
        copy = _copy(request, held)
        if copy is None and not said.get("agreed"):
            raise uploads.DocumentRefused(why=_("Tick that you have read this paper and sign it.") if amendment else _(
                "Tick that you have read the convention and sign it."
            ))  # fmt: skip
        actions.sign_for_beneficiary(
            grant=held, seen=said.get("seen", "")[:64], name=said.get("name", "")[:150],
            capacity=said.get("capacity", "")[:120], language=(get_language() or "fr")[:2], copy=copy,
            amendment=_amendment(held, amendment), by=who(request), at=timezone.now(),
        )  # fmt: skip
    except Refusal as refusal:
        return _page(request, held, str(refusal), 409)
    messages.success(request, _("Signed. The City signs next, and you are told."))
    return redirect("counter:grant", grant)


def _copy(request: HttpRequest, held: Grant) -> VaultDocument | None:
    """The signed copy, where one was sent: it goes into the body's vault. Raises what the vault refuses."""
    body = queries.beneficiary_of(held)
    if body is None or "document" not in request.FILES or not queries.may_sign_for(who(request), held):
        return None
    return uploads.keep(request, body, title=_("Signed convention"))


@require_safe
@signed_in
def proof(request: HttpRequest, grant: str, amendment: int | None = None) -> HttpResponse:
    """The proof of the signature, as PDF: who, in what capacity, when, over which digest."""
    held = my_grant(request, grant)
    found = queries.paper_to_sign(held, _amendment(held, amendment))
    signature = getattr(found, "signature", None)
    if found is None or signature is None:
        raise Http404
    response = HttpResponse(signature_pdf(signature), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="signature-{found.convention.number}.pdf"'
    return response
