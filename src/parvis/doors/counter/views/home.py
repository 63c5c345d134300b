"""The first page: what to do now, the files, the bodies."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from parvis.domain.funding import actions, queries
from parvis.domain.funding.enums import GrantState, ReportKind
from parvis.domain.funding.models import Grant
from parvis.doors.counter.access import signed_in, who
from parvis.doors.counter.naming import title_said


@require_safe
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    person, now = who(request), timezone.now()
    actions.join_body(person=person, at=now)
    files, given = list(queries.files_of(person)), list(queries.grants_given_to(person))
    asked, owed = queries.asked_to_complete(files), _owed(given, timezone.localdate())
    to_sign = queries.awaiting_signature(given)
    context = {
        "kept": queries.kept_pages_of(person),
        "members": queries.bodies_of(person),
        "files": [(file, asked.get(file.pk)) for file in files],
        "grants": [(each, title_said(each.subject), owed.get(each.pk, []), each.pk in to_sign) for each in given],
        "crises": [(each, title_said(each.subject)) for each in queries.open_crises(timezone.localdate())],
        "emergencies": [
            (each, title_said(each.crisis.subject), queries.clock_of(each, now))
            for each in queries.emergencies_of(person)
        ],
        "currency": queries.city_currency(),
        "calls": list(queries.calls_to_fill(now).prefetch_related("subject__texts")),
        "now": now,
    }
    return render(request, "counter/home.html", context)


def _owed(given: list[Grant], on: date) -> dict[int, list[queries.Due]]:
    """The reports each grant still waits for, the earliest due first."""
    if not any(each.state == GrantState.AWARDED for each in given):
        return {}
    found: dict[int, list[queries.Due]] = {}
    for kind in ReportKind:
        for due in queries.awaited_reports(on, kind=kind, among=given):
            found.setdefault(due.grant.pk, []).append(due)
    return found
