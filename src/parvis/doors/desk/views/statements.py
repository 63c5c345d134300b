"""What sources say about a record: record it, retract it, choose which is shown first, doubt it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from parvis.domain.funding.errors.choosing import GrantConcernsYou
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.closing import closed_to_me, closed_where_tied
from parvis.doors.desk.naming import title_of
from parvis.doors.desk.views.forms import StatementForm
from parvis.doors.desk.views.records import noun_of, record_of
from parvis.doors.desk.views.releases import refused
from parvis.doors.desk.words import PLURALS, tongue
from parvis.foundation.accounts.models import Role
from parvis.foundation.values.refusal import Refusal
from parvis.register.actions import doubt_statement, prefer_statement, record_statement, retract_statement
from parvis.register.errors import InvalidContent
from parvis.register.models import Statement


@require_http_methods(["GET", "POST"])
@for_role(Role.OFFICER)
@closed_where_tied
def record(request: HttpRequest, plural: str, key: str) -> HttpResponse:
    """Record what a source says about a record."""
    noun = noun_of(plural)
    found = record_of(noun, key)
    form = StatementForm(noun, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_statement(about=found.subject, content=form.content(), by=who(request), at=timezone.now())
        except InvalidContent as refusal:
            form.add_problems(refusal)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The statement is recorded."), extra_tags="saved")
            return redirect(f"{_address(plural, key)}#statements")
    context = {
        "noun": noun,
        "plural": plural,
        "subject": found.subject,
        "title": title_of(found.subject),
        "form": form,
    }
    return render(request, "desk/statement.html", context, status=422 if form.errors else 200)


@require_POST
@for_role(Role.OFFICER)
def retract(request: HttpRequest, statement: int) -> HttpResponse:
    """Stop holding a statement."""
    reason = request.POST.get("reason", "")
    return _decide(
        request,
        statement,
        lambda said: retract_statement(statement=said, reason=reason, **_by(request)),
        _("Retracted: it is no longer held, and stays in the history."),
    )


@require_POST
@for_role(Role.OFFICER)
def prefer(request: HttpRequest, statement: int) -> HttpResponse:
    """Show this statement first."""
    return _decide(
        request,
        statement,
        lambda said: prefer_statement(statement=said, reason=_reason(request), **_by(request)),
        _("This value is shown first now."),
    )


@require_POST
@for_role(Role.OFFICER)
def doubt(request: HttpRequest, statement: int) -> HttpResponse:
    """Mark a statement as doubtful."""
    return _decide(
        request,
        statement,
        lambda said: doubt_statement(statement=said, reason=_reason(request), **_by(request)),
        _("Marked as doubtful: it stays in view and leaves the totals."),
    )


def _decide(request: HttpRequest, pk: int, do: Callable[[Statement], object], done: str) -> HttpResponse:
    said = get_object_or_404(Statement.objects.select_related("subject"), pk=pk)
    if closed_to_me(request, [said.subject_id]):
        return render(request, "desk/refused.html", {"refusal": GrantConcernsYou()}, status=403)
    try:
        do(said)
    except Refusal as refusal:
        refused(request, refusal)
    else:
        messages.success(request, done)
    return redirect(f"{_address(PLURALS[said.subject.noun], said.subject.key)}#statements")


def _address(plural: str, key: str) -> str:
    return reverse("desk:record", kwargs={"plural": plural, "key": key})


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"by": who(request), "at": timezone.now()}


def _reason(request: HttpRequest) -> dict[str, str]:
    return {tongue(): request.POST.get("reason", "")}
