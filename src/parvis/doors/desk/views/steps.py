"""The next step in a record's life: only what its room allows, taken by its room's own verb."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.closing import closed_where_tied
from parvis.doors.desk.life import PATHS, life_of, take_step
from parvis.doors.desk.naming import title_of
from parvis.doors.desk.saving import seen
from parvis.doors.desk.views.forms import StepForm
from parvis.doors.desk.views.records import noun_of, record_of
from parvis.foundation.accounts.models import Role
from parvis.foundation.accounts.rules import NotAllowed, allow
from parvis.foundation.values.refusal import Refusal
from parvis.register.actions.revising import revise_record
from parvis.register.errors import InvalidContent, ReasonMissing
from parvis.register.models import Conflict


@require_http_methods(["GET", "POST"])
@for_role(Role.OFFICER)
@closed_where_tied
def step(request: HttpRequest, plural: str, key: str, state: str) -> HttpResponse:
    """Take a record to its next state, saying what that state asks for."""
    found = record_of(noun_of(plural), key)
    life = life_of(found)
    then = next((known for known in life.ahead if known == state), None) if life else None
    if life is None or then is None:
        raise Http404
    path = PATHS[found.noun]
    try:
        allow(request.user, path.role(then))
    except NotAllowed as refusal:
        return render(request, "desk/refused.html", {"refusal": refusal}, status=403)
    form = StepForm(path.asks(then), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _taken(request, form, found, state):
        messages.success(request, _("Recorded: “%(state)s”.") % {"state": then.label}, extra_tags="saved")
        return redirect("desk:record", plural=plural, key=key)
    context = {
        "plural": plural,
        "noun": found.noun,
        "subject": found.subject,
        "title": title_of(found.subject),
        "now": life.now,
        "then": then,
        "form": form,
    }
    return render(request, "desk/step.html", context, status=422 if form.errors else 200)


def _taken(request: HttpRequest, form: StepForm, found: Any, state: str) -> bool:
    try:
        take_step(
            found, state, form.said(), seen_revision=seen(request), by=who(request), at=timezone.now()
        )  # fmt: skip
    except InvalidContent as refusal:
        form.add_problems(refusal)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    else:
        return True
    return False


@require_POST
@for_role(Role.OFFICER)
def choose_side(request: HttpRequest, key: str) -> HttpResponse:
    """Choose which side of a contradiction is shown first, with the reason; both stay in view."""
    found = record_of("conflict", key)
    side = request.POST.get("side", "")
    reason = {code: request.POST.get(f"reason_{code}", "").strip() for code in ("fr", "en")}
    given = {code: text for code, text in reason.items() if text}
    sides = found.sides.count() if isinstance(found, Conflict) else 0

    def choose(content: dict[str, Any]) -> None:
        if side == "none":
            content.pop("preferred", None)
            content.pop("reason", None)
        else:
            content |= {"preferred": int(side), "reason": given}

    if side != "none" and not (side.isdecimal() and len(side) < 4 and 1 <= int(side) <= sides):
        messages.error(request, _("Choose one of the sides."))
    elif side != "none" and not given:
        messages.error(request, str(ReasonMissing()))
    else:
        try:
            revise_record(
                found,
                change=choose,
                verb="side chosen",
                by=who(request),
                at=timezone.now(),
                seen_revision=seen(request),
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The choice is recorded, with its reason."))
    return redirect("desk:record", plural="conflicts", key=key)
