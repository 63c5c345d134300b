"""Words posted at the desk after a session had ended, given back to whoever wrote them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parvis.domain.funding import actions, queries
from parvis.doors.desk import keeping
from parvis.doors.desk.access import for_role, frame_of, who
from parvis.foundation.accounts.models import Role


@require_http_methods(["GET", "POST"])
@for_role(Role.REVIEWER)
def given_back(request: HttpRequest, kept: UUID) -> HttpResponse:
    """Show a kept page to its writer, who puts its words back or leaves them. To anybody else it does not exist."""
    found, frame = queries.kept_page_of(who(request), kept), frame_of(who(request))
    if found is None:
        return render(request, "desk/given_back.html", {"frame": frame}, status=404)
    if request.method == "POST":
        actions.drop_page(page=kept, by=who(request))
        messages.success(request, _("These words are forgotten."))
        return redirect("desk:today")
    context = {"page": found, "told": keeping.told_of(found), "kept_field": keeping.KEPT, "frame": frame}
    return render(request, "desk/given_back.html", context)
