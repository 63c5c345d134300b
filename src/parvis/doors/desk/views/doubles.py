"""Records that may be one real thing: a person judges, and may change their mind."""

from __future__ import annotations

from itertools import islice

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from parvis.domain.directory.queries import possible_duplicates
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.naming import titles_of
from parvis.doors.desk.views.releases import refused
from parvis.foundation.accounts.models import Role
from parvis.foundation.values.refusal import Refusal
from parvis.register.actions import judge, undo_judgement
from parvis.register.enums import Verdict
from parvis.register.models import Judgement, Subject

_SHOWN = 50


@require_GET
@for_role(Role.READER)
def listing(request: HttpRequest) -> HttpResponse:
    """Pairs that await a judgement, then the judgements that stand."""
    waiting = list(islice(possible_duplicates(), _SHOWN + 1))
    standing = list(
        Judgement.objects.filter(undone_at__isnull=True)
        .select_related("left", "right", "judged_by")
        .order_by("-judged_at")[:_SHOWN]
    )
    pairs = [(pair.left.key, pair.right.key) for pair in waiting]
    pairs += [(judgement.left.key, judgement.right.key) for judgement in standing]
    titles = titles_of(key for pair in pairs for key in pair)
    context = {
        "waiting": waiting[:_SHOWN],
        "more": len(waiting) > _SHOWN,
        "standing": standing,
        "titles": titles,
    }
    return render(request, "desk/doubles.html", context)


@require_POST
@for_role(Role.OFFICER)
def decide(request: HttpRequest) -> HttpResponse:
    """Judge two records the same thing, or two, with the reason."""
    one = get_object_or_404(Subject, key=request.POST.get("one", ""))
    other = get_object_or_404(Subject, key=request.POST.get("other", ""))
    verdict = request.POST.get("verdict", "")
    try:
        if verdict not in Verdict.values:
            messages.error(request, _("Choose: the same, or two different things."))
        else:
            judge(
                one=one,
                other=other,
                verdict=Verdict(verdict),
                reason=request.POST.get("reason", ""),
                by=who(request),
                at=timezone.now(),
            )
            messages.success(request, _("The judgement is recorded. It can be undone below."))
    except Refusal as refusal:
        refused(request, refusal)
    return redirect("desk:doubles")


@require_POST
@for_role(Role.OFFICER)
def undo(request: HttpRequest, judgement: int) -> HttpResponse:
    """Undo a judgement: both records stand again as they were."""
    found = get_object_or_404(Judgement, pk=judgement)
    try:
        undo_judgement(judgement=found, by=who(request), at=timezone.now())
    except Refusal as refusal:
        refused(request, refusal)
    else:
        messages.success(request, _("Undone: both records stand as they were."))
    return redirect("desk:doubles")
