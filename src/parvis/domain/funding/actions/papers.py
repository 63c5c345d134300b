"""Letting a paper through to reviewers, or keeping it from them: an officer's word, with what was found in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from parvis.domain.funding.actions.whole import not_too_long
from parvis.domain.funding.errors import NamesFound
from parvis.domain.funding.models import Application, Attachment, PaperVerdict
from parvis.domain.funding.queries.papers import Naming
from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal


@transaction.atomic
def judge_paper(
    *, attachment: Attachment, found: Sequence[Naming], unread: bool, shown: bool, reason: str, by: User, at: datetime
) -> PaperVerdict:
    """Say whether reviewers may read a paper. Raises NamesFound: what names somebody, or is unread, needs a reason.

    What was found is kept by kind and place; the words themselves stay in the paper.
    """
    file = Application.objects.select_for_update(of=("self",), no_key=True).get(pk=attachment.application_id)
    held = Attachment.objects.select_related("document").get(pk=attachment.pk)
    if shown and (found or unread) and not reason.strip():
        raise NamesFound(count=len(found))
    told = [{"kind": one.kind, "where": one.where, "place": one.place} for one in found]
    row = PaperVerdict.objects.create(
        application=file, code=held.code, sha256=held.document.sha256, found=told, unread=unread, shown=shown,
        reason=not_too_long(reason), given_at=at, given_by=by,
    )  # fmt: skip
    said = "paper let through to reviewers" if shown else "paper kept from reviewers"
    journal.write(
        said, about=file.number or str(file.pk), by=by, at=at, place=held.code, paper=held.document.sha256,
        found=len(told), unread=unread, reason=journal.digest_of(row.reason),
    )  # fmt: skip
    return row
