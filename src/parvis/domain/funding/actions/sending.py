"""Sending a file: what is sent is read under lock and judged, then written by one statement, which ends it.

In the last minute of a call everybody waits for the row that gives numbers. It is locked by the last statement only,
which takes the number, seals what is sent with it and writes all that a sending leaves behind.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from parvis.domain.funding.enums import WRITABLE, Actor, ApplicationState, EmailKind, EmailState
from parvis.domain.funding.errors import NotMember, StepHeldBack, StepUnknown
from parvis.domain.funding.models import Application, Attachment, Call, Submission
from parvis.domain.funding.queries.files import answers_of, attached, may_write, role_on, steps_read
from parvis.domain.funding.queries.guards import Attempt, held_back
from parvis.domain.funding.queries.workflows import Step, steps_from
from parvis.foundation.accounts.models import User
from parvis.foundation.accounts.prepared import last_rows_of
from parvis.foundation.journal import actions as journal
from parvis.register.reading import day_said

from .files import lock_file
from .naming import name_of
from .post import leaves_after
from .ties import look_at_return

#: The row of a call is locked until the file that takes its number stands: no number is missed or given twice.
_NUMBERED = """
WITH taken AS (
    INSERT INTO funding_filenumber AS kept (call_id, last) VALUES (%(call)s, 1)
    ON CONFLICT (call_id) DO UPDATE SET last = kept.last + 1 RETURNING last::text AS last
), counted AS (
    SELECT lpad(last, greatest(4, length(last)), '0') AS count FROM taken
), numbered AS (
    SELECT %(before)s::text || count AS number, count FROM counted
)"""
_AGAIN = "WITH numbered AS (SELECT %(before)s::text AS number, '' AS count)"
#: The digest is taken of the same bytes as ``journal.digest_of`` takes it of: the last of the number goes in between.
_SENT = """
, sealed AS (
    SELECT number, encode(sha256(convert_to(%(head)s::text || count || %(tail)s::text, 'UTF8')), 'hex') AS digest
    FROM numbered
), file AS (
    UPDATE funding_application AS held
    SET state = %(goes_to)s, number = sealed.number, submitted_at = coalesce(held.submitted_at, %(at)s)
    FROM sealed WHERE held.id = %(file)s
), given AS (
    INSERT INTO funding_submission (application_id, turn, content, digest, received_at, sent_by_id, language)
    SELECT %(file)s, %(turn)s, %(content)s::jsonb || jsonb_build_object('number', number), digest, %(at)s, %(by)s,
           %(language)s FROM sealed
    RETURNING id
), step AS (
    INSERT INTO funding_applicationstep (application_id, code, comes_from, goes_to, reason, taken_at, taken_by_id)
    VALUES (%(file)s, %(step)s, %(comes_from)s, %(goes_to)s, '', %(at)s, %(by)s)
), line AS (
    INSERT INTO journal_line (verb, about, actor_id, at, digests)
    SELECT %(verb)s, %(about)s, %(by)s, %(at)s, jsonb_build_object('content', digest) FROM sealed
), email AS (
    INSERT INTO funding_outgoingemail
        (application_id, kind, to_id, address, subject, body, language, state, written_at, leaves_at)
    SELECT %(file)s, %(kind)s, %(by)s, '', replace(%(subject)s, %(mark)s, number),
           replace(replace(%(body)s, %(mark)s, number), %(seal)s, digest), %(language)s, %(waiting)s, %(at)s, %(leaves)s
    FROM sealed
)
SELECT given.id, number, digest FROM sealed, given
"""
_FIRST_TIME, _ONCE_MORE = _NUMBERED + _SENT, _AGAIN + _SENT


@transaction.atomic
def send_file(*, application: UUID, by: User, at: datetime, language: str) -> Submission:
    """Send a file. Sent twice, it gives the receipt it gave. Raises NotMember, StepUnknown, StepHeldBack."""
    file = lock_file(application)
    role = role_on(by, file)
    if not may_write(role):
        raise NotMember
    given = file.submissions.defer("content").order_by("-turn").first() if file.number else None
    if file.state not in WRITABLE:
        if given is None:
            raise StepUnknown
        return given
    step = _sending_step(file)
    answers, documents = answers_of(file), attached(file)
    why = held_back(step, Attempt(file, by, at, answers=answers, documents=documents, role=role))
    if why:
        raise StepHeldBack(why=why)
    if given:
        look_at_return(file=file, by=by, at=at)
    content = _content_of(file, answers, documents)
    return _written(file, step, content, by=by, at=at, language=language, turn=given.turn + 1 if given else 1)


def _written(
    file: Application, step: Step, content: dict[str, Any], *, by: User, at: datetime, language: str, turn: int
) -> Submission:
    """Write all that a sending leaves behind, and end the transaction with it."""
    mark, seal = secrets.token_hex(16), secrets.token_hex(16)
    before = file.number or _before_its_number(file.call, at)
    said = {**content, "number": before + mark, "received_at": at.isoformat()}
    head, _mark, tail = journal.canonical(said).decode().partition(mark)
    subject, body = _receipt_email(mark, seal, at, language)
    asked = {
        "call": file.call_id, "before": before, "head": head, "tail": tail,
        "file": file.pk, "at": at, "by": by.pk, "language": language, "turn": turn,
        "content": orjson.dumps(content).decode(), "step": step.code, "comes_from": str(step.comes_from),
        "goes_to": str(step.goes_to), "verb": f"application {step.goes_to}", "about": name_of(file),
        "kind": str(EmailKind.RECEIPT), "waiting": str(EmailState.WAITING), "leaves": leaves_after(at),
        "subject": subject, "body": body, "mark": mark, "seal": seal,
    }  # fmt: skip
    [(pk, number, digest)] = last_rows_of(_ONCE_MORE if file.number else _FIRST_TIME, asked)
    return Submission(
        pk=pk, application=file, turn=turn, content=content | {"number": number}, digest=digest, received_at=at,
        sent_by=by, language=language,
    )  # fmt: skip


def _sending_step(file: Application) -> Step:
    """The step an applicant takes to send the file from where it stands."""
    steps = steps_from(steps_read(file.form_id), file.state, [Actor.APPLICANT])
    found = next((step for step in steps if step.goes_to != ApplicationState.WITHDRAWN), None)
    if found is None:
        raise StepUnknown
    return found


def _content_of(file: Application, answers: dict[str, Any], documents: Mapping[str, Attachment]) -> dict[str, Any]:
    """All that is sent: what the receipt's digest covers."""
    return {
        "call": file.call.key,
        "form": file.form_id,
        "body": {"name": file.body.name, "scheme": file.body.scheme, "number": file.body.number},
        "answers": answers,
        "documents": [
            {"code": code, "sha256": row.document.sha256, "size": row.document.size}
            for code, row in sorted(documents.items())
        ],
    }


def _before_its_number(call: Call, at: datetime) -> str:
    year = call.edition or str(timezone.localtime(at, timezone.get_default_timezone()).year)
    return "".join(f"{part}-" for part in (year, call.code) if part)


def _receipt_email(number: str, digest: str, at: datetime, language: str) -> tuple[str, str]:
    with override(language):
        local = timezone.localtime(at, timezone.get_default_timezone())
        subject = _("Application %(number)s received") % {"number": number}
        body = _(
            "Application %(number)s received on %(day)s at %(hour)s. Nothing else to do.\n\n"
            "Digest of what you sent: %(digest)s\nYour receipt waits at the counter."
        ) % {
            "number": number,
            "day": day_said(local.date()),
            "hour": local.strftime("%H:%M:%S"),
            "digest": digest,
        }
    return subject, body
