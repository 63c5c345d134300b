"""A file beyond its writing: its documents, checking and sending it, its receipt, following it, withdrawing it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.domain.funding import actions, queries
from parvis.domain.funding.enums import WRITABLE, Actor, ApplicationState, Side
from parvis.domain.funding.models import Application
from parvis.domain.funding.queries.guards import all_troubles
from parvis.domain.funding.queries.workflows import steps_from
from parvis.doors.counter import uploads
from parvis.doors.counter.access import my_file, signed_in, who
from parvis.doors.counter.cells import id_of
from parvis.doors.counter.pages import file_context, step_list
from parvis.doors.counter.receipts import receipt_pdf
from parvis.doors.counter.views.bodies import valid_until
from parvis.doors.counter.words import budget_lines
from parvis.foundation.values.refusal import Refusal
from parvis.foundation.values.typed import Unread
from parvis.register.reading import said


@require_safe
@signed_in
def follow(request: HttpRequest, file: UUID) -> HttpResponse:
    """Where a file stands, what was said, what may be done."""
    return _follow_page(request, my_file(request, file))


def _follow_page(request: HttpRequest, found: Application, status: int = 200) -> HttpResponse:
    """The page of a file that is followed. Words that were refused stand in it again."""
    written = queries.messages_of(found)
    if any(one.read_at is None and one.side != Side.APPLICANT for one in written):
        actions.read_messages(file=found, side=Side.APPLICANT, at=timezone.now())
    context = file_context(request, found)
    actors = [Actor.APPLICANT] if context["may_write"] else []
    steps = steps_from(queries.steps_read(found.form_id), found.state, actors)
    context |= {
        "taken": queries.steps_taken(found),
        "submissions": queries.sendings(found),
        "messages_written": written,
        "open_steps": [step for step in steps if step.goes_to != ApplicationState.SUBMITTED],
        "applicant": Side.APPLICANT,
        "said": request.POST,
    }
    return render(request, "counter/follow.html", context, status=status)


@require_http_methods(["GET", "POST"])
@signed_in
def documents(request: HttpRequest, file: UUID) -> HttpResponse:
    """The documents of a file: taken from the vault, or sent now and kept there."""
    found = my_file(request, file)
    form, status = queries.form_read(found.form_id), 200
    if request.method == "POST":
        if _documents_posted(request, found, {one["code"] for one in form.documents}):
            return redirect("counter:documents", file)
        status = 422
    given = queries.attached(found)
    answers = queries.answers_of(found)
    context = file_context(request, found) | {
        "steps": step_list(found, form, answers, "documents"),
        "asked": [{"asked": one, "given": given.get(one["code"])} for one in form.documents],
        "vault": queries.vault_of(found.body),
        "today": timezone.localdate(),
        "most": uploads.LARGEST // (1024 * 1024),
    }
    return render(request, "counter/documents.html", context | {"said": request.POST}, status=status)


def _documents_posted(request: HttpRequest, file: Any, codes: set[str]) -> bool:
    """Do what was posted; false where it was refused, so that what was typed stays in the page."""
    code, now = request.POST.get("code", ""), timezone.now()
    if code not in codes:
        return True
    try:
        if "detach" in request.POST:
            actions.detach_document(file=file, code=code, by=who(request))
            return True
        chosen = request.POST.get("chosen", "")
        document = next((one for one in queries.vault_of(file.body) if str(one.pk) == chosen), None)
        if document is None:
            title = request.POST.get("title", "")
            document = uploads.keep(request, file.body, title=title, valid_until=valid_until(request))
        actions.attach_document(file=file, document=document, code=code, by=who(request), at=now)
    except Unread as unread:
        messages.error(request, said(unread))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The document is in the file."))
        return True
    return False


@require_safe
@signed_in
def check(request: HttpRequest, file: UUID) -> HttpResponse:
    """Everything that keeps a file from being sent, each with its way there; and the button that sends it."""
    found = my_file(request, file)
    return _check_page(request, found)


def _check_page(request: HttpRequest, found: Any, refusal: str = "", status: int = 200) -> HttpResponse:
    form, now = queries.form_read(found.form_id), timezone.now()
    answers = queries.answers_of(found)
    wrong = all_troubles(found, now, answers)
    labels = {one.code: one.words for one in form.questions} | {
        one["code"]: one.get("words", {}) for one in form.documents
    }
    lines = {code: label for _side, rows in budget_lines() for code, label in rows}
    context = file_context(request, found) | {
        "steps": step_list(found, form, answers, "check"),
        "wrong": [
            {"trouble": one, "words": labels.get(head, {}), "line": lines.get(line, ""), "id": id_of(one.field)}
            for one in wrong
            for head, _dot, line in [one.field.partition(".")]
        ],
        "others": [
            {"other": one, "words": asked.words, "section": asked.section}
            for one in queries.other_texts(found)
            if (asked := form.question(one.field.partition(".")[0]))
        ],
        "writable": found.state in WRITABLE,
        "refusal": refusal,
    }
    if asked := context["asked_back"]:
        context["untouched"] = not queries.changed_since(found, asked.taken_at)
    return render(request, "counter/check.html", context, status=status)


@require_POST
@signed_in
def send(request: HttpRequest, file: UUID) -> HttpResponse:
    """Send a file. The moment is the server's, read before anything else is done."""
    arrived = timezone.now()
    language = (get_language() or "fr")[:2]
    try:
        actions.send_file(application=file, by=who(request), at=arrived, language=language)
    except Application.DoesNotExist:
        raise Http404 from None
    except Refusal as refusal:
        return _check_page(request, my_file(request, file), str(refusal), 409)
    return redirect("counter:follow", file)


@require_safe
@signed_in
def receipt(request: HttpRequest, file: UUID, turn: int) -> HttpResponse:
    """The receipt of a sending, as PDF: the same bytes whenever it is asked for."""
    found = my_file(request, file)
    given = found.submissions.filter(turn=turn).first()
    if given is None:
        raise Http404
    response = HttpResponse(receipt_pdf(given), content_type="application/pdf")
    name = found.number if turn == 1 else f"{found.number}-{turn}"
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


@require_POST
@signed_in
def step(request: HttpRequest, file: UUID, code: str) -> HttpResponse:
    """Take a step the workflow leaves to the applicant: withdraw, for one."""
    found = my_file(request, file)
    try:
        reason = request.POST.get("reason", "")
        actions.take_step(application=found.pk, code=code, by=who(request), at=timezone.now(), reason=reason)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _follow_page(request, found, 422)
    return redirect("counter:follow", file)


@require_POST
@signed_in
def message(request: HttpRequest, file: UUID) -> HttpResponse:
    """Write to the office about a file."""
    found = my_file(request, file)
    try:
        words = request.POST.get("words", "")
        actions.write_message(file=found, side=Side.APPLICANT, words=words, by=who(request), at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _follow_page(request, found, 422)
    return redirect("counter:follow", file)
