"""What a record was, what changed at each revision, giving it back what it was, and undoing one's last save."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.closing import closed_where_tied
from parvis.doors.desk.comparing import differences
from parvis.doors.desk.naming import keys_in, title_of, titles_of
from parvis.doors.desk.saving import give_back, may_undo, moments, seen
from parvis.doors.desk.views.records import noun_of, record_of
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.values.refusal import Refusal
from parvis.register.content import content_of
from parvis.register.models import Record
from parvis.register.past import content_at

#: Older revisions are read one page further.
_A_PAGE = 20


@require_GET
@for_role(Role.READER)
@closed_where_tied
def history(request: HttpRequest, plural: str, key: str) -> HttpResponse:
    """Every revision, latest first, with what it changed."""
    noun = noun_of(plural)
    found = record_of(noun, key)
    rows = moments(found)
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 10:
        rows = [row for row in rows if row["revision"] < int(before)]
    steps = _steps(found, rows)
    context = {
        "noun": noun,
        "plural": plural,
        "subject": found.subject,
        "title": title_of(found.subject),
        "steps": steps,
        "older": steps[-1]["revision"] if len(rows) > _A_PAGE else None,
    }
    return render(request, "desk/history.html", context)


@require_POST
@for_role(Role.OFFICER)
@closed_where_tied
def restore(request: HttpRequest, plural: str, key: str, revision: int) -> HttpResponse:
    """Give a record back its content of an earlier revision: a new revision, nothing is erased."""
    found = record_of(noun_of(plural), key)
    try:
        known = give_back(
            found,
            revision,
            seen_revision=seen(request) if "seen_revision" in request.POST else found.subject.revision,
            by=who(request),
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        if not known:
            raise Http404
        messages.success(request, _("Revision %(number)s is back, as a new revision.") % {"number": revision})
    return redirect("desk:history", plural=plural, key=key)


@require_POST
@for_role(Role.OFFICER)
@closed_where_tied
def undo(request: HttpRequest, plural: str, key: str) -> HttpResponse:
    """Undo one's own last save, within ten minutes: the revision before it comes back."""
    found = record_of(noun_of(plural), key)
    subject, person, now = found.subject, who(request), timezone.now()
    if not may_undo(subject, person, now) or seen(request) != subject.revision:
        messages.error(request, _("Too late to undo here: open the history and bring a revision back."))
        return redirect("desk:history", plural=plural, key=key)
    try:
        give_back(found, subject.revision - 1, seen_revision=subject.revision, by=person, at=now)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Undone: the record is what it was before your save."))
    return redirect("desk:record", plural=plural, key=key)


def _steps(found: Record, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    shown = rows[: _A_PAGE + 1]
    people = User.objects.in_bulk({row["amended_by_id"] for row in shown})
    contents = [
        content_of(found) if row["revision"] == found.subject.revision else content_at(found, row["moment"])
        for row in shown
    ]
    titles = titles_of(keys_in(contents))
    steps = []
    for place, row in enumerate(shown[:_A_PAGE]):
        before = contents[place + 1] or {} if place + 1 < len(shown) else {}
        steps.append(
            {
                **row,
                "who": people.get(row["amended_by_id"]),
                "changes": differences(type(found), before, contents[place] or {}, titles),
                "first": place + 1 == len(shown),
                "current": row["revision"] == found.subject.revision,
            }
        )
    return steps
