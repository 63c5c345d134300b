"""Files whole, as they were last sent, one after another: never more than a few hundred in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from parvis.domain.funding.models import Application, Attachment, Submission
from parvis.domain.funding.queries.files import form_read
from parvis.domain.funding.queries.forms import Form

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class WholeFile:
    """A file with what was last sent of it."""

    file: Application
    form: Form
    answers: Mapping[str, Any]
    digest: str
    turns: int
    documents: tuple[Attachment, ...]


def whole_files(rows: QuerySet[Application]) -> Iterator[WholeFile]:
    """Each file of a list in its order. What was chosen when the reading began is read to its end."""
    keys = list(rows.values_list("pk", flat=True))
    papers = Prefetch("attachments", queryset=Attachment.objects.select_related("document").order_by("code"))
    for first in range(0, len(keys), _AT_ONCE):
        some = keys[first : first + _AT_ONCE]
        held = rows.model._default_manager.filter(pk__in=some).select_related("body", "call__subject", "form")
        found = {file.pk: file for file in held.defer("form__definition").prefetch_related(papers)}
        last: dict[Any, Submission] = {}
        for sent in Submission.objects.filter(application__in=some).order_by("turn"):
            last[sent.application_id] = sent
        for key in some:
            if key in found and key in last:
                yield _whole(found[key], last[key])


def _whole(file: Application, sent: Submission) -> WholeFile:
    documents = tuple(file.attachments.all())
    return WholeFile(file, form_read(file.form_id), sent.content["answers"], sent.digest, sent.turn, documents)


def forms_of(rows: QuerySet[Application]) -> list[Form]:
    """The forms that files of a list were written on, the latest first."""
    held = rows.order_by().values_list("form", flat=True).distinct()
    return [form_read(form) for form in sorted(held, reverse=True)]
