"""The life of a file: begun, sent, sent back, withdrawn. A sending gives one receipt, however often it is asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import override

from parvis.domain.funding.enums import MAY_WRITE, TOLD, WRITABLE, Actor, ApplicationState, Side
from parvis.domain.funding.errors import (
    CallNotOpen,
    DocumentUnknown,
    FileClosed,
    NotEligible,
    NothingWritten,
    NotMember,
    StepHeldBack,
    StepUnknown,
    WordsTooMany,
)
from parvis.domain.funding.models import (
    ApplicantBody,
    Application,
    ApplicationStep,
    Attachment,
    Call,
    Message,
    OutgoingEmail,
)
from parvis.domain.funding.queries.eligibility import Verdict, is_refused
from parvis.domain.funding.queries.files import (
    latest_form,
    may_write,
    membership,
    role_on,
    steps_read,
)
from parvis.domain.funding.queries.forms import signs_over
from parvis.domain.funding.queries.guards import Attempt, held_back
from parvis.domain.funding.queries.workflows import Step, step_named
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.accounts.prepared import add
from parvis.foundation.accounts.rules import at_least
from parvis.foundation.accounts.spelt import Spelt
from parvis.foundation.journal import actions as journal

from .naming import name_of
from .post import leaves_after
from .ties import look_before_acting, unconcerned_by

#: The longest message, and the longest reason of a step.
MOST_WORDS, MOST_REASON = 8000, 4000
_A_MOMENT = timedelta(minutes=1)


@transaction.atomic
def begin_file(
    *, call: Call, body: ApplicantBody, verdicts: list[Verdict], by: User, at: datetime, language: str = "",
    once: bool = False,
) -> Application:  # fmt: skip
    """Begin a file of a body under a call, on the form as it stands. Raises CallNotOpen, NotMember, NotEligible.

    Where ``once`` is said, one begun a moment ago and left empty is that file: a button pressed twice begins one.
    """
    member = membership(by, body)
    if member is None or member.role not in MAY_WRITE:
        raise NotMember
    form = latest_form(call)
    if form is None or call.opens_at is None or call.closes_at is None or not call.opens_at <= at < call.closes_at:
        raise CallNotOpen
    if is_refused(verdicts):
        raise NotEligible(why=" ".join(one.sentence for one in verdicts if one.met is False))
    if once and (begun := _just_begun(call, body, by, at)):
        return begun
    file = Application.objects.create(
        call=call, form=form, body=body, begun_at=at, begun_by=by, language=language, closing_known=call.closes_at
    )
    journal.write("application begun", about=name_of(file), by=by, at=at, call=call.pk, form=form.version)
    return file


def _just_begun(call: Call, body: ApplicantBody, by: User, at: datetime) -> Application | None:
    """The file this person began here a moment ago, still empty; who begins another at the same time waits."""
    ApplicantBody.objects.select_for_update(no_key=True).get(pk=body.pk)
    return Application.objects.filter(
        call=call, body=body, begun_by=by, begun_at__gt=at - _A_MOMENT, state=ApplicationState.DRAFT,
        answers__isnull=True, attachments__isnull=True,
    ).first()  # fmt: skip


_LOCKED = Spelt(
    lambda pk: (
        Application.objects.select_for_update(of=("self",), no_key=True)
        .select_related("call__subject", "body")
        .filter(pk=pk)
    ),
    UUID,
)


def lock_file(application: UUID) -> Application:
    """A file with its call and its body, which nobody else changes until the transaction ends."""
    held = _LOCKED.first(application)
    if held is None:
        raise Application.DoesNotExist
    return held


def take_step(
    *, application: UUID, code: str, by: User, at: datetime, reason: str = "", tell: bool = True
) -> Application:
    """Take a file one step on, as its own workflow allows. Raises NotMember, StepUnknown, StepHeldBack, ConcernsYou.

    Whoever acts for the office is looked at first: a tie found stays, though the step is refused. The applicant is
    written to, unless something else (``tell``) tells them: a letter.
    """
    if at_least(by, Role.OFFICER):
        file = Application.objects.select_related("call", "body").get(pk=application)
        if file.number is not None:
            look_before_acting(file=file, by=by, at=at)
    return step_taken(application=application, code=code, by=by, at=at, reason=reason, tell=tell)


@transaction.atomic
def step_taken(
    *, application: UUID, code: str, by: User, at: datetime, reason: str = "", tell: bool = True
) -> Application:
    """Take a step where ties were looked for already. Raises what ``take_step`` does."""
    file = lock_file(application)
    step = step_named(steps_read(file.form_id), file.state, code)
    if step is None or step.goes_to == ApplicationState.SUBMITTED:
        raise StepUnknown
    if not _may_take(step, file, by):
        raise NotMember
    if step.taken_by != Actor.APPLICANT:
        unconcerned_by(file, by)
    if reason.strip():
        within_a_reason(reason)
    why = held_back(step, Attempt(file, by, at, reason=reason))
    if why:
        raise StepHeldBack(why=why)
    _move(file, step, by=by, at=at, reason=reason.strip())
    if tell and step.taken_by != Actor.APPLICANT and step.goes_to in TOLD:
        tell_applicant(file, lambda: _moved_to(file, step), reason.strip(), at)
    return file


def _may_take(step: Step, file: Application, by: User) -> bool:
    if step.taken_by == Actor.APPLICANT:
        return may_write(role_on(by, file))
    return at_least(by, Role.PUBLISHER if step.taken_by == Actor.PUBLISHER else Role.OFFICER)


def _move(file: Application, step: Step, *, by: User, at: datetime, reason: str) -> None:
    add(*_step_rows(file, step, by=by, at=at, reason=reason))
    file.state = step.goes_to
    file.save(update_fields=["state", "number", "submitted_at"])


def _step_rows(
    file: Application, step: Step, *, by: User, at: datetime, reason: str, digest: str = ""
) -> tuple[Model, Model]:
    """What a step leaves behind: itself, and a line of the journal."""
    taken = ApplicationStep(
        application=file, code=step.code, comes_from=step.comes_from, goes_to=step.goes_to,
        reason=reason, taken_at=at, taken_by=by,
    )  # fmt: skip
    said = {"content": digest} if digest else {}
    return taken, journal.line(f"application {step.goes_to}", about=name_of(file), by=by, at=at, **said)


def _moved_to(file: Application, step: Step) -> str:
    said = {"number": file.number or "", "state": ApplicationState(step.goes_to).label}
    return _("Application %(number)s: %(state)s") % said


def tell_applicant(file: Application, subject_said: Callable[[], str], words: str, at: datetime) -> None:
    """Write to those who act for the body; the email waits where an officer can read it."""
    last = file.submissions.order_by("-turn").first()
    language = last.language if last else "fr"
    with override(language):
        subject = subject_said()
        body = "\n\n".join(part for part in (subject, words, _("Follow your file at the counter.")) if part)
    people = [member.person for member in file.body.members.select_related("person")]
    OutgoingEmail.objects.bulk_create(
        [
            OutgoingEmail(
                application=file, to=person, subject=subject, body=body, language=language,
                written_at=at, leaves_at=leaves_after(at),
            )
            for person in people
        ]
    )  # fmt: skip


@transaction.atomic
def write_message(*, file: Application, side: str, words: str, by: User, at: datetime) -> Message:
    """Write about a file, from one side to the other; the applicant is told by email of what the office writes.

    Raises NothingWritten, ConcernsYou, NotMember for readers, and StepHeldBack for a draft, which no office reads.
    """
    if side == Side.APPLICANT and not may_write(role_on(by, file)):
        raise NotMember
    if file.number is None:
        raise StepHeldBack(why=_("The office reads a file once it is sent. Ask your question on the call."))
    if side == Side.OFFICE:
        unconcerned_by(file, by)
    words = _within(words, MOST_WORDS)
    message = Message.objects.create(application=file, side=side, words=words, written_at=at, written_by=by)
    journal.write("message written", about=name_of(file), by=by, at=at, message=message.pk)
    if side == Side.OFFICE:
        said = {"number": file.number}
        tell_applicant(file, lambda: _("Application %(number)s: the office wrote to you") % said, words, at)
    return message


def _within(words: str, most: int) -> str:
    """Words as they are kept. Raises NothingWritten, and WordsTooMany: nothing is ever cut."""
    if not (kept := words.replace("\r\n", "\n").strip()):
        raise NothingWritten
    if len(kept) > most:
        raise WordsTooMany(**signs_over(len(kept), most))
    return kept


def within_a_reason(words: str) -> str:
    """A reason as it is kept with a step. Raises NothingWritten and WordsTooMany."""
    return _within(words, MOST_REASON)


@transaction.atomic
def read_messages(*, file: Application, side: str, at: datetime) -> int:
    """Note that one side has read what the other wrote."""
    return Message.objects.filter(application=file, read_at__isnull=True).exclude(side=side).update(read_at=at)


@transaction.atomic
def attach_document(*, file: Application, document: Any, code: str, by: User, at: datetime) -> Attachment:
    """Put a document of the body's vault in a file, under one of the documents the call asks for."""
    file = lock_file(file.pk)
    if not may_write(role_on(by, file)):
        raise NotMember
    if file.state not in WRITABLE:
        raise FileClosed
    if document.body_id != file.body_id or document.removed_at is not None:
        raise DocumentUnknown
    row, _made = Attachment.objects.update_or_create(
        application=file, code=code, defaults={"document": document, "attached_at": at, "attached_by": by}
    )
    return row


@transaction.atomic
def detach_document(*, file: Application, code: str, by: User) -> None:
    """Take a document out of a file that is still being written; it stays in the vault."""
    file = lock_file(file.pk)
    if not may_write(role_on(by, file)):
        raise NotMember
    if file.state not in WRITABLE:
        raise FileClosed
    Attachment.objects.filter(application=file, code=code).delete()
