"""Reports at the counter: written field by field, saved at each pause, sent once, with a receipt."""

from __future__ import annotations

from typing import Any

import orjson
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.domain.funding import actions, queries
from parvis.domain.funding.enums import ReportKind, ReportState
from parvis.domain.funding.errors import FileClosed
from parvis.domain.funding.models import Grant, ReportEntry, ReportSheet
from parvis.domain.funding.queries.forms import LONGEST
from parvis.doors.counter import posted
from parvis.doors.counter.access import for_script, fresh_token, my_grant, signed_in, who
from parvis.doors.counter.accounting import ReportPage
from parvis.doors.counter.naming import person_named, title_said
from parvis.doors.counter.proofs import report_pdf
from parvis.foundation.values.refusal import Refusal

_LARGEST_SAVE = 1_000_000


def _kind(kind: str) -> ReportKind:
    if kind not in ReportKind.values:
        raise Http404
    return ReportKind(kind)


def _sheet(request: HttpRequest, grant: str, kind: str) -> tuple[Grant, ReportSheet]:
    """The report being written of a grant of one's own; nothing else exists."""
    held = my_grant(request, grant)
    sheet = queries.open_sheet(held, _kind(kind))
    if sheet is None:
        raise Http404
    return held, sheet


@require_http_methods(["GET", "POST"])
@signed_in
def report(request: HttpRequest, grant: str, kind: str) -> HttpResponse:
    """The report being written; posted, it is begun, or saved without a script."""
    held = my_grant(request, grant)
    if request.method == "POST" and "begin" in request.POST:
        return _begun(request, held, _kind(kind))
    sheet = queries.open_sheet(held, _kind(kind))
    if sheet is None:
        return redirect("counter:grant", grant)
    return _page(request, held, sheet, _saved(request, sheet) if request.method == "POST" else posted.Outcome())


def _begun(request: HttpRequest, held: Grant, kind: ReportKind) -> HttpResponse:
    try:
        actions.begin_report(grant=held, kind=kind, by=who(request), at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("counter:grant", held.key)
    return redirect("counter:report", held.key, kind)


def _saved(request: HttpRequest, sheet: ReportSheet) -> posted.Outcome:
    """Save what a page posted: what became of it, and the words that could not be saved."""
    saves, at = posted.saves_in(request.POST), timezone.now()
    window = request.POST.get("-window", "")[:40] or f"form-{who(request).pk}"
    refused: dict[str, str] = {}
    try:
        if saves:
            refused = actions.save_report(sheet=sheet, saves=saves, by=who(request), at=at, window=window).refused
        if choice := request.POST.get("-choose", ""):
            _choose(request, sheet, choice, window)
    except Refusal as refusal:
        return posted.Outcome(str(refusal), 409, typed={save.field: save for save in saves})
    if refused:
        return posted.outcome_of(saves, refused)
    hour = timezone.localtime(at).strftime("%H:%M:%S")
    return posted.Outcome(_("Saved on the server at %(hour)s") % {"hour": hour})


def _page(request: HttpRequest, held: Grant, sheet: ReportSheet, done: posted.Outcome) -> HttpResponse:
    page = ReportPage(sheet, done.typed, done.refused)
    context = {
        "held": held,
        "title": title_said(held.subject),
        "sheet": sheet,
        "due": queries.report_awaited(held, ReportKind(sheet.kind)) or queries.report_day(held),
        "awaits_payment": queries.report_awaits_payment(held),
        "today": timezone.localdate(),
        "sent_back": queries.report_of(held, ReportKind(sheet.kind), ReportState.RETURNED),
        "sections": [
            (section, page.asked(section.code), page.has_accounts(section.code)) for section in page.form.sections
        ],
        "sides": page.sides(),
        "currency": held.currency,
        "newest": max((row.saved_at for row in page.entries.values()), default=None),
        "told": done.told,
        "refused": done.status != 200,
        "wrong": page.wrong(),
        "longest": LONGEST,
        "writable": queries.may_write_for(who(request), held),
        "may_sign": queries.may_sign_for(who(request), held),
    }
    return render(request, "counter/report.html", context, status=done.status)


@require_POST
@for_script
def save(request: HttpRequest, grant: str, kind: str) -> JsonResponse:
    """Save fields as they are typed: JSON in, JSON out, a sentence with every refusal."""
    _held, sheet = _sheet(request, grant, kind)
    at = timezone.now()
    try:
        if int(request.headers.get("Content-Length") or 0) > _LARGEST_SAVE:
            return JsonResponse({"refused": _("This is too much to save at once.")}, status=413)
        saves, window = posted.saves_of(orjson.loads(request.body))
    except (ValueError, TypeError, RawPostDataException):
        return JsonResponse({"refused": _("This request cannot be read.")}, status=400)
    try:
        saved = actions.save_report(sheet=sheet, saves=saves, by=who(request), at=at, window=window)
    except FileClosed as refusal:
        return JsonResponse({"closed": str(refusal)}, status=409)
    except Refusal as refusal:
        return JsonResponse({"refused": str(refusal)}, status=403)
    others = {path: _told(row) | {"id": row.pk, "held": row.value} for path, row in saved.others.items()}
    hour = timezone.localtime(at).strftime("%H:%M:%S")
    told = {"at": hour, "revisions": saved.revisions, "notes": saved.notes, "refusals": saved.refused}
    return JsonResponse({**told, "others": others})


def _told(row: ReportEntry) -> dict[str, Any]:
    hour = timezone.localtime(row.saved_at).strftime("%H:%M")
    return {"revision": row.revision, "who": person_named(row.saved_by), "hour": hour}


@require_POST
@for_script
def choose(request: HttpRequest, grant: str, kind: str) -> JsonResponse:
    """Say which of two texts stands."""
    _held, sheet = _sheet(request, grant, kind)
    try:
        row = _choose(request, sheet, request.POST.get("choice", ""), request.POST.get("window", "")[:40])
    except Refusal as refusal:
        return JsonResponse({"refused": str(refusal)}, status=403)
    return JsonResponse({"value": row.value, "revision": row.revision})


def _choose(request: HttpRequest, sheet: ReportSheet, choice: str, window: str) -> ReportEntry:
    number, _colon, side = choice.partition(":")
    row = sheet.entries.filter(pk=int(number) if number.isdecimal() and len(number) < 15 else 0).first()
    if row is None:
        raise Http404
    return actions.choose_entry(
        entry=row, other=side == "other", by=who(request), at=timezone.now(), window=window or "form"
    )


@require_safe
@for_script
def now(request: HttpRequest, grant: str, kind: str) -> JsonResponse:
    """What stands in a report now, for a page that comes back after a cut."""
    _held, sheet = _sheet(request, grant, kind)
    me = who(request).pk
    fields = {
        path: _told(row) | {"value": row.value, "mine": row.saved_by_id == me}
        for path, row in queries.entries_of(sheet).items()
    }
    moment = int(timezone.now().timestamp() * 1000)
    return JsonResponse({"token": fresh_token(request), "state": "draft", "moment": moment, "fields": fields})


@require_POST
@signed_in
def send(request: HttpRequest, grant: str, kind: str) -> HttpResponseBase:
    """Send a report. The moment is the server's. Sent twice, it is received once."""
    at, held = timezone.now(), my_grant(request, grant)
    sheet = queries.open_sheet(held, _kind(kind))
    if sheet is None:
        return redirect("counter:grant", grant)
    done = _saved(request, sheet)  # what the page holds and no pause has saved yet
    if done.status != 200:
        return _page(request, held, sheet, done)
    try:
        actions.send_report(sheet=sheet, by=who(request), at=at, language=(get_language() or "fr")[:2])
    except Refusal as refusal:
        values = {name: row.value for name, row in queries.entries_of(sheet).items()}
        wrong = {one.field: one.sentence for one in queries.Writing(sheet, values).troubles()}
        return _page(request, held, sheet, posted.Outcome(str(refusal), 409, refused=wrong))
    messages.success(request, _received(held, _kind(kind)))
    return redirect("counter:grant", grant)


def _received(held: Grant, kind: ReportKind) -> str:
    """What is told of a report just received: nothing else to do, unless the other one is awaited still."""
    for other in ReportKind:
        if other != kind and any(
            due.grant == held for due in queries.awaited_reports(timezone.localdate(), kind=other)
        ):
            return _("Your report is received. Still awaited: %(other)s.") % {"other": str(other.label).lower()}
    return _("Your report is received. Nothing else to do.")


@require_safe
@signed_in
def receipt(request: HttpRequest, grant: str, kind: str, turn: int) -> HttpResponse:
    """The receipt of a report that was sent: the same bytes whenever it is asked for."""
    held = my_grant(request, grant)
    sheet = held.sheets.filter(kind=_kind(kind), turn=turn, sent_at__isnull=False).first()
    if sheet is None:
        raise Http404
    response = HttpResponse(report_pdf(sheet), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{held.key}-{kind}-{turn}.pdf"'
    return response
