"""A person’s name in a text about to be published, or of an earlier release: let stand, or hidden in every release."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from parvis.domain.directory.actions import let_names_stand
from parvis.domain.directory.rules import may_let_names_stand
from parvis.doors.desk import making_again
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.guarding import told_of
from parvis.doors.desk.views.releases import compared, progress
from parvis.foundation.accounts.rules import role_for
from parvis.foundation.values.refusal import Refusal
from parvis.publication.bake import actions, preparing
from parvis.publication.bake.persons import Named
from parvis.publication.releases.errors import NoSuchRelease

_LONGEST_NAME = 120


@require_POST
@for_role(role_for(may_let_names_stand))
def let_stand(request: HttpRequest) -> HttpResponse:
    """Let the names that are ticked stand where they are, for the reason typed."""
    kept = preparing.seen(preparing.mark())
    wrong = _let(request, kept[0].named if kept else ())
    return compared(request, *kept, refused=wrong) if kept and wrong else redirect("desk:preview")


@require_http_methods(["GET", "POST"])
@for_role(role_for(may_let_names_stand))
def names_before(request: HttpRequest, number: int) -> HttpResponse:
    """Persons known today, or typed, whom an earlier release names: let stand, or hidden in every release.

    Releases are made again by the task worker; until they are, the page says how far it is and asks again by itself.
    """
    if request.method == "GET":
        if work := making_again.under_way():
            return progress(request, work)
        if making_again.asked_whether_it_still_is(request):
            return HttpResponse(status=204)
        making_again.tell_what_came_of_it(request)
    asked = request.POST.get("do", "let") if request.method == "POST" else ""
    also = " ".join(request.POST.get("also", "").split())[:_LONGEST_NAME]  # never in an address, which is kept in logs
    try:
        named = actions.named_in(number, also=also)
    except NoSuchRelease as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:releases")
    wrong = _hidden(request, named, also) if asked == "hide" else _let(request, named) if asked == "let" else None
    if asked == "again":
        making_again.ask(request)
    if asked in {"hide", "let", "again"} and not wrong:
        return redirect("desk:names_before", number=number)
    context = {
        "release": number,
        "seen": {"named": named},
        "named": told_of(named),
        "refused_names": wrong,
        "also": also,
        "in_force": actions.archive().in_force,
        "held_back": actions.releases_to_make_again(),
    }
    return render(request, "desk/named_before.html", context, status=422 if wrong else 200)


def _hidden(request: HttpRequest, shown: Sequence[Named], also: str) -> dict[str, Any] | None:
    """Hide the names of the records ticked in every release; or what was ticked and typed, and why not.

    Looked for here and not by the worker: a name that was typed waits in no queue.
    """
    ticked, reason = set(request.POST.getlist("named")), request.POST.get("reason", "")
    keys = {one.key for one in shown if one.digest in ticked}
    try:
        actions.hide_names(keys=keys, reason=reason, also=also, by=who(request), at=timezone.now())
    except Refusal as refusal:
        return {"ticked": ticked, "reason": reason, "why": str(refusal)}
    making_again.ask(request)
    return None


def _let(request: HttpRequest, shown: Sequence[Named]) -> dict[str, Any] | None:
    """Let those ticked stand and say so; or what was ticked and typed, and why it was refused."""
    ticked, reason = set(request.POST.getlist("named")), request.POST.get("reason", "")
    names = [one for one in shown if one.digest in ticked]
    if not names:
        messages.error(request, _("Nothing was let stand: tick each text whose name may stand, and say why."))
        return None
    try:
        let_names_stand(names=[one.to_let_stand for one in names], reason=reason, by=who(request), at=timezone.now())
    except Refusal as refusal:
        return {"ticked": ticked, "reason": reason, "why": str(refusal)}
    said = ngettext("%(n)s name may stand where it is.", "%(n)s names may stand where they are.", len(names))
    messages.success(request, said % {"n": len(names)})
    return None
