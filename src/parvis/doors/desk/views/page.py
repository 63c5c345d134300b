"""The page of a record, made the same way whoever asks for it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from parvis.doors.desk.access import who
from parvis.doors.desk.comparing import Difference
from parvis.doors.desk.life import PATHS, Life, life_of
from parvis.doors.desk.naming import title_of, titles_of
from parvis.doors.desk.planning import planned
from parvis.doors.desk.saving import may_undo
from parvis.doors.desk.sheets.layout import sections_of
from parvis.doors.desk.sheets.sheet import Sheet
from parvis.doors.desk.views.forms import StatementForm
from parvis.doors.desk.words import PLURALS
from parvis.foundation.accounts.models import Role
from parvis.foundation.accounts.rules import at_least
from parvis.register.models import Record, Source, Subject
from parvis.register.queries import standing_judgements


def record_page(
    request: HttpRequest,
    noun: str,
    sheet: Sheet,
    found: Record | None = None,
    *,
    meanwhile: list[Difference] | None = None,
) -> HttpResponse:
    """The sheet of a record, new or known, and all that hangs on it."""
    context: dict[str, Any] = {
        "noun": noun,
        "plural": PLURALS[noun],
        "sheet": sheet,
        "sections": sections_of(sheet),
        "meanwhile": meanwhile,
        "may_write": at_least(request.user, Role.OFFICER),
        "may_publish": at_least(request.user, Role.PUBLISHER),
    }
    if found is not None:
        context |= _known(request, found, changed=meanwhile is not None)
    return render(request, "desk/record.html", context, status=422 if sheet.errors else 200)


def _known(request: HttpRequest, found: Record, *, changed: bool) -> dict[str, Any]:
    subject = found.subject
    if changed:  # somebody saved since this one was read
        subject = Subject.objects.select_related("amended_by").prefetch_related("texts").get(pk=found.pk)
    return {
        "subject": subject,
        "title": title_of(subject),
        "life": _told(found),
        "statements": statements_of(subject),
        "sources": _sources_of(subject),
        "contradictions": _contradictions(subject),
        "judgements": list(standing_judgements(subject)),
        "may_undo": may_undo(subject, who(request), timezone.now()),
        "statement_form": StatementForm(found.noun),
        "planned": planned(found, timezone.localdate()),
    }


def statements_of(subject: Subject) -> list[tuple[Any, str]]:
    """Each statement, with what its source is called."""
    rows = list(
        subject.statements.select_related("source__subject", "said_by").order_by("property", "as_of", "pk"),
    )
    titles = titles_of(row.source.subject.key for row in rows)
    return [(row, titles.get(row.source.subject.key, row.source.subject.key)) for row in rows]


def _told(found: Record) -> dict[str, Any] | None:
    """The state line: steps taken with the titles of their sources, and the only next ones with who may."""
    life: Life | None = life_of(found)
    if life is None:
        return None
    titles = titles_of(step.source for step in life.taken if step.source)
    path = PATHS[found.noun]
    return {
        "now": life.now,
        "taken": [(step, titles.get(step.source, "")) for step in life.taken],
        "ahead": [(state, path.role(state)) for state in life.ahead],
    }


def _sources_of(subject: Subject) -> list[Any]:
    """The documents a record is cited from, with what is needed to judge them."""
    found = Source.objects.filter(citations__subject=subject) | Source.objects.filter(
        statements__subject=subject, statements__retracted_at__isnull=True
    )
    rows = found.select_related("subject").prefetch_related("subject__texts").distinct()
    return [(source, title_of(source.subject)) for source in rows.order_by("date", "pk")]


def _contradictions(subject: Subject) -> list[Any]:
    rows = Subject.objects.filter(conflict__about=subject).prefetch_related("texts").order_by("key")
    return [(row, title_of(row)) for row in rows]
