"""Erasing the files of persons at their term: every word of theirs goes, the figures of what was paid stay."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.domain.funding.errors import StepHeldBack
from parvis.domain.funding.models import (
    Answer,
    Application,
    Attachment,
    Letter,
    Message,
    OtherText,
    OutgoingEmail,
    ReportEntry,
    ReportSheet,
    Submission,
    VaultDocument,
)
from parvis.domain.funding.queries.retention import due_for_erasure, rows_of, written_by_the_office
from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal
from parvis.register.history import STAND_IN

from .naming import name_of
from .vault import place_of

Forget = Callable[[str], None]


def erase_due_files(*, forget: Forget, by: User, at: datetime) -> list[Application]:
    """Erase every file of a person whose term has passed, each in its own transaction.

    ``forget`` takes the content of a document out of the vault once nothing of ours names it any more.
    """
    on = timezone.localtime(at).date()
    return [erase_file(file=term.file, forget=forget, by=by, at=at) for term in due_for_erasure(on)]


@transaction.atomic
def erase_file(*, file: Application, forget: Forget, by: User, at: datetime) -> Application:
    """Erase what a person wrote and gave in one file. Its number, its call, its days and its grant stay.

    Raises StepHeldBack where its term has not passed.
    """
    held = Application.objects.select_for_update(of=("self",)).select_related("body").get(pk=file.pk)
    on = timezone.localtime(at).date()
    if held.pk not in {term.file.pk for term in due_for_erasure(on)}:
        raise StepHeldBack(why=_("The term of this file has not passed."))
    gone = rows_of(held)
    _take_documents(held, forget, at)
    Answer.objects.filter(application=held).delete()
    OtherText.objects.filter(application=held).delete()
    OutgoingEmail.objects.filter(application=held).delete()
    Message.objects.filter(application=held).update(words=STAND_IN)
    Letter.objects.filter(line__application=held).update(title=STAND_IN, text=STAND_IN, address="")
    for rows, name in written_by_the_office(held):
        rows.update(**{name: STAND_IN})
    for sent in Submission.objects.filter(application=held):
        Submission.objects.filter(pk=sent.pk).update(content=_emptied(sent.content))
    sheets = ReportSheet.objects.filter(grant__file=held.number)
    ReportEntry.objects.filter(sheet__in=sheets).delete()
    sheets.update(content=None, budget={})
    held.title, held.erased_at = "", at
    held.save(update_fields=["title", "erased_at"])
    _unname(held)
    journal.write("personal file erased", about=name_of(held), by=by, at=at, **gone)
    return held


def _emptied(content: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent without a word of it: its call, its form and its number stay."""
    return {**content, "answers": {}, "documents": [], "body": {"name": STAND_IN, "scheme": "", "number": ""}}


def _take_documents(file: Application, forget: Forget, at: datetime) -> None:
    """Documents that no other file of the person uses leave the vault, with their content."""
    attached = Attachment.objects.filter(application=file)
    documents = list(VaultDocument.objects.filter(uses__in=attached).distinct())
    attached.delete()
    for document in documents:
        if document.uses.exists():
            continue
        digest = document.sha256
        document.title = document.file_name = STAND_IN
        document.removed_at = document.removed_at or at
        document.save(update_fields=["title", "file_name", "removed_at"])
        if not VaultDocument.objects.filter(sha256=digest, removed_at__isnull=True).exists():
            transaction.on_commit(partial(forget, digest))


def _unname(file: Application) -> None:
    """The name under which a person asked goes with the last of their files."""
    if not file.body.applications.filter(erased_at__isnull=True).exists():
        file.body.name, file.body.town = f"{STAND_IN} {file.body.pk}", ""
        file.body.save(update_fields=["name", "town"])


def forgotten_in(vault: Path) -> Forget:
    """How a content is taken out of the vault."""

    def forget(sha256: str) -> None:
        place_of(vault, sha256).unlink(missing_ok=True)

    return forget
