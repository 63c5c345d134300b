"""The selection board: a what-if over ranked files, what is put before the council, and its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.domain.funding import actions, queries
from parvis.domain.funding.actions import Otherwise
from parvis.domain.funding.enums import Answered, Carried, LeftOut
from parvis.domain.funding.errors.choosing import AnswerUnsaid, ConcernsYou
from parvis.domain.funding.models import Application, Call, Review, Scenario, Selection
from parvis.domain.funding.queries import Terms
from parvis.domain.funding.queries.selecting import Outcome
from parvis.doors.desk import council_papers
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.closing import ties_first
from parvis.doors.desk.naming import title_of
from parvis.doors.desk.views.reviewing import call_named
from parvis.doors.desk.winners import won
from parvis.doors.desk.words import tongue, vocabulary
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.accounts.rules import at_least
from parvis.foundation.values.refusal import Refusal
from parvis.foundation.values.typed import Unread, amount_typed
from parvis.foundation.values.words import in_language
from parvis.register.models import Subject
from parvis.register.reading import said

_LONGEST_NAME = 60
#: What is typed of a line that the council decided otherwise.
_OTHERWISE = ("answer", "voted", "reason")


@require_http_methods(["GET", "POST"])
@for_role(Role.OFFICER)
@ties_first
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
            name = request.POST.get("name", "").strip()[:_LONGEST_NAME]
            refusal = _kept(request, call, name, terms) if name else ""
            if name and not refusal:
                return redirect(f"{request.path}?{urlencode({'scenario': name})}")
    return render(request, "desk/selection.html", _board(request, call, terms, kept, refusal))


def _kept(request: HttpRequest, call: Call, name: str, terms: Terms) -> str:
    """Keep a scenario; why it is not, where it is not."""
    try:
        actions.save_scenario(call=call, name=name, terms=terms, by=who(request), at=timezone.now())
    except Refusal as refused:
        return str(refused)
    return ""


def _board(request: HttpRequest, call: Call, terms: Terms, kept: Scenario | None, refusal: str) -> dict[str, Any]:
    ranked = queries.rank(queries.readings_open_to(call, who(request)))
    places = {one.file: one for one in ranked}
    outcome = queries.outcome_of(call, terms, ranked)
    files = {str(file.pk): file for file in queries.files_received(call, who(request))}
    told = _Said(call)
    wins = queries.wins_of(call, queries.answers_that_carry(call, Carried.DISCIPLINE), files.values())
    rows = [
        {
            "line": line,
            "ranked": places[line.candidate.file],
            "file": files[line.candidate.file],
            "country": told.country(line.candidate.country),
            "theme": told.theme(line.candidate.theme),
            "discipline": told.discipline(line.candidate.discipline),
            "won": won(wins.get(line.candidate.file), call.currency or "EUR"),
        }
        for line in outcome.lines
    ]
    return {
        "call": call,
        "title": title_of(call.subject),
        "currency": call.currency or "EUR",
        "rows": rows,
        "closed_to_me": queries.closed_and_choosable(call, who(request)),
        "outcome": outcome,
        "envelope": outcome.total + outcome.left,
        "there": queries.envelope_for(call, Terms()),
        "shares": [
            (_("By theme"), [(told.theme(one.code), one) for one in queries.shares_by(outcome, "theme")]),
            (_("By country"), [(told.country(one.code), one) for one in queries.shares_by(outcome, "country")]),
            *_by_discipline(outcome, told),
        ],
        "by_discipline": any(line.candidate.discipline for line in outcome.lines),
        "without": _without(call, terms, files, who(request)),
        "severities": _severities(call),
        "terms": terms,
        "kept": kept,
        "scenarios": queries.scenarios_of(call),
        "selections": queries.selections_of(call, who(request)),
        "needs_reason": {LeftOut.COUNTRY, LeftOut.THEME, LeftOut.DISCIPLINE, LeftOut.BY_HAND},
        "divergent": Decimal(20),
        "refusal": refusal,
        "counts": [] if rows else queries.states_counted(call, who(request)),
        "to_sign": 0 if rows else len(_to_sign(call, request)),
    }


def _by_discipline(outcome: Outcome, told: _Said) -> list[tuple[str, list[tuple[str, Any]]]]:
    shares = queries.shares_by(outcome, "discipline")
    if not any(one.code for one in shares):
        return []
    return [(_("By discipline"), [(told.discipline(one.code), one) for one in shares])]


def _to_sign(call: Call, request: HttpRequest) -> list[Review]:
    """Readings that wait for their reviewer, of the files that are open to this person."""
    open_here = set(call.applications.open_to(who(request)).values_list("pk", flat=True))
    return [one for one in queries.readings_to_sign(call) if one.application_id in open_here]


class _Said:
    """Themes, countries and disciplines of files in the reader's words."""

    def __init__(self, call: Call) -> None:
        question = queries.carrying(call, Carried.THEME)
        self.options = dict(question.options) if question else {}
        self.themes = vocabulary().themes

    def theme(self, code: str) -> str:
        if code in self.options:
            return in_language(self.options[code], tongue())[0] or code
        return self.themes.label(code, tongue()) if code in self.themes else code

    @staticmethod
    def discipline(code: str) -> str:
        return vocabulary().disciplines.label(code, tongue()) if code else ""

    @staticmethod
    def country(code: str) -> str:
        return vocabulary().countries.label(code, tongue()) if code else ""


def _without(call: Call, terms: Terms, files: Mapping[str, Application], person: User) -> list[dict[str, Any]]:
    """What the scenario becomes without each reader, by the numbers of the files that this person may see."""
    people = {one.person_id: str(one.person) for one in queries.reviewers_of(call)}

    def numbers(keys: Sequence[str]) -> str:
        return ", ".join(sorted(str(files[key].number) for key in keys if key in files))

    return [
        {
            "reader": people.get(one.reviewer, "–"),
            "comes_in": numbers(one.comes_in),
            "falls_out": numbers(one.falls_out),
            "same": one.same,
            "total": one.total,
        }
        for one in queries.scenario_without_each(call, terms, person)
    ]


def _severities(call: Call) -> list[tuple[str, Decimal]]:
    """How far each reader stands from those who read the same files, the most severe first."""
    people = {one.person_id: str(one.person) for one in queries.reviewers_of(call)}
    found = [(people.get(pk, "–"), gap) for pk, gap in queries.severity_of(call).items()]
    return sorted(found, key=lambda pair: (pair[1], pair[0]))


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
        envelope=_amount(post.get("envelope", "")),
        most_a_country=_count(post.get("most_a_country", "")),
        most_a_theme=_count(post.get("most_a_theme", "")),
        most_a_discipline=_count(post.get("most_a_discipline", "")),
        less_a_win=_amount(post.get("less_a_win", "")),
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
        return _not_closed(request, call, scenario)
    return redirect("desk:put_before_council", selection.pk)


def _not_closed(request: HttpRequest, call: Call, scenario: Scenario) -> HttpResponse:
    """The board again, with the reasons as they were typed: there may be two hundred of them."""
    context = _board(request, call, queries.as_terms(scenario.terms), scenario, "")
    waiting = set(request.POST.getlist("wait"))
    for row in context["rows"]:
        file = row["line"].candidate.file
        row["reason"], row["waits"] = request.POST.get(f"why-{file}", ""), file in waiting
    return render(request, "desk/selection.html", context, status=422)


@require_safe
@for_role(Role.OFFICER)
@ties_first
def shown(request: HttpRequest, selection: int) -> HttpResponse:
    """A selection: its lines, its papers, and what the council answered."""
    return _shown(request, _selection(selection))


def _shown(request: HttpRequest, found: Selection, status: int = 200) -> HttpResponse:
    """The page of a selection. What was typed of the council's answer and refused stands in it again."""
    lines, typed = queries.lines_shown(found, who(request)), request.POST
    awarded = [line for line in lines if line.answered == Answered.AWARD]
    decisions = Subject.objects.filter(noun="decision").prefetch_related("texts").order_by("-entered_at")[:200]
    context = {
        "selection": found,
        "call": found.call,
        "title": title_of(found.call.subject),
        "currency": found.call.currency or "EUR",
        "lines": [
            (line, queries.reason_proposed(line), {name: typed.get(f"{name}-{line.pk}", "") for name in _OTHERWISE})
            for line in lines
        ],
        "awarded": len(awarded),
        "total": sum((line.voted for line in awarded), Decimal(0)),
        "otherwise": sum(1 for line in lines if hasattr(line, "otherwise")),
        "answers": Answered.choices,
        "chosen": typed.get("decision", ""),
        "may_answer": not (found.decision or found.withdrawn_at) and at_least(who(request), Role.PUBLISHER),
        "votes": council_papers.votes_said(found.decision),
        "interests": queries.interests_of(found.call, who(request)),
        "looks": queries.looks_at(found.call),
        "members": queries.members_concerned(found),
        "changed": [] if found.decision or found.withdrawn_at else queries.lines_changed(found, who(request)),
        "decisions": [(one.key, title_of(one)) for one in decisions],
        "without_contract": []
        if found.decision
        else queries.without_contract(found, timezone.localdate(), who(request)),
        "decided": title_of(found.decision) if found.decision else "",
    }
    return render(request, "desk/put_before_council.html", context, status=status)


@require_POST
@for_role(Role.PUBLISHER)
def answer(request: HttpRequest, selection: int) -> HttpResponse:
    """Carry out the council's decision: grants and refusals, all or nothing."""
    found = _selection(selection)
    decision = Subject.objects.filter(noun="decision", key=request.POST.get("decision", "")).first()
    if decision is None:
        messages.error(request, _("Choose the decision the council took."))
        return _shown(request, found, 422)
    try:
        otherwise = _otherwise_in(request.POST, found)
        grants = actions.record_answer(
            selection=found,
            decision=decision,
            by=who(request),
            at=timezone.now(),
            stood_aside=request.POST.get("stood_aside") == "yes",
            otherwise=otherwise,
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _shown(request, _selection(selection), 422)
    except Unread as unread:
        messages.error(request, said(unread))
        return _shown(request, _selection(selection), 422)
    done = ngettext(
        "%(n)s grant is awarded. Read the letters, then make them.",
        "%(n)s grants are awarded. Read the letters, then make them.",
        len(grants),
    )
    messages.success(request, done % {"n": len(grants)})
    return redirect("desk:put_before_council", selection)


def _otherwise_in(post: QueryDict, found: Selection) -> dict[int, Otherwise]:
    """What was typed of lines the council decided otherwise: an answer, a sum or both. Raises Unread, AnswerUnsaid."""
    told = {}
    for line in found.lines.select_related("application"):
        answer, typed = post.get(f"answer-{line.pk}", ""), post.get(f"voted-{line.pk}", "").strip()
        reason = post.get(f"reason-{line.pk}", "")
        if (reason.strip() and not answer and not typed) or (typed and answer not in ("", Answered.AWARD)):
            raise AnswerUnsaid(file=str(line.application.number))
        if answer in Answered.values or typed:
            given = Answered(answer) if answer in Answered.values else Answered.AWARD
            amount = amount_typed(typed, found.call.currency or "EUR") if typed else line.amount
            told[line.pk] = Otherwise(given, amount, reason)
    return told


@require_POST
@for_role(Role.PUBLISHER)
def withdraw(request: HttpRequest, selection: int) -> HttpResponse:
    """Take a selection back before the council answers: its files are ranked again."""
    found = _selection(selection)
    try:
        actions.withdraw_selection(selection=found, why=request.POST.get("why", ""), by=who(request), at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:put_before_council", selection)
    messages.success(request, _("The selection is withdrawn; what it proposed is ranked again."))
    return redirect("desk:selection", found.call.key)


@require_safe
@for_role(Role.OFFICER)
def paper(request: HttpRequest, selection: int, form: str) -> HttpResponse:
    """The report to the council, as PDF or as a text its office can edit."""
    if form not in council_papers.KINDS:
        raise Http404
    found = _selection(selection)
    if found.call.applications.filter(interests__person=who(request)).exists():
        messages.error(request, str(ConcernsYou()))  # the report is whole or is not taken
        return redirect("desk:put_before_council", selection)
    made, kind = council_papers.report(found, form)
    answer = HttpResponse(made, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="selection-{found.call.key}-{found.pk}.{form}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _selection(pk: int) -> Selection:
    return get_object_or_404(Selection.objects.select_related("call__subject", "decision"), pk=pk)
