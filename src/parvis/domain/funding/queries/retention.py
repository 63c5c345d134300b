"""Files of persons whose term has passed: what would be erased of each, and what is kept.

The term runs from the day a file was settled; for one that was awarded, from the day its grant was closed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.domain.funding.enums import SETTLED, ApplicationState, BodyScheme, GrantState
from parvis.domain.funding.models import (
    Answer,
    Application,
    ApplicationStep,
    Attachment,
    CouncilAnswer,
    Grant,
    Interest,
    Letter,
    Message,
    OtherText,
    OutgoingEmail,
    ReportEntry,
    ReportSheet,
    SelectionLine,
    Submission,
)
from parvis.domain.funding.queries.limits import funding_rule
from parvis.foundation.values.months import months_after

#: What goes, in words.
GOES: dict[str, Any] = {
    "answers": _("answers"),
    "submissions": _("files as they were sent"),
    "documents": _("documents"),
    "messages": _("messages, letters and emails"),
    "reports": _("reports"),
    "reasons": _("reasons the office wrote"),
}
_OVER = (GrantState.CLOSED, GrantState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Term:
    """A file of a person, the day it was settled, the day it is erased, and how many rows go."""

    file: Application
    settled: date
    erased_from: date
    goes: dict[str, int]


def personal_months(on: date) -> int:
    """How many months the file of a person is kept once it is settled: a setting of the city."""
    return int(funding_rule("personal_months", on).value)


def terms_of_persons(on: date) -> list[Term]:
    """Every settled file of a person that is not erased yet, the first to be erased first."""
    months = personal_months(on)
    found = [Term(file, settled, months_after(settled, months), rows_of(file)) for file, settled in _settled_files()]
    return sorted(found, key=lambda term: (term.erased_from, str(term.file.number)))


def due_for_erasure(on: date) -> list[Term]:
    """Those whose day has come."""
    return [term for term in terms_of_persons(on) if term.erased_from <= on]


def files_erased() -> QuerySet[Application]:
    """Files that were erased at their term, the latest first."""
    return Application.objects.filter(erased_at__isnull=False).select_related("call__subject").order_by("-erased_at")


def rows_of(file: Application) -> dict[str, int]:
    """How many rows of each kind an erasure of this file takes; nothing of what there is none of."""
    sheets = ReportSheet.objects.filter(grant__file=file.number)
    counts = {
        "answers": Answer.objects.filter(application=file).count() + OtherText.objects.filter(application=file).count(),
        "submissions": Submission.objects.filter(application=file).count(),
        "documents": Attachment.objects.filter(application=file).count(),
        "messages": Message.objects.filter(application=file).count()
        + Letter.objects.filter(line__application=file).count()
        + OutgoingEmail.objects.filter(application=file).count(),
        "reports": sheets.count() + ReportEntry.objects.filter(sheet__in=sheets).count(),
        "reasons": sum(rows.count() for rows, _name in written_by_the_office(file)),
    }
    return {what: count for what, count in counts.items() if count}


def written_by_the_office(file: Application) -> list[tuple[QuerySet[Any], str]]:
    """Rows in which somebody of the office wrote of a file, each with the field that holds the words."""
    return [
        (ApplicationStep.objects.filter(application=file).exclude(reason=""), "reason"),
        (SelectionLine.objects.filter(application=file).exclude(reason=""), "reason"),
        (CouncilAnswer.objects.filter(line__application=file), "reason"),
        (Interest.objects.filter(application=file).exclude(words=""), "words"),
    ]


def _settled_files() -> Iterator[tuple[Application, date]]:
    files = Application.objects.filter(
        body__scheme=BodyScheme.PERSON, number__isnull=False, state__in=SETTLED, erased_at__isnull=True
    )
    for file in files.select_related("call__subject", "body").annotate(last=Max("steps__taken_at")):
        moment: datetime = getattr(file, "last", None) or file.submitted_at or file.begun_at
        if file.state == ApplicationState.AWARDED:
            grants = list(Grant.objects.filter(file=file.number).select_related("subject"))
            if any(grant.state not in _OVER for grant in grants):
                continue  # its money is still on its way
            moment = max([moment, *(grant.subject.amended_at for grant in grants)])
        yield file, timezone.localtime(moment).date()
