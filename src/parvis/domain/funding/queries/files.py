"""Files, their answers and what surrounds them, each query named for what it returns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Case, Count, Exists, Min, OuterRef, Q, QuerySet, When

from parvis.domain.funding.enums import MAY_SIGN, MAY_WRITE, ApplicationState, EmailState, MemberRole, Side
from parvis.domain.funding.models import (
    Answer,
    ApplicantBody,
    Application,
    ApplicationStep,
    Attachment,
    BodyMember,
    Call,
    CallForm,
    CallQuestion,
    Message,
    OtherText,
    OutgoingEmail,
    Submission,
    VaultDocument,
)
from parvis.domain.funding.queries.forms import Form, form_of
from parvis.domain.funding.queries.workflows import Step, steps_of
from parvis.foundation.accounts.models import User
from parvis.foundation.accounts.prepared import rows_of
from parvis.foundation.accounts.spelt import Spelt

_ROLE = "SELECT role FROM funding_bodymember WHERE person_id = %s AND body_id = %s"
_TITLES = "SELECT language, body FROM register_text WHERE subject_id = %s AND field = 'title'"
_ANSWERS = "SELECT field, value::text FROM funding_answer WHERE application_id = %s ORDER BY id"


@lru_cache(maxsize=64)
def _definition(form: int) -> dict[str, Any]:
    return CallForm.objects.values_list("definition", flat=True).get(pk=form)


@lru_cache(maxsize=64)
def _read(_digest: str, form: int) -> tuple[Form, tuple[Step, ...]]:
    definition = _definition(form)
    return form_of(definition), steps_of(definition)


@lru_cache(maxsize=256)
def _digest_of(form: int) -> str:
    return CallForm.objects.values_list("digest", flat=True).get(pk=form)


def form_read(form: int) -> Form:
    """A frozen form, read once a process: it never changes."""
    return _read(_digest_of(form), form)[0]


def steps_read(form: int) -> tuple[Step, ...]:
    """The workflow a frozen form holds, read once a process."""
    return _read(_digest_of(form), form)[1]


def forget_forms() -> None:
    """Forget the forms read so far. For tests, whose databases come and go under the same numbers."""
    for kept in (_definition, _read, _digest_of):
        kept.cache_clear()


def all_calls() -> QuerySet[Call]:
    """Calls with their heads, the latest edition first."""
    return _with_heads(Call.objects.all())


def _with_heads(calls: QuerySet[Call]) -> QuerySet[Call]:
    return calls.select_related("subject", "programme", "workflow").order_by("-edition", "subject__key")


def calls_to_fill(moment: datetime) -> QuerySet[Call]:
    """Public calls open at that moment that have a form to fill."""
    forms = CallForm.objects.filter(call=OuterRef("pk"))
    return _with_heads(Call.objects.open_at(moment).filter(Exists(forms), subject__visibility="public"))


def latest_form(call: Call) -> CallForm | None:
    return call.forms.defer("definition").order_by("-version").first()


def bodies_of(person: User) -> list[BodyMember]:
    """The bodies a person acts for, with the part they have there."""
    return list(person.bodies.select_related("body").order_by("body__name", "pk"))


def membership(person: User, body: ApplicantBody) -> BodyMember | None:
    return BodyMember.objects.filter(person=person, body=body).first()


def files_of(person: User) -> QuerySet[Application]:
    """Files of the bodies a person acts for, the latest first."""
    rows = Application.objects.of_person(person).select_related("call__subject", "body", "form")
    return rows.defer("form__definition").order_by("-begun_at")


def file_of(person: User, pk: UUID) -> Application | None:
    """A file a person may read; None for any other, as if it did not exist."""
    return _FILE.first(person.pk, pk)


#: A file with what the pages of the counter show of it, asked for at each of them.
_FILE = Spelt(lambda person, pk: files_of(User(pk=person)).filter(pk=pk)[:1], int, UUID)


def role_on(person: User, application: Application) -> MemberRole | None:
    found = rows_of(_ROLE, [person.pk, application.body_id])
    return MemberRole(found[0][0]) if found else None


def may_write(role: MemberRole | None) -> bool:
    return role in MAY_WRITE


def may_sign(role: MemberRole | None) -> bool:
    return role in MAY_SIGN


def titles_of_call(call: Call) -> dict[str, str]:
    """The title of a call in each language; read from what was fetched with it, where it was."""
    if "texts" in getattr(call.subject, "_prefetched_objects_cache", {}):
        return {text.language: text.body for text in call.subject.texts.all() if text.field == "title"}
    return dict(rows_of(_TITLES, [call.pk]))


def texts_of_call(call: Call, *fields: str) -> dict[str, dict[str, str]]:
    """The longer texts of a call, by field and language: what it is for, its conditions."""
    found: dict[str, dict[str, str]] = {}
    for text in call.subject.texts.filter(field__in=fields):
        found.setdefault(text.field, {})[text.language] = text.body
    return found


def answers_of(application: Application) -> dict[str, Any]:
    """What is written in a file, by field, in the order fields were begun."""
    told = rows_of(_ANSWERS, [application.pk])
    return {field: None if value is None else orjson.loads(value) for field, value in told}


def answers_of_each(files: Iterable[Application]) -> dict[UUID, dict[str, Any]]:
    """What is written in each of several files, by file and field."""
    found: dict[UUID, dict[str, Any]] = {file.pk: {} for file in files}
    rows = Answer.objects.filter(application__in=found).order_by("pk")
    for file, field, value in rows.values_list("application", "field", "value"):
        found[file][field] = value
    return found


def revisions_of(application: Application) -> dict[str, Answer]:
    """Each field's answer with its revision and who wrote it."""
    rows = Answer.objects.filter(application=application).select_related("saved_by").order_by("pk")
    return {row.field: row for row in rows}


def other_texts(application: Application) -> list[OtherText]:
    """Second texts that still wait for a person to choose."""
    rows = OtherText.objects.filter(application=application, settled_at__isnull=True)
    return list(rows.select_related("written_by"))


def attached(application: Application) -> dict[str, Attachment]:
    """The documents put in a file, by the place they fill."""
    return {row.code: row for row in _ATTACHED(application.pk)}


_ATTACHED = Spelt(lambda file: Attachment.objects.filter(application=file).select_related("document"), UUID)
_STEPS = Spelt(lambda file: ApplicationStep.objects.filter(application=file), UUID)
_SENT = Spelt(lambda file: Submission.objects.filter(application=file).defer("content").order_by("-turn"), UUID)
_MESSAGES = Spelt(lambda file: Message.objects.filter(application=file).select_related("written_by"), UUID)


def steps_taken(application: Application) -> list[ApplicationStep]:
    """The way of a file, from its first step."""
    return _STEPS(application.pk)


def asked_to_complete(files: Iterable[Application]) -> dict[UUID, ApplicationStep]:
    """The step that sent each file back to its applicant, while it waits for what it asks; nothing for the others."""
    waiting = [file.pk for file in files if file.state == ApplicationState.TO_COMPLETE]
    if not waiting:
        return {}
    steps = ApplicationStep.objects.filter(application__in=waiting, goes_to=ApplicationState.TO_COMPLETE)
    return {step.application_id: step for step in steps.order_by("taken_at", "pk")}


def changed_since(application: Application, moment: datetime) -> bool:
    """Whether an answer was written or a document put in a file after a moment."""
    answers = Answer.objects.filter(application=application, saved_at__gt=moment)
    return answers.exists() or Attachment.objects.filter(application=application, attached_at__gt=moment).exists()


def sendings(application: Application) -> list[Submission]:
    """Each sending of a file, the last first; what was sent is left where it is."""
    return _SENT(application.pk)


def messages_of(application: Application) -> list[Message]:
    """What was written about a file, from one side to the other."""
    return _MESSAGES(application.pk)


def files_with_unread_messages(person: User | None) -> Iterator[tuple[Application, int, datetime]]:
    """Files whose applicant wrote what the office has not read: how much, and since when; those open to this person."""
    files = Application.objects.received()
    found = (files.open_to(person) if person else files).filter(
        messages__side=Side.APPLICANT, messages__read_at__isnull=True
    )
    told = found.annotate(unread=Count("messages"), since=Min("messages__written_at")).order_by("since", "pk")
    return ((file, file.unread, file.since) for file in told)


def expiries(application: Application) -> dict[str, date | None]:
    return {code: row.document.valid_until for code, row in attached(application).items()}


def vault_of(body: ApplicantBody) -> list[VaultDocument]:
    """Documents a body keeps, those taken out left aside."""
    return list(body.documents.filter(removed_at__isnull=True).annotate(times_used=Count("uses")))


def answered_questions(call: Call) -> QuerySet[CallQuestion]:
    """Questions on a call that all may read."""
    return call.questions.filter(answered_at__isnull=False)


def questions_to_answer() -> QuerySet[CallQuestion]:
    return CallQuestion.objects.filter(answered_at__isnull=True).select_related("call__subject")


def files_received(call: Call, person: User) -> QuerySet[Application]:
    """Files the office has under a call, by number, but for those that concern this person."""
    rows = call.applications.received().open_to(person)
    return rows.select_related("body").order_by("number")


def files_by_state(call: Call, person: User) -> Mapping[str, int]:
    """How many files of a call stand in each state, but for those that concern this person."""
    rows = call.applications.open_to(person).values_list("state").annotate(n=Count("pk")).order_by("state")
    return dict(rows)


def outbox(person: User) -> QuerySet[OutgoingEmail]:
    """Emails, those that could not go and those that wait first, but for those about a file closed to this person."""
    rows = OutgoingEmail.objects.filter(Q(application=None) | Q(application__in=Application.objects.open_to(person)))
    first = Case(When(state=EmailState.FAILED, then=0), default=1)
    return rows.select_related("to", "application").order_by(first, "sent_at", "leaves_at", "pk")


def drafts_on_older_forms(call: Call, version: int) -> int:
    """How many files still hold an older version of a call's form."""
    return call.applications.filter(Q(form__version__lt=version)).count()
