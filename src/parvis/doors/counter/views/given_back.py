"""Words posted after a session had ended, given back to whoever wrote them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parvis.domain.funding import actions, queries
from parvis.doors.counter import keeping
from parvis.doors.counter.access import signed_in, who


@require_http_methods(["GET", "POST"])
@signed_in
def given_back(request: HttpRequest, kept: UUID) -> HttpResponse:
    """Show a kept page to its writer, who puts its words back or leaves them. To anybody else it does not exist."""
    found = queries.kept_page_of(who(request), kept)
    if found is None:
        return render(request, "counter/given_back.html", status=404)
    if request.method == "POST":
        actions.drop_page(page=kept, by=who(request))
        messages.success(request, _("These words are forgotten."))
        return redirect("counter:home")
    context = {"page": found, "told": keeping.told_of(found, who(request)), "kept_field": keeping.KEPT}
    return render(request, "counter/given_back.html", context)
