"""What a record was, what changed at each revision, and giving it back what it was."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from parvis.doors.desk.access import for_role
from parvis.doors.desk.comparing import differences
from parvis.doors.desk.views.records import noun_of, record_of, title_of
from parvis.doors.desk.words import NOUNS as WORDS
from parvis.exchange.inbound.entrances import entrances
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.values.refusal import Refusal
from parvis.register.content import content_of
from parvis.register.entry import take_apart
from parvis.register.models import Record
from parvis.register.past import content_at, revisions


@require_GET
@for_role(Role.READER)
def history(request: HttpRequest, plural: str, key: str) -> HttpResponse:
    """Every revision, latest first, with what it changed."""
    noun = noun_of(plural)
    found = record_of(noun, key)
    context = {
        "noun": noun,
        "plural": plural,
        "words": WORDS[noun],
        "subject": found.subject,
        "title": title_of(found.subject),
        "steps": _steps(found),
    }
    return render(request, "desk/history.html", context)


@require_POST
@for_role(Role.OFFICER)
def restore(request: HttpRequest, plural: str, key: str, revision: int) -> HttpResponse:
    """Give a record back its content of an earlier revision: a new revision, nothing is erased."""
    found = record_of(noun_of(plural), key)
    stood = next((row for row in _moments(found) if row["revision"] == revision), None)
    content = content_at(found, stood["moment"]) if stood else None
    if content is None:
        raise Http404
    model, _enter, amend = entrances()[found.noun]
    taken = take_apart(model, content)
    try:
        amend(
            record=found,
            entry=taken.entry,
            facts=taken.facts,
            seen_revision=found.subject.revision,
            by=request.user,
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Revision %(number)s is back, as a new revision.") % {"number": revision})
    return redirect("desk:history", plural=plural, key=key)


def _steps(found: Record) -> list[dict[str, Any]]:
    rows = _moments(found)
    people = User.objects.in_bulk({row["amended_by_id"] for row in rows})
    contents = [content_at(found, row["moment"]) or {} for row in rows]
    if contents:
        contents[0] = content_of(found)
    steps = []
    for place, row in enumerate(rows):
        before = contents[place + 1] if place + 1 < len(rows) else {}
        steps.append(
            {
                **row,
                "who": people.get(row["amended_by_id"]),
                "changes": differences(before, contents[place]),
                "first": place + 1 == len(rows),
                "current": place == 0,
            }
        )
    return steps


def _moments(found: Record) -> list[dict[str, Any]]:
    """One row a revision, with the moment its whole content stood in the database."""
    latest: dict[int, dict[str, Any]] = {}
    for row in revisions(found):
        if row["revision"] not in latest:
            latest[row["revision"]] = {**row, "moment": row["pgh_created_at"]}
    return list(latest.values())
