"""What bodies proposed for a grant have shown, noted before the council decides: their contract with the Republic."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parvis.domain.funding import actions, queries
from parvis.domain.funding.actions import Slip
from parvis.domain.funding.errors import NothingWritten
from parvis.domain.funding.models import ApplicantBody, BodyStanding, Selection
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.closing import ties_first
from parvis.doors.desk.money.deeds import Deed, Said, offered
from parvis.doors.desk.naming import title_of
from parvis.foundation.accounts.models import Role

_ASKS = ("contract_signed", "approved", "public_interest", "contract_broken")


@require_http_methods(["GET", "POST"])
@for_role(Role.OFFICER)
@ties_first
def contracts(request: HttpRequest, selection: int) -> HttpResponse:
    """Each body that still lacks its contract, and where to note what it has shown."""
    found = get_object_or_404(Selection.objects.select_related("call__subject", "decision"), pk=selection)
    deeds, done = offered(_deeds(found, request), request)
    if done:
        messages.success(request, _("Done: %(deed)s.") % {"deed": done}, extra_tags="saved")
        return redirect("desk:note_contracts", selection)
    context = {
        "selection": found,
        "title": title_of(found.call.subject),
        "deeds": deeds,
        "open": request.POST.get("do", ""),
    }
    return render(request, "desk/contracts.html", context, status=422 if request.method == "POST" else 200)


def _deeds(selection: Selection, request: HttpRequest) -> list[Deed]:
    """One for each body; none once the council has answered or the selection is withdrawn."""
    if selection.decision_id or selection.withdrawn_at:
        return []
    bodies = queries.bodies_without_contract(selection, timezone.localdate(), who(request))
    known = {each.body_id: each for each in BodyStanding.objects.filter(body__in=[one.record_id for one in bodies])}
    return [_deed(body, known.get(body.record_id or 0)) for body in bodies]


def _deed(body: ApplicantBody, known: BodyStanding | None) -> Deed:
    def note(said: Said, slip: Slip) -> None:
        if not any(said[name] for name in _ASKS):
            raise NothingWritten
        facts = {name: said[name] for name in _ASKS}
        actions.declare_standing(body=body.record, **facts, by=slip.by, at=slip.at)

    first = {name: getattr(known, name) for name in _ASKS} if known else {}
    label = _("Note what %(body)s has shown") % {"body": body.name}
    return Deed(f"shown-{body.pk}", label, _ASKS, note, first=first)
