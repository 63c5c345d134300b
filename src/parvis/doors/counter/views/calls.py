"""Calls at the counter: what each asks, whether one's body may ask, beginning a file, putting a question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from parvis.domain.funding import actions, queries
from parvis.domain.funding.models import ApplicantBody, Call
from parvis.domain.funding.queries.eligibility import Verdict, is_refused, verdicts
from parvis.domain.funding.queries.forms import form_of
from parvis.doors.counter.access import my_body, signed_in, who
from parvis.doors.counter.words import kinds_of_body, tongue
from parvis.doors.ui.calls import shares
from parvis.foundation.values.refusal import Refusal


def _call(key: str) -> Call:
    call = queries.all_calls().filter(subject__key=key, subject__visibility="public").first()
    if call is None:
        raise Http404
    return call


def verdicts_on(call: Call, body: ApplicantBody) -> list[Verdict]:
    """The rules of a call's form, applied to a body."""
    form = queries.latest_form(call)
    terms = form.definition.get("terms", {}) if form else {}
    return verdicts(
        terms,
        kind=body.kind,
        country=body.country,
        founded=body.founded,
        year=timezone.localdate().year,
        kinds=kinds_of_body(),
    )


@require_safe
@signed_in
def call(request: HttpRequest, key: str) -> HttpResponse:
    return _page(request, _call(key))


def _page(request: HttpRequest, found: Call, status: int = 200) -> HttpResponse:
    """The page of a call. Words of a question that was refused stand in it again."""
    now = timezone.now()
    form = queries.latest_form(found)
    bodies = []
    for member in queries.bodies_of(who(request)):
        told = verdicts_on(found, member.body)
        bodies.append({"body": member.body, "verdicts": told, "refused": is_refused(told)})
    is_open = bool(form and found.opens_at and found.closes_at and found.opens_at <= now < found.closes_at)
    context = {
        "call": found,
        "form": form_of(form.definition) if form else None,
        "criteria": _criteria(form.definition if form else {}),
        "lawful": law_if_granted(form.definition if form else {}),
        "texts": queries.texts_of_call(found, "summary", "conditions"),
        "bodies": bodies,
        "open": is_open,
        "now": now,
        "questions": queries.answered_questions(found),
        "files": [file for file in queries.files_of(who(request)) if file.call_id == found.pk],
    }
    return render(request, "counter/call.html", context, status=status)


def law_if_granted(definition: Mapping[str, Any]) -> list[queries.Lawful]:
    """What the law will ask of a body whose request is granted, of those the call is for."""
    kinds = definition.get("terms", {}).get("applicants") or ()
    return queries.asked_if_granted(timezone.localdate(), kinds)


def _criteria(definition: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What files are judged on, each with the share of the mark it counts for, and the length of its bar."""
    rows = definition.get("criteria", [])
    each = zip(rows, shares([row.get("weight") for row in rows]), strict=True)
    return [row | ({"share": share, "bar": round(share * 100)} if share else {}) for row, share in each]


@require_POST
@signed_in
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """Begin a file for one of one's bodies."""
    found = _call(key)
    chosen = request.POST.get("body", "")
    body, _member = my_body(request, int(chosen) if chosen.isdecimal() and len(chosen) < 10 else 0)
    try:
        file = actions.begin_file(
            call=found, body=body, verdicts=verdicts_on(found, body), language=tongue(), by=who(request),
            at=timezone.now(), once=True,
        )  # fmt: skip
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("counter:call", key)
    return redirect("counter:write", file.pk)


@require_POST
@signed_in
def ask(request: HttpRequest, key: str) -> HttpResponse:
    """Put a question on a call."""
    found = _call(key)
    try:
        words = request.POST.get("words", "")
        actions.ask_about_call(call=found, words=words, by=who(request), at=timezone.now(), language=tongue())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _page(request, found, 422)
    messages.success(request, _("Your question is with the office. The answer will be public, without your name."))
    return redirect("counter:call", key)
