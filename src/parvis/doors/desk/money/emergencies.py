"""Emergency aid at the desk: what is asked in each crisis, its clock, and the two answers there are."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from parvis.domain.funding import actions, queries
from parvis.domain.funding.models import EmergencyRequest
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.naming import title_of
from parvis.foundation.accounts.models import Role
from parvis.foundation.values.refusal import Refusal

_SHOWN = 200


@require_safe
@for_role(Role.READER)
def emergencies(request: HttpRequest) -> HttpResponse:
    """Crises that are open with their bounds, and every request with its clock, what waits first."""
    at, on = timezone.now(), timezone.localdate()
    asked = list(queries.emergencies()[:_SHOWN])
    closed = queries.emergencies_of_concern(asked, who(request), on)
    context = {
        "currency": queries.city_currency(),
        "crises": [(each, title_of(each.subject), actions.bounds_of(each, on)) for each in queries.open_crises(on)],
        "rows": [
            (each, title_of(each.crisis.subject), queries.clock_of(each, at)) for each in asked if each.pk not in closed
        ],
        "closed_to_me": len(closed),
    }
    return render(request, "desk/money/emergencies.html", context)


@require_POST
@for_role(Role.OFFICER)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a request up, which makes a grant of it; or refuse it with a reason."""
    row, at = get_object_or_404(EmergencyRequest, pk=pk), timezone.now()
    try:
        if request.POST.get("verdict") == "yes":
            grant = actions.take_up_emergency(request=row, by=who(request), at=at)
            return redirect("desk:money_grant", key=grant.key)
        actions.refuse_emergency(request=row, reason=request.POST.get("reason", ""), by=who(request), at=at)
        messages.success(
            request,
            _("Refused. The body reads the reason at the counter; the email waits in the outbox."),
            extra_tags="saved",
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:emergencies")
