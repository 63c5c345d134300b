"""The letters of a selection: which text each takes, how it reads for any file, then made, posted and let go."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from parvis.domain.funding import actions, queries
from parvis.domain.funding.enums import LETTERS, EmailState
from parvis.domain.funding.models import Selection, SelectionLine
from parvis.doors.desk import tasks
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.closing import ties_first
from parvis.doors.desk.letters import Letters, letters_pdf
from parvis.doors.desk.naming import title_of
from parvis.foundation.accounts.models import Role
from parvis.foundation.values.refusal import Refusal

_A_PAGE = 100


def selection_of(pk: int) -> Selection:
    ties = ("call__subject", "call__programme", "decision")
    return get_object_or_404(Selection.objects.select_related(*ties), pk=pk)


def _lines(found: Selection, request: HttpRequest) -> Any:
    rows = found.lines.written_to().exclude(application__interests__person=who(request))
    ties = ("otherwise", "application__body__record", "application__call__subject", "letter__wording")
    return rows.select_related(*ties).prefetch_related("letter__emails__to").order_by("rank", "application__number")


@require_safe
@for_role(Role.OFFICER)
@ties_first
def listing(request: HttpRequest, selection: int) -> HttpResponse:
    """Every file of a selection with its letter, made or to come."""
    found = selection_of(selection)
    rows = _lines(found, request)
    kinds = Counter(queries.letter_of(line) for line in rows)
    letters = Letters(found)
    made = queries.letters_of(found, who(request)).count()
    context = {
        "selection": found,
        "title": title_of(found.call.subject),
        "currency": found.call.currency or "EUR",
        "cautions": letters.cautions(rows.filter(letter__isnull=True)),
        "texts": [(paper, kinds[paper], letters.texts[paper]) for paper in LETTERS],
        "page": Paginator(rows, _A_PAGE).get_page(request.GET.get("page")),
        "made": made,
        "left": rows.count() - made,
        "at_work": "work" in request.GET,
        "progress": {"done": made},
        "waiting": EmailState.HELD,
        "held": _emails(found, request, EmailState.HELD),
        "leaving": _emails(found, request, EmailState.WAITING),
    }
    return render(request, "desk/letters.html", context)


def _emails(found: Selection, request: HttpRequest, state: EmailState) -> int:
    rows = queries.outbox(who(request)).filter(letter__line__selection=found, state=state)
    return int(rows.count())


@require_safe
@for_role(Role.OFFICER)
@ties_first
def preview(request: HttpRequest, selection: int, line: int) -> HttpResponse:
    """One letter as its body will read it, before it is made; or as it was made."""
    found, row = selection_of(selection), _line(request, selection, line)
    made = getattr(row, "letter", None)
    context: dict[str, Any] = {"selection": found, "row": row, "made": made, "title": title_of(found.call.subject)}
    try:
        letter = made or next(Letters(found).written([row]))
    except Refusal as refusal:
        context["refusal"] = str(refusal)
    else:
        emails = list(made.emails.all()) if made else []
        gone = any(one.state == EmailState.SENT for one in emails)
        waits = (one for one in emails if one.state in (EmailState.WAITING, EmailState.HELD))
        context |= {
            "cautions": [] if made else Letters(found).cautions([row]),
            "letter": letter,
            "paper": dict(_PAPERS)[letter.paper],
            "mendable": None if gone else next(waits, None),
        }
    return render(request, "desk/letter.html", context)


_PAPERS = [(paper.value, paper.label) for paper in LETTERS]


def _line(request: HttpRequest, selection: int, line: int) -> SelectionLine:
    return get_object_or_404(_lines(selection_of(selection), request), pk=line)


@require_safe
@for_role(Role.OFFICER)
@ties_first
def paper(request: HttpRequest, selection: int) -> HttpResponse:
    """The letters made as one paper to print; or, with ``ligne``, how one of them will look."""
    found = selection_of(selection)
    asked = request.GET.get("ligne", "")
    try:
        letters: list[Any]
        if asked.isdecimal() and len(asked) < 10:
            row = _line(request, selection, int(asked))
            letters = [getattr(row, "letter", None) or next(Letters(found).written([row]))]
        else:
            letters = list(queries.letters_of(found, who(request)))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:letters", selection)
    if not letters:
        raise Http404
    answer = HttpResponse(letters_pdf(letters), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="letters-{found.call.key}-{found.pk}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@for_role(Role.OFFICER)
def make(request: HttpRequest, selection: int) -> HttpResponse:
    """Make every letter that is not made yet; the worker does it, and the page follows."""
    found = selection_of(selection)
    try:
        if found.decision_id is None:
            actions.keep_letters(selection=found, letters=(), by=who(request), at=timezone.now())
        for _one in Letters(found).written(queries.lines_to_write(found, who(request))):
            pass  # what cannot be written is told now, before any is made
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:letters", selection)
    tasks.make_letters.enqueue(found.pk, who(request).pk)
    return redirect(reverse("desk:letters", args=[selection]) + "?work=1")


@require_safe
@for_role(Role.OFFICER)
@ties_first
def progress(request: HttpRequest, selection: int) -> JsonResponse:
    """How many letters are made, for the page that waits."""
    found = selection_of(selection)
    left = queries.lines_to_write(found, who(request)).count()
    made = queries.letters_of(found, who(request)).count()
    return JsonResponse({"over": not left, "done": made, "what": _("letters made")})


@require_POST
@for_role(Role.OFFICER)
def decide(request: HttpRequest, selection: int) -> HttpResponse:
    """Let every letter that waits go, or hold them all back."""
    found, state = selection_of(selection), request.POST.get("state", "")
    if state in (EmailState.WAITING, EmailState.HELD):
        changed = actions.decide_letters(selection=found, state=EmailState(state), by=who(request), at=timezone.now())
        told = _("%(n)s emails leave now.") if state == EmailState.WAITING else _("%(n)s emails are held back.")
        messages.success(request, told % {"n": changed})
    return redirect("desk:letters", selection)
