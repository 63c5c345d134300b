"""The office's side of reviewing a call: who reads, what is shared out, how far it is, what concerned whom."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from parvis.domain.funding import actions, queries
from parvis.domain.funding.enums import ReviewState
from parvis.domain.funding.models import Call, Review
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.closing import ties_first
from parvis.doors.desk.naming import title_of
from parvis.doors.desk.views.calls import file_open_to
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.values.refusal import Refusal


def call_named(key: str) -> Call:
    return get_object_or_404(queries.all_calls(), subject__key=key)


@require_safe
@for_role(Role.OFFICER)
@ties_first
def reviewing(request: HttpRequest, key: str) -> HttpResponse:
    """Reviewers of a call, the readings of each, what is signed, and the interests that the minutes tell."""
    call = call_named(key)
    asked = queries.reviewers_of(call)
    readings = Review.objects.filter(application__in=call.applications.open_to(who(request)))
    load = Counter((row.reviewer_id, row.state) for row in readings)
    severity = queries.severity_of(call)
    context: dict[str, Any] = {
        "call": call,
        "title": title_of(call.subject),
        "rows": [
            {
                "reviewer": one,
                "to_read": load[one.person_id, ReviewState.GIVEN] + load[one.person_id, ReviewState.BEGUN],
                "signed": load[one.person_id, ReviewState.SIGNED],
                "set_aside": load[one.person_id, ReviewState.SET_ASIDE],
                "severity": severity.get(one.person_id),
            }
            for one in asked
        ],
        "people": User.objects.filter(is_active=True, role__in=[Role.REVIEWER, Role.READER, Role.OFFICER])
        .exclude(pk__in=[one.person_id for one in asked])
        .order_by("email"),
        "states": queries.states_counted(call, who(request)),
        "interests": queries.interests_of(call, who(request)),
        "looks": queries.looks_at(call),
    }
    return render(request, "desk/reviewing.html", context)


@require_POST
@for_role(Role.OFFICER)
def ask(request: HttpRequest, key: str) -> HttpResponse:
    """Ask a person to read files of a call."""
    call = call_named(key)
    person = get_object_or_404(User.objects.filter(is_active=True), pk=_number(request.POST.get("person", "")))
    try:
        actions.ask_reviewer(call=call, person=person, by=who(request), at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:reviewing", key)


@require_POST
@for_role(Role.OFFICER)
def share(request: HttpRequest, key: str) -> HttpResponse:
    """Share out the eligible files among the reviewers, and say what lacks readers."""
    try:
        shares = actions.share_files(call=call_named(key), by=who(request), at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:reviewing", key)
    given = len(shares.pairs)
    messages.success(request, ngettext("%(n)d reading given.", "%(n)d readings given.", given) % {"n": given})
    if shares.short:
        lacking = len(shares.short)
        said = ngettext(
            "%(n)d file lacks reviewers: it concerns too many of them, or they are too few.",
            "%(n)d files lack reviewers: they concern too many of them, or these are too few.",
            lacking,
        )
        messages.error(request, said % {"n": lacking})
    return redirect("desk:reviewing", key)


@require_POST
@for_role(Role.OFFICER)
def conflict(request: HttpRequest, file: UUID) -> HttpResponse:
    """Somebody of the office says that a file concerns them: it is closed to them for good."""
    found = file_open_to(request, file)
    try:
        actions.declare_interest(
            application=found, words=request.POST.get("words", ""), by=who(request), at=timezone.now()
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:file", file)
    messages.success(request, _("%(code)s is closed to you from now on.") % {"code": found.number})
    return redirect("desk:call", found.call.key)


@require_POST
@for_role(Role.OFFICER)
def rank(request: HttpRequest, key: str) -> HttpResponse:
    """Put in the ranking the files whose reviews are all signed."""
    ranked = actions.rank_files(call=call_named(key), by=who(request), at=timezone.now())
    messages.success(request, ngettext("%(n)d file ranked.", "%(n)d files ranked.", ranked) % {"n": ranked})
    return redirect("desk:selection", key)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
