"""A workflow drawn, judged, and tried on a real file or on one an officer invents: its guards run, no file moves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parvis.domain.funding.models import Application, Call, Workflow
from parvis.domain.funding.queries.trying import Invented, Ran, Real, calls_of, tried
from parvis.domain.funding.queries.workflows import Step, Trial, simulate, steps_of, workflow_problems
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.closing import ties_first
from parvis.doors.desk.naming import title_of
from parvis.doors.desk.saving import may_undo
from parvis.doors.desk.walking import drawn, guard_said, state_said, step_told
from parvis.foundation.accounts.models import Role
from parvis.foundation.accounts.rules import at_least
from parvis.foundation.values.typed import Unread, amount_typed, moment_typed
from parvis.register.content import content_of
from parvis.register.reading import said

_MOST = 60
#: What an officer says of a file they invent, by yes or no.
TICKS = ("complete", "balanced", "documents", "eligible", "signatory", "reason", "conflict")


@require_GET
@for_role(Role.READER)
@ties_first
def workflow(request: HttpRequest, key: str) -> HttpResponse:
    """A workflow, and where a file would stand in it, step by step, with why each step is or is not open."""
    found = get_object_or_404(Workflow.objects.select_related("subject"), subject__key=key)
    steps = steps_of({"workflow": content_of(found)})
    codes = request.GET.getlist("step")[:_MOST]
    calls = calls_of(found)
    case, wrong = _case(request, calls)
    if case is None:
        trial: Trial = simulate(steps, codes)
        ran: Sequence[Ran] = ()
    else:
        done = tried(steps, codes, case)
        trial, ran = done.trial, done.ran
    context = {
        "subject": found.subject,
        "title": title_of(found.subject),
        "svg": drawn(steps, trial, {(one.step.comes_from, one.step.goes_to) for one in ran if not one.is_open}),
        "wrong": workflow_problems(steps),
        "groups": _by_state(_rows(steps, ran)),
        "may_undo": may_undo(found.subject, who(request), timezone.now()),
        "opened": Call.objects.filter(pk__in=[call.pk for call in calls], forms__isnull=False).exists(),
        "taken": [step_told(step) for step in trial.taken],
        "open": [_ahead(step, trial, ran) for step in trial.open],
        "now": state_said(trial.state),
        "calls": [(one.key, title_of(one.subject)) for one in calls],
        "typed": _typed(request, case),
        "refusal": wrong,
        "may_look": at_least(request.user, Role.OFFICER),
        "kept": [(name, value) for name, value in request.GET.items() if name not in ("step", "go")],
    }
    return render(request, "desk/workflow.html", context)


def _rows(steps: Sequence[Step], ran: Sequence[Ran]) -> list[dict[str, Any]]:
    """Every step with its guards; where a file is tried, what each says of it."""
    by_step = {(one.step.comes_from, one.step.code): one for one in ran}
    return [step_told(step) | _result(by_step.get((step.comes_from, step.code))) for step in steps]


def _by_state(rows: Sequence[dict[str, Any]]) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """The steps under the state they begin from: its code, what it is called, and its steps, first and last marked."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row["code_from"], []).append(row)
    for group in groups.values():
        group[0] |= {"first": True}
        group[-1] |= {"last": True}
    return [(code, state_said(code), group) for code, group in groups.items()]


def _result(ran: Ran | None) -> dict[str, Any]:
    if ran is None:
        return {"tried": False}
    return {
        "tried": True,
        "is_open": ran.is_open,
        "results": [(guard_said(name, ran.step), why) for name, why in ran.guards],
    }


def _ahead(step: Step, trial: Trial, ran: Sequence[Ran]) -> dict[str, Any]:
    trail = [*(one.code for one in trial.taken), step.code]
    return step_told(step) | {"trail": trail} | _result(next((one for one in ran if one.step == step), None))


def _case(request: HttpRequest, calls: Sequence[Call]) -> tuple[Invented | Real | None, str]:
    """The file a workflow is tried on, as the address says it; and why there is none, where one was asked for."""
    kind = request.GET.get("case", "")
    if kind not in ("real", "invented"):
        return None, ""
    try:
        at = _moment(request.GET.get("at", ""))
        if kind == "real":
            return _real(request, at)
        return _invented(request, calls, at), ""
    except Unread as unread:
        return None, said(unread)


def _real(request: HttpRequest, at: datetime) -> tuple[Real | None, str]:
    """A file the office has. One that is closed to this person, or that a reader may not open, does not exist."""
    number = request.GET.get("file", "").strip()
    files = Application.objects.received().open_to(who(request)) if at_least(request.user, Role.OFFICER) else None
    file = files.filter(number__iexact=number).first() if files is not None and number else None
    if file is None:
        return None, _("No file of this number is open to you.")
    return Real(file, who(request), at, request.GET.get("why", "")[:400]), ""


def _invented(request: HttpRequest, calls: Sequence[Call], at: datetime) -> Invented:
    amount, reviews = request.GET.get("amount", "").strip(), request.GET.get("reviews", "").strip()
    asked: Decimal | None = amount_typed(amount) if amount else None
    return Invented(
        at,
        call=next((one for one in calls if one.key == request.GET.get("call", "")), None),
        reviews=int(reviews) if reviews.isdecimal() and len(reviews) < 4 else 0,
        asked=asked,
        **{name: name in request.GET for name in TICKS},
    )


def _moment(text: str) -> datetime:
    typed = text.strip().replace("T", " ")
    return moment_typed(typed, timezone.get_default_timezone_name()) if typed else timezone.now()


def _typed(request: HttpRequest, case: Invented | Real | None) -> dict[str, Any]:
    """What the form shows again."""
    named = ("case", "file", "at", "why", "call", "amount", "reviews")
    fresh = request.GET.get("case") != "invented"
    ticks = [
        (name, words, name in request.GET or (fresh and name != "conflict"))
        for name, words in (
            ("complete", _("Every required answer is given")),
            ("balanced", _("The budget balances")),
            ("documents", _("Every required document is given and valid")),
            ("eligible", _("Every rule of eligibility is met")),
            ("signatory", _("The person may sign for the body")),
            ("reason", _("A reason is given")),
            ("conflict", _("A conflict of interest is open")),
        )
    ]
    at = case.at if case is not None else timezone.now()
    moment = f"{timezone.localtime(at):%Y-%m-%dT%H:%M}"
    return {name: request.GET.get(name, "") for name in named} | {"ticks": ticks, "moment": moment}
