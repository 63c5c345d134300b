"""The first page: what to do now, the files, the bodies."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from parvis.domain.funding import actions, queries
from parvis.doors.counter.access import signed_in, who
from parvis.doors.counter.naming import title_said


@require_safe
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    person, now = who(request), timezone.now()
    actions.join_body(person=person, at=now)
    files = list(queries.files_of(person))
    context = {
        "kept": queries.kept_pages_of(person),
        "members": queries.bodies_of(person),
        "files": files,
        "grants": [(each, title_said(each.subject)) for each in queries.grants_given_to(person)],
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
