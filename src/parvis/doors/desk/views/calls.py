"""A call at the desk: its form opened, its files followed, the emails about them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.domain.funding import actions, queries
from parvis.domain.funding.enums import REFUSALS, Actor, ApplicationState, EmailState, Side
from parvis.domain.funding.models import (
    Application,
    Call,
    VaultDocument,
)
from parvis.domain.funding.queries.beginning import next_edition
from parvis.domain.funding.queries.workflows import steps_from
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.answering import RefusedAnswer, questions_shown
from parvis.doors.desk.beginning import BeginForm
from parvis.doors.desk.closing import ties_first
from parvis.doors.desk.following import followed
from parvis.doors.desk.mending import before_opening
from parvis.doors.desk.naming import title_of
from parvis.doors.desk.paging import paged, with_asked
from parvis.doors.desk.reading import sections_read
from parvis.doors.desk.views.releases import done
from parvis.doors.desk.walking import state_said, step_told
from parvis.doors.desk.words import tongue, vocabulary
from parvis.foundation.accounts.models import Role
from parvis.foundation.accounts.rules import at_least
from parvis.foundation.values.refusal import Refusal

#: What the words of an appeal stand under, where no step of the workflow is taken.
_AGAIN = "again"
#: An email still there so long after its moment found no server of outgoing mail, if none left since.
_LATE = timedelta(minutes=5)


def _call(key: str) -> Call:
    return get_object_or_404(queries.all_calls(), subject__key=key)


def file_open_to(request: HttpRequest, pk: UUID) -> Application:
    """A file the office has; one that concerns this person does not exist for them."""
    found = Application.objects.received().open_to(who(request)).select_related("call__subject", "body", "form")
    return get_object_or_404(found, pk=pk)


@require_safe
@for_role(Role.READER)
@ties_first
def board(request: HttpRequest, key: str) -> HttpResponse:
    """Where a call stands: what keeps it from being opened, its versions, its files, its questions."""
    return board_page(request, _call(key))


def board_page(
    request: HttpRequest, call: Call, status: int = 200, refused: RefusedAnswer | None = None
) -> HttpResponse:
    """The page of a call. Words of an answer that was refused stand in it again, with why."""
    latest, following = queries.latest_form(call), next_edition(call)
    state = asked if (asked := request.GET.get("state", "")) in ApplicationState.values else ""
    received = queries.files_received(call, who(request))
    files, around = paged(request, received.filter(state=state) if state else received, at="files")
    context = {
        "call": call,
        "title": title_of(call.subject),
        **before_opening(call),
        "behind": latest.version if latest and actions.is_behind(call, latest) else None,
        "form": call.workflow is not None and call.sections.exists(),
        "versions": call.forms.select_related("frozen_by").order_by("-version"),
        "older": queries.drafts_on_older_forms(call, latest.version) if latest else 0,
        "counts": _counts(request, call),
        "state": state,
        "files": files,
        "listing": around,
        "questions": questions_shown(call, who(request), timezone.now(), refused),
        "may_write": at_least(request.user, Role.OFFICER),
        "next": (following.key, title_of(following.subject)) if following else None,
        "types": vocabulary().states["call.field_type"],
    }
    return render(request, "desk/call.html", context, status=status)


def _counts(request: HttpRequest, call: Call) -> list[tuple[str, str, int, str]]:
    """How many files stand in each state, and the way to those alone; drafts are not the office's to list."""
    states = vocabulary().states["application.state"]
    found = []
    for code, n in queries.files_by_state(call, who(request)).items():
        there = "" if code == ApplicationState.DRAFT else f"{with_asked(request, state=code, page='')}#files"
        found.append((code, states.label(code, tongue()), n, there))
    return found


@require_http_methods(["GET", "POST"])
@for_role(Role.OFFICER)
def begin(request: HttpRequest) -> HttpResponse:
    """A new call: from the last edition of another or from a kind. Once it is a draft, its editor opens."""
    form = BeginForm(request.POST if request.method == "POST" else None, after=request.GET.get("after", ""))
    if request.method == "POST" and form.is_valid():
        try:
            call = actions.begin_call(**form.said(), by=who(request), at=timezone.now())
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("The call is a draft. Compose its form."), extra_tags="saved")
            return redirect("desk:compose", call.key, "form")
    return render(request, "desk/begin_call.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@for_role(Role.OFFICER)
def open_form(request: HttpRequest, key: str) -> HttpResponse:
    """Freeze the form as it stands and let it be filled."""
    call = _call(key)
    done(
        request,
        lambda: actions.open_form(call=call, by=who(request), at=timezone.now()),
        _("The form is open. Files already begun keep theirs."),
    )
    return redirect("desk:call", key)


@require_safe
@for_role(Role.OFFICER)
@ties_first
def file(request: HttpRequest, file: UUID) -> HttpResponse:
    """A file as it was sent, its messages, and the steps its workflow leaves to the office."""
    found = file_open_to(request, file)
    actions.read_messages(file=found, side=Side.OFFICE, at=timezone.now())
    return _file_page(request, found)


def _file_page(request: HttpRequest, found: Application, status: int = 200, step: str = "") -> HttpResponse:
    """The page of a file. Words that were refused stand in it again, under their step if they were for one."""
    sent = found.submissions.order_by("-turn").first()
    form = queries.form_read(found.form_id)
    actors = [Actor.OFFICER, Actor.PUBLISHER] if at_least(request.user, Role.PUBLISHER) else [Actor.OFFICER]
    answers = sent.content["answers"] if sent else {}
    context = {
        "file": found,
        "state": state_said(found.state),
        "title": found.title or found.number,
        "sent": sent,
        "sections": sections_read(form, answers, found.call.currency),
        "taken": [(state_said(step.goes_to), step) for step in found.steps.select_related("taken_by")],
        "open": [step_told(step) for step in steps_from(queries.steps_read(found.form_id), found.state, actors)],
        "again": found.state in REFUSALS and found.erased_at is None,
        "ranked_again": found.state == ApplicationState.REFUSED,
        "written": found.messages.select_related("written_by"),
        "office": Side.OFFICE,
        "typed": {"step": step, "reason": request.POST.get("reason", ""), "words": request.POST.get("words", "")},
    }
    return render(request, "desk/file.html", context | followed(found, form, sent), status=status)


@require_POST
@for_role(Role.OFFICER)
@ties_first
def take_step(request: HttpRequest, file: UUID, code: str) -> HttpResponse:
    """Take a file one step on; the applicant is written to."""
    found = file_open_to(request, file)
    reason = request.POST.get("reason", "")
    taken = done(
        request,
        lambda: actions.take_step(application=found.pk, code=code, by=who(request), at=timezone.now(), reason=reason),
        _("Done. The email to the applicant waits in the outbox."),
    )
    return redirect("desk:file", file) if taken else _file_page(request, file_open_to(request, file), 422, code)


@require_POST
@for_role(Role.OFFICER)
@ties_first
def look_again(request: HttpRequest, file: UUID) -> HttpResponse:
    """Take up a refused file again after an appeal; the applicant is written to."""
    found, reason = file_open_to(request, file), request.POST.get("reason", "")
    taken = done(
        request,
        lambda: actions.look_again(application=found.pk, reason=reason, by=who(request), at=timezone.now()),
        _("Done. The email to the applicant waits in the outbox."),
    )
    return redirect("desk:file", file) if taken else _file_page(request, file_open_to(request, file), 422, _AGAIN)


@require_POST
@for_role(Role.OFFICER)
@ties_first
def write(request: HttpRequest, file: UUID) -> HttpResponse:
    """Write to the applicant about a file."""
    found, words = file_open_to(request, file), request.POST.get("words", "")
    sent = done(
        request,
        lambda: actions.write_message(file=found, side=Side.OFFICE, words=words, by=who(request), at=timezone.now()),
        _("The applicant finds your message at the counter. The email that says so waits in the outbox."),
    )
    return redirect("desk:file", file) if sent else _file_page(request, file_open_to(request, file), 422)


@require_safe
@for_role(Role.OFFICER)
@ties_first
def document(request: HttpRequest, document: UUID) -> FileResponse:
    """A document of a file that was sent: always to be saved, never opened here."""
    row = get_object_or_404(VaultDocument, pk=document)
    files = Application.objects.received().open_to(who(request))
    if not row.uses.filter(application__in=files).exists():
        raise Http404
    path = actions.place_of(settings.VAULT_DIR, row.sha256)
    if not path.exists():
        raise Http404
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=row.file_name, content_type="application/octet-stream"
    )


@require_safe
@for_role(Role.OFFICER)
@ties_first
def outbox(request: HttpRequest) -> HttpResponse:
    """Emails before they leave: read, held back, let go."""
    return _outbox_page(request)


def _outbox_page(request: HttpRequest, status: int = 200) -> HttpResponse:
    """The outbox. Words that were refused stand in their email again."""
    rows = queries.outbox(who(request))
    waiting = rows.filter(state__in=[EmailState.WAITING, EmailState.HELD, EmailState.FAILED])[:200]
    gone = rows.filter(state__in=[EmailState.SENT, EmailState.CANCELLED]).order_by("-sent_at", "-pk")[:50]
    since = timezone.now() - _LATE
    late = rows.filter(state=EmailState.WAITING, leaves_at__lt=since).count()
    if rows.filter(sent_at__gte=since).exists():
        late = 0  # a long queue is on its way
    failed = rows.filter(state=EmailState.FAILED).count()
    context = {
        "waiting": waiting, "gone": gone, "late": late, "failed": failed, "link": actions.LINK, "typed": request.POST,
    }  # fmt: skip
    return render(request, "desk/outbox.html", context, status=status)


@require_POST
@for_role(Role.OFFICER)
def decide_email(request: HttpRequest, email: int) -> HttpResponse:
    """Hold an email back, cancel it, or let it go at once."""
    row = get_object_or_404(queries.outbox(who(request)), pk=email)
    state = request.POST.get("state", "")
    if state in (EmailState.WAITING, EmailState.HELD, EmailState.CANCELLED):
        try:
            actions.decide_email(email=row.pk, state=state, by=who(request), at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
    return redirect("desk:outbox")


@require_POST
@for_role(Role.OFFICER)
def mend_email(request: HttpRequest, email: int) -> HttpResponse:
    """Put an email in other words before it leaves."""
    row = get_object_or_404(queries.outbox(who(request)), pk=email)
    said = {name: request.POST.get(name, "") for name in ("subject", "body")}
    try:
        actions.mend_email(email=row.pk, **said, by=who(request), at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _outbox_page(request, 422)
    messages.success(request, _("The email is mended; it leaves in these words."))
    if row.letter is not None:
        return redirect("desk:letter", row.letter.line.selection_id, row.letter.line_id)
    return redirect("desk:outbox")
