"""Questions on a call at the desk: answered for all to read, the answer corrected, that undone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from parvis.domain.funding import actions, queries
from parvis.domain.funding.models import CallQuestion
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.answering import RefusedAnswer, said_in
from parvis.doors.desk.guarding import warn_of_names
from parvis.doors.desk.views.calls import board_page
from parvis.foundation.accounts.models import Role
from parvis.foundation.values.refusal import Refusal


def _question(pk: int) -> CallQuestion:
    return get_object_or_404(CallQuestion.objects.select_related("call__subject"), pk=pk)


@require_POST
@for_role(Role.OFFICER)
def answer(request: HttpRequest, question: int) -> HttpResponse:
    """Answer a question on a call for all to read."""
    asked, said = _question(question), said_in(request.POST)
    try:
        actions.answer_about_call(
            question=asked, words=said["question"], answer=said["answer"], by=who(request), at=timezone.now()
        )
    except Refusal as refusal:
        return _refused(request, asked, RefusedAnswer(question, said, str(refusal)))
    warn_of_names(request, "call", said)
    return _done(request, asked, _("Answered. The next release shows it on the page of the call."))


@require_POST
@for_role(Role.OFFICER)
def correct(request: HttpRequest, question: int) -> HttpResponse:
    """Put the answer to a question in other words; what it said before is kept."""
    asked, said = _question(question), said_in(request.POST)
    try:
        seen = parse_datetime(request.POST.get("seen", ""))
    except ValueError:  # the shape of a moment, and no moment
        seen = None
    try:
        actions.correct_call_answer(
            question=asked, words=said["question"], answer=said["answer"], seen=seen, by=who(request),
            at=timezone.now(),
        )  # fmt: skip
    except Refusal as refusal:
        return _refused(request, asked, RefusedAnswer(question, said, str(refusal)))
    warn_of_names(request, "call", said)
    return _done(request, asked, _("Corrected. The next release shows the answer with the day of its correction."))


@require_POST
@for_role(Role.OFFICER)
def undo(request: HttpRequest, question: int) -> HttpResponse:
    """Take back what one just answered or corrected."""
    asked = _question(question)
    try:
        actions.undo_call_answer(question=asked, by=who(request), at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:call", asked.call.key)
    return _done(request, asked, _("Undone: the answer is what it was before, and nobody is written to."))


def _done(request: HttpRequest, asked: CallQuestion, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("desk:call", asked.call.key)


def _refused(request: HttpRequest, asked: CallQuestion, refused: RefusedAnswer) -> HttpResponse:
    call = queries.all_calls().get(pk=asked.call.pk)
    return board_page(request, call, 422, refused)
