"""Letting a person’s name stand in a text that is about to be published."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from parvis.domain.directory.actions import let_names_stand
from parvis.domain.directory.rules import may_let_names_stand
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.views.releases import compared
from parvis.foundation.accounts.rules import role_for
from parvis.foundation.values.refusal import Refusal
from parvis.publication.bake import preparing


@require_POST
@for_role(role_for(may_let_names_stand))
def let_stand(request: HttpRequest) -> HttpResponse:
    """Let the names that are ticked stand where they are, for the reason typed."""
    kept = preparing.seen(preparing.mark())
    ticked, reason = set(request.POST.getlist("named")), request.POST.get("reason", "")
    names = [one for one in kept[0].named if one.digest in ticked] if kept else []
    if not kept or not names:
        messages.error(request, _("Nothing was let stand: tick each text whose name may stand, and say why."))
        return redirect("desk:preview")
    try:
        let_names_stand(names=[one.to_let_stand for one in names], reason=reason, by=who(request), at=timezone.now())
    except Refusal as refusal:
        return compared(request, *kept, refused={"ticked": ticked, "reason": reason, "why": str(refusal)})
    said = ngettext("%(n)s name may stand where it is.", "%(n)s names may stand where they are.", len(names))
    messages.success(request, said % {"n": len(names)})
    return redirect("desk:preview")
