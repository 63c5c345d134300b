"""A form that is not open yet, as the people who will fill it see it: by the same page, with nothing saved."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from parvis.domain.funding import actions, queries
from parvis.domain.funding.enums import ReportKind
from parvis.domain.funding.models import Answer
from parvis.domain.funding.queries.budgets import balance_of
from parvis.domain.funding.queries.forms import Form, form_of
from parvis.domain.funding.queries.reporting import house_form
from parvis.doors.counter.access import signed_in, who
from parvis.doors.counter.cells import Sheet
from parvis.doors.counter.words import countries
from parvis.foundation.accounts.models import Role
from parvis.foundation.accounts.rules import at_least
from parvis.foundation.values.refusal import Refusal


@require_safe
@signed_in
def preview(request: HttpRequest, key: str, page: str) -> HttpResponse:
    """A page of a call's form, or of a report, as it stands now. What is typed opens what waits for it, and is lost."""
    if not at_least(request.user, Role.READER):
        raise Http404
    form = _form(key, page)
    asked = request.GET.get("page", "")
    here = next((one for one in form.sections if one.code == asked), form.sections[0])
    typed = {
        name: Answer(
            field=name,
            value=request.GET.getlist(name) if len(request.GET.getlist(name)) > 1 else value,
            saved_by=who(request),
            saved_at=timezone.now(),
        )
        for name, value in request.GET.items()
        if value and name[:2] not in ("r:", "s:", "v:") and name not in ("page", "-window")
    }
    sheet = Sheet(form, typed, [])
    balance = balance_of(sheet.values, "budget", sheet.currency)
    context = {
        "key": key, "page": page, "form": form, "section": here, "sections": form.sections,
        "blocks": sheet.blocks(here.code), "currency": sheet.currency, "balance": balance, "gap": balance.sentence(),
        "countries": countries(), "writable": True, "documents": form.documents,
        "may_edit": at_least(request.user, Role.OFFICER),
    }  # fmt: skip
    return render(request, "counter/preview.html", context)


def _form(key: str, page: str) -> Form:
    call = get_object_or_404(queries.all_calls(), subject__key=key)
    try:
        definition = actions.definition_of(call)
    except Refusal:
        raise Http404 from None
    if page in ReportKind.values:
        told = definition.get("reports", {}).get(page) or house_form(ReportKind(page))
        definition = {**told, "terms": definition["terms"]}
    elif page != "form":
        raise Http404
    form = form_of(definition)
    if not form.sections:
        raise Http404
    return form
