"""What applicants are to be reminded of on a day: reports, documents that expire, drafts, corrections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from parvis.domain.funding.enums import MAY_SIGN, MAY_WRITE, ApplicationState
from parvis.domain.funding.errors import spelt
from parvis.domain.funding.models import ApplicantBody, Application, Submission, VaultDocument
from parvis.domain.funding.queries.completing import waiting_for
from parvis.domain.funding.queries.duties import all_awaited_reports
from parvis.domain.funding.queries.given import beneficiary_of
from parvis.foundation.accounts.models import User
from parvis.foundation.values.words import in_language
from parvis.register.models import Subject
from parvis.register.reading import day_said


@dataclass(frozen=True, slots=True)
class Reminder:
    """One email to one person about one thing: said once for each number of days before."""

    once: str
    to: User
    application: Application | None
    language: str
    subject: str
    body: str


def reminders_on(at: datetime, days: Sequence[int]) -> list[Reminder]:
    """Everything there is to remind of at a moment. The same is found again until it is past."""
    on = timezone.localtime(at, timezone.get_default_timezone()).date()
    return [*_of_reports(on, days), *_of_documents(on, days), *_of_drafts(at, on, days), *_of_corrections(on, days)]


def _before(due: date, on: date, days: Sequence[int]) -> int | None:
    """Which reminder a day calls for: the nearest of those whose time has come; none once it is past."""
    left = (due - on).days
    return min((one for one in days if 0 <= left <= one), default=None)


def _of_reports(on: date, days: Sequence[int]) -> Iterator[Reminder]:
    for each in all_awaited_reports(on):
        grant, kind, step = each.grant, each.kind, _before(each.due, on, days)
        body = beneficiary_of(grant) if step is not None else None
        if body is None:
            continue
        file = Application.objects.filter(number=grant.file).first() if grant.file else None
        with override(_language_of(body, file)):
            said = {"report": kind.label, "day": day_said(each.due), "grant": _title(grant.subject)}
            subject = _("%(report)s due on %(day)s") % said
            words = _("The %(report)s of “%(grant)s” is due on %(day)s. A report that is late stops the payments.")
            more = _("The one that was accepted does not tell of %(untold)s that was paid: a new one does.")
            told = [more % {"untold": spelt(each.untold, grant.currency)}] if each.untold else []
            text = _text(subject, words % {**said, "report": str(kind.label).lower()}, *told)
        turn = f":{each.untold}" if each.untold else ""
        yield from _to_each(f"report:{grant.pk}:{kind}:{each.due}{turn}:{step}", body, MAY_SIGN, file, text)


def _of_documents(on: date, days: Sequence[int]) -> Iterator[Reminder]:
    last = on + timedelta(days=max(days, default=0))
    rows = VaultDocument.objects.filter(valid_until__gte=on, valid_until__lte=last, removed_at=None)
    for document in rows.select_related("body").order_by("pk"):
        step = _before(document.valid_until, on, days)  # type: ignore[arg-type]  # it has one, or is not found
        with override(_language_of(document.body)):
            said = {"title": document.title, "day": day_said(document.valid_until)}  # type: ignore[arg-type]  # as above
            subject = _("A document expires on %(day)s") % said
            words = _("“%(title)s” expires on %(day)s. Send a new one at the counter: files under way may need it.")
            text = _text(subject, words % said)
        yield from _to_each(f"document:{document.pk}:{step}", document.body, MAY_WRITE, None, text)


def _of_drafts(at: datetime, on: date, days: Sequence[int]) -> Iterator[Reminder]:
    last = at + timedelta(days=max(days, default=0) + 1)
    drafts = Application.objects.filter(
        state=ApplicationState.DRAFT, call__opens_at__lte=at, call__closes_at__gt=at, call__closes_at__lte=last
    )
    held: dict[tuple[int, int], list[Application]] = {}
    for each in drafts.select_related("body", "call__subject").order_by("begun_at", "pk"):
        held.setdefault((each.body_id, each.call_id), []).append(each)
    for file, *others in held.values():  # a body is reminded once of a call, however many drafts it has there
        local = timezone.localtime(file.call.closes_at, timezone.get_default_timezone())
        step = _before(local.date(), on, days)
        if step is None:
            continue
        with override(_language_of(file.body, file)):
            said = {"call": _title(file.call.subject), "day": day_said(local.date()), "hour": f"{local:%H:%M}"}
            subject = _("Your draft is not sent: the call closes on %(day)s") % said
            closes = _("“%(call)s” closes on %(day)s at %(hour)s, by the server's clock.") % said
            left = ngettext("Your draft is not sent yet.", "Your %(n)s drafts are not sent yet.", 1 + len(others))
            text = _text(subject, f"{closes} {left % {'n': 1 + len(others)}}")
        once = f"draft:{file.pk}:{local:%Y%m%d%H%M}:{step}"
        yield from _to_each(once, file.body, MAY_WRITE, file, text)


def _of_corrections(on: date, days: Sequence[int]) -> Iterator[Reminder]:
    files = Application.objects.filter(state=ApplicationState.TO_COMPLETE).select_related("body", "call__subject")
    for file in files.order_by("pk"):
        asked = waiting_for(file)
        since = timezone.localtime(asked.since, timezone.get_default_timezone()).date() if asked else on
        waited = (on - since).days
        step = max((one for one in days if one <= waited), default=None)
        if asked is None or step is None:
            continue
        with override(_language_of(file.body, file)):
            said = {"number": file.number, "day": day_said(since)}
            subject = _("Application %(number)s waits for your corrections") % said
            words = ngettext(
                "Corrections were asked for on %(day)s, %(n)s day ago, and you have not answered yet.",
                "Corrections were asked for on %(day)s, %(n)s days ago, and you have not answered yet.",
                waited,
            )
            text = _text(subject, words % {**said, "n": waited}, asked.reason)
        yield from _to_each(f"corrections:{file.pk}:{since}:{step}", file.body, MAY_WRITE, file, text)


def _text(subject: str, *parts: str) -> tuple[str, str]:
    way = _("At the counter: %(address)s") % {"address": f"{settings.PARVIS_OFFICE_ORIGIN}/guichet/"}
    return subject[:200], "\n\n".join(part for part in (*parts, way) if part)


def _to_each(
    once: str, body: ApplicantBody, roles: frozenset[Any], file: Application | None, text: tuple[str, str]
) -> Iterator[Reminder]:
    language = _language_of(body, file)
    for member in body.members.filter(role__in=roles, person__is_active=True).select_related("person"):
        yield Reminder(f"{once}:{member.person_id}", member.person, file, language, *text)


def _language_of(body: ApplicantBody, file: Application | None = None) -> str:
    """The language an applicant last sent or began a file in; that of the house where neither is known."""
    if file is not None:
        last = file.submissions.order_by("-turn").values_list("language", flat=True).first()
        if last or file.language:
            return str(last or file.language)
    sent = Submission.objects.filter(application__body=body).order_by("-received_at").values_list("language", flat=True)
    begun = Application.objects.filter(body=body).exclude(language="").order_by("-begun_at")
    return str(sent.first() or begun.values_list("language", flat=True).first() or settings.LANGUAGE_CODE[:2])


def _title(subject: Subject) -> str:
    texts = {text.language: text.body for text in subject.texts.all() if text.field == "title"}
    return in_language(texts, (get_language() or "fr")[:2])[0] or subject.key
