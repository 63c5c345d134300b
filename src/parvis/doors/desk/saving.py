"""Saving a sheet through its room; comparing when somebody else saved first; undoing within ten minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from parvis.doors.desk.access import who
from parvis.doors.desk.comparing import Difference, clashes
from parvis.doors.desk.naming import keys_in, titles_of
from parvis.doors.desk.sheets.sheet import Sheet
from parvis.exchange.inbound.entrances import entrances
from parvis.foundation.accounts.models import User
from parvis.foundation.values.refusal import Refusal
from parvis.register.actions import faults_in
from parvis.register.content import content_of
from parvis.register.entry import take_apart
from parvis.register.errors import ChangedMeanwhile, InvalidContent
from parvis.register.models import Record, Subject
from parvis.register.past import content_at, revisions

#: How long a person may undo their own last save with one click.
TEN_MINUTES = timedelta(minutes=10)
#: The fields where a person takes what somebody else wrote.
TAKE = "-take"


@dataclass(frozen=True, slots=True)
class Saved:
    """Whether a sheet was saved; what clashes when somebody else saved first; whether it said nothing new."""

    done: bool
    meanwhile: list[Difference] | None = field(default=None)
    same: bool = False


def sheet_for(model: type[Record], content: Mapping[str, Any], data: Mapping[str, Any] | None = None) -> Sheet:
    """The sheet of a record, its ties shown by title."""
    return Sheet(model, content=content, data=data, titles=titles_of(keys_in(content)))


def put_over(posted: QueryDict, model: type[Record], current: Mapping[str, Any]) -> QueryDict:
    """What was posted, with the fields a person chose to take as they are recorded now."""
    taken = posted.getlist(TAKE)
    if not taken:
        return posted
    data, held = posted.copy(), Sheet(model, content=current).initial
    for path in taken:
        value = held.get(path, "")
        data.setlist(path, [str(one) for one in value] if isinstance(value, list) else [str(value or "")])
    return data


def save(request: HttpRequest, sheet: Sheet, found: Record) -> Saved:
    """Save through the room. When it is refused, the sheet says why and where."""
    content = sheet.content()
    if seen(request) == found.subject.revision and content == content_of(found):
        return Saved(done=True, same=True)  # no revision that would say that nothing differs
    taken = take_apart(type(found), content)
    amend = entrances()[found.noun][2]
    try:
        amend(
            record=found,
            entry=taken.entry,
            facts=taken.facts,
            seen_revision=seen(request),
            by=who(request),
            at=timezone.now(),
        )
    except ChangedMeanwhile as refusal:
        sheet.add_error(None, str(refusal))
        return Saved(done=False, meanwhile=_meanwhile(found, seen(request), content))
    except Refusal as refusal:
        sheet.add_refusal(refusal)
        return Saved(done=False)
    return Saved(done=True)


def tell_rules_too(sheet: Sheet, found: Record) -> None:
    """Of a sheet in which something could not be read, say also which rules all the rest breaks: in one go."""
    unread = {name.partition(".")[0] for name in sheet.errors}
    taken = take_apart(type(found), sheet.content())
    if problems := faults_in(found, entry=taken.entry, facts=taken.facts, unread=unread):
        sheet.add_refusal(InvalidContent(problems))


def seen(request: HttpRequest) -> int:
    """The revision a person had before their eyes; one that nothing equals when the form does not say."""
    said = request.POST.get("seen_revision", "")
    return int(said) if said.isdecimal() and len(said) < 10 else -1


def _meanwhile(found: Record, revision: int, mine: Mapping[str, Any]) -> list[Difference]:
    now = type(found)._default_manager.select_related("subject").get(pk=found.pk)
    theirs = content_of(now)
    titles = titles_of([*keys_in(theirs), *keys_in(mine)])
    base = content_of_revision(found, revision)
    return clashes(type(found), seen=base, theirs=theirs, mine=mine, titles=titles)


def content_of_revision(found: Record, revision: int) -> dict[str, Any] | None:
    """The content of a record at a revision; None when it never had it."""
    stood = next((row for row in moments(found) if row["revision"] == revision), None)
    return content_at(found, stood["moment"]) if stood else None


def moments(found: Record) -> list[dict[str, Any]]:
    """One row a revision, latest first, with the moment its whole content stood in the database."""
    latest: dict[int, dict[str, Any]] = {}
    for row in revisions(found):
        if row["revision"] not in latest:
            latest[row["revision"]] = {**row, "moment": row["pgh_created_at"]}
    return list(latest.values())


def give_back(found: Record, revision: int, *, seen_revision: int, by: User, at: datetime) -> bool:
    """Give a record back its content of an earlier revision: a new revision, nothing is erased.

    False when it never had that revision. Raises what the room refuses.
    """
    content = content_of_revision(found, revision)
    if content is None:
        return False
    model, _enter, amend = entrances()[found.noun]
    taken = take_apart(model, content)
    amend(
        record=found, entry=taken.entry, facts=taken.facts, seen_revision=seen_revision, by=by, at=at
    )  # fmt: skip
    return True


def may_undo(subject: Subject, by: Any, at: datetime) -> bool:
    """Whether the last save is this person's own, minutes ago, and there is something to go back to."""
    return subject.revision > 1 and subject.amended_by_id == by.pk and at - subject.amended_at < TEN_MINUTES
