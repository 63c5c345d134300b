"""The selection board: a what-if over ranked files, what is put before the council, and its answer."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.domain.funding import actions, queries
from parvis.domain.funding.enums import LeftOut
from parvis.domain.funding.errors import ConcernsYou
from parvis.domain.funding.models import Call, Scenario, Selection
from parvis.domain.funding.queries import Terms
from parvis.doors.desk import council_papers
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.naming import title_of
from parvis.doors.desk.views.reviewing import call_named
from parvis.doors.desk.words import tongue, vocabulary
from parvis.foundation.accounts.models import Role
from parvis.foundation.values.refusal import Refusal
from parvis.foundation.values.typed import Unread, amount_typed
from parvis.register.models import Subject
from parvis.register.reading import said

_LONGEST_NAME = 60


@require_http_methods(["GET", "POST"])
@for_role(Role.OFFICER)
def board(request: HttpRequest, key: str) -> HttpResponse:
    """Ranked files under a scenario. Posted, the scenario is worked out again and, with a name, kept."""
    call, refusal = call_named(key), ""
    kept = call.scenarios.filter(name=request.GET.get("scenario", "")).first()
    terms = queries.as_terms(kept.terms) if kept else Terms()
    if request.method == "POST":
        try:
            terms = terms_in(request.POST)
        except Unread as unread:
            refusal = said(unread)
        else:
            if name := request.POST.get("name", "").strip()[:_LONGEST_NAME]:
                actions.save_scenario(call=call, name=name, terms=terms, by=who(request), at=timezone.now())
                return redirect(f"{request.path}?scenario={name}")
    return render(request, "desk/selection.html", _board(request, call, terms, kept, refusal))


def _board(request: HttpRequest, call: Call, terms: Terms, kept: Scenario | None, refusal: str) -> dict[str, Any]:
    ranked = queries.ranking_of(call)
    places = {one.file: one for one in ranked}
    outcome = queries.outcome_of(call, terms, ranked)
    files = {str(file.pk): file for file in queries.files_received(call, who(request))}
    countries = vocabulary().countries
    rows = [
        {
            "line": line,
            "ranked": places[line.candidate.file],
            "file": (file := files.get(line.candidate.file)),
            "country": countries.label(file.country, tongue()) if file and file.country else "",
        }
        for line in outcome.lines
    ]
    return {
        "call": call,
        "title": title_of(call.subject),
        "currency": call.currency or "EUR",
        "rows": [row for row in rows if row["file"] is not None],
        "closed_to_me": sum(row["file"] is None for row in rows),
        "outcome": outcome,
        "envelope": outcome.total + outcome.left,
        "terms": terms,
        "kept": kept,
        "scenarios": queries.scenarios_of(call),
        "selections": queries.selections_of(call),
        "needs_reason": {LeftOut.COUNTRY, LeftOut.THEME, LeftOut.BY_HAND},
        "divergent": Decimal(20),
        "refusal": refusal,
    }


def terms_in(post: QueryDict) -> Terms:
    """The terms of a scenario, as they are typed. Raises Unread for a number that is none."""
    amounts = {
        name.removeprefix("amount-"): amount
        for name in post
        if name.startswith("amount-") and (amount := _amount(post.get(name, ""))) is not None
    }
    shown, ticked = set(post.getlist("file")), set(post.getlist("chosen"))
    before = set(post.getlist("was"))
    return Terms(
        threshold=_amount(post.get("threshold", "")),
        most_a_country=_count(post.get("most_a_country", "")),
        most_a_theme=_count(post.get("most_a_theme", "")),
        amounts=amounts,
        kept=frozenset((ticked - before) | (set(post.getlist("kept")) & ticked)),
        out=frozenset(((before - ticked) | (set(post.getlist("out")) - ticked)) & shown),
    )


def _amount(text: str) -> Decimal | None:
    return amount_typed(text) if text.strip() else None


def _count(text: str) -> int | None:
    return int(text) if text.strip().isdecimal() and len(text) < 6 else None


@require_POST
@for_role(Role.PUBLISHER)
def close(request: HttpRequest, key: str) -> HttpResponse:
    """Put a kept scenario before the council."""
    call = call_named(key)
    scenario = get_object_or_404(Scenario, call=call, name=request.POST.get("scenario", ""))
    reasons = {name.removeprefix("why-"): request.POST[name] for name in request.POST if name.startswith("why-")}
    try:
        selection = actions.close_selection(
            scenario=scenario,
            reasons=reasons,
            waiting=frozenset(request.POST.getlist("wait")),
            by=who(request),
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{request.path.removesuffix('clore/')}?scenario={scenario.name}")
    return redirect("desk:put_before_council", selection.pk)


@require_safe
@for_role(Role.OFFICER)
def shown(request: HttpRequest, selection: int) -> HttpResponse:
    """A selection: its lines, its papers, and what the council answered."""
    found = _selection(selection)
    decisions = Subject.objects.filter(noun="decision").prefetch_related("texts").order_by("-entered_at")[:200]
    context = {
        "selection": found,
        "call": found.call,
        "title": title_of(found.call.subject),
        "currency": found.call.currency or "EUR",
        "lines": queries.lines_shown(found, who(request)),
        "interests": queries.interests_of(found.call),
        "decisions": [(one.key, title_of(one)) for one in decisions],
        "without_contract": [] if found.decision else queries.without_contract(found, timezone.localdate()),
        "decided": title_of(found.decision) if found.decision else "",
    }
    return render(request, "desk/put_before_council.html", context)


@require_POST
@for_role(Role.PUBLISHER)
def answer(request: HttpRequest, selection: int) -> HttpResponse:
    """Carry out the council's decision: grants and refusals, all or nothing."""
    found = _selection(selection)
    decision = get_object_or_404(Subject, noun="decision", key=request.POST.get("decision", ""))
    try:
        grants = actions.record_answer(selection=found, decision=decision, by=who(request), at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(n)s grants are awarded. Read the letters, then make them.") % {"n": len(grants)})
    return redirect("desk:put_before_council", selection)


@require_safe
@for_role(Role.OFFICER)
def paper(request: HttpRequest, selection: int, form: str) -> HttpResponse:
    """The report to the council, as PDF or as a text its office can edit."""
    if form not in council_papers.KINDS:
        raise Http404
    found = _selection(selection)
    if found.lines.filter(application__interests__person=who(request)).exists():
        messages.error(request, str(ConcernsYou()))  # the report is whole or is not taken
        return redirect("desk:put_before_council", selection)
    made, kind = council_papers.report(found, form)
    answer = HttpResponse(made, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="selection-{found.call.key}-{found.pk}.{form}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _selection(pk: int) -> Selection:
    return get_object_or_404(Selection.objects.select_related("call__subject", "decision"), pk=pk)
