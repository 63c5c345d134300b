"""Papers on their way to reviewers: searched for what tells who asks, let through or kept back by an officer's word."""

from __future__ import annotations

from time import monotonic
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from parvis.domain.funding import actions, queries
from parvis.domain.funding.models import Application, Attachment
from parvis.domain.funding.queries.papers import Naming, namings, papers_to_search
from parvis.domain.funding.queries.verdicts import verdict_on
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.closing import ties_first
from parvis.doors.desk.views.calls import file_open_to
from parvis.doors.desk.words import tongue
from parvis.exchange.formats.texts import Unreadable
from parvis.exchange.inbound.words_of_papers import words_of
from parvis.foundation.accounts.models import Role
from parvis.foundation.values.refusal import Refusal
from parvis.foundation.values.words import in_language

#: How long a search of many papers goes on before it says how far it came.
_SECONDS = 25


def _searched(file: Application, held: Attachment) -> tuple[list[Naming], bool]:
    """What in a paper tells who asks, and whether it could not be read."""
    document = held.document
    place = actions.place_of(settings.VAULT_DIR, document.sha256)
    try:
        return namings(file, document.file_name, words_of(place, document.media_type)), False
    except Unreadable as fault:
        return namings(file, document.file_name, fault.found), True


@require_http_methods(["GET", "POST"])
@for_role(Role.OFFICER)
@ties_first
def names_in_paper(request: HttpRequest, file: UUID, code: str) -> HttpResponse:
    """What was found in one paper, with its places; posted, the officer's word on it."""
    found_file = file_open_to(request, file)
    held = get_object_or_404(found_file.attachments.select_related("document"), code=code)
    asked = next((one for one in queries.form_read(found_file.form_id).documents if one["code"] == code), None)
    if asked is None or not asked.get("nameless"):
        raise Http404
    found, unread = _searched(found_file, held)
    refusal = ""
    if request.method == "POST":
        shown = request.POST.get("shown") == "yes"
        try:
            actions.judge_paper(
                attachment=held, found=found, unread=unread, shown=shown, reason=request.POST.get("reason", ""),
                by=who(request), at=timezone.now(),
            )  # fmt: skip
        except Refusal as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("Reviewers may read it.") if shown else _("Reviewers do not read it."))
            return redirect("desk:file", file)
    context = {
        "file": found_file, "held": held, "label": in_language(asked.get("words") or {}, tongue())[0] or code,
        "found": found, "unread": unread, "verdict": verdict_on(found_file, code, held.document.sha256),
        "refusal": refusal, "reason": request.POST.get("reason", ""),
    }  # fmt: skip
    return render(request, "desk/names_in_paper.html", context, status=409 if refusal else 200)


@require_POST
@for_role(Role.OFFICER)
def search_papers(request: HttpRequest, key: str) -> HttpResponse:
    """Search the papers of a call that nobody judged: those that name nobody are let through, the others wait."""
    call = get_object_or_404(queries.all_calls(), subject__key=key)
    until, clear, waiting = monotonic() + _SECONDS, 0, 0
    open_here = set(call.applications.open_to(who(request)).values_list("pk", flat=True))
    for file, held in papers_to_search(call):
        if file.pk not in open_here:
            continue
        if monotonic() > until:
            messages.info(request, _("Not all could be searched in one go: search again to go on."))
            break
        found, unread = _searched(file, held)
        if found or unread:
            waiting += 1
            continue
        actions.judge_paper(
            attachment=held, found=(), unread=False, shown=True, reason="", by=who(request), at=timezone.now()
        )
        clear += 1
    through = ngettext("%(n)s paper names nobody: reviewers may read it.",
                       "%(n)s papers name nobody: reviewers may read them.", clear) % {"n": clear}  # fmt: skip
    left = ngettext("%(n)s waits for your look, on the page of its file.",
                    "%(n)s wait for your look, on the pages of their files.", waiting) % {"n": waiting}  # fmt: skip
    messages.success(request, f"{through} {left}" if waiting else through)
    return redirect("desk:reviewing", key)
