"""Keeping what was posted without a session, until its writer has signed in again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from parvis.domain.funding.models import KeptPage
from parvis.domain.funding.queries.kept_pages import is_word
from parvis.foundation.accounts.hands import HAND, writer_of
from parvis.foundation.accounts.models import User

_OURS = frozenset({"csrfmiddlewaretoken", HAND, "-kept"})
#: Pages kept for one person: a page that is posted again and again fills no disk.
MOST_KEPT = 20


def keep_posted(
    *, hand: str, address: str, posted: Mapping[str, Sequence[str]], with_files: bool, at: datetime
) -> KeptPage | None:
    """Keep a page that was posted, for the person it was made for; nothing where they are not known or said nothing."""
    writer = writer_of(hand)
    words = [(name, values) for name, values in posted.items() if name not in _OURS and "password" not in name]
    if writer is None or not any(is_word(name, values) for name, values in words):
        return None
    return keep_page(person=writer, address=address[:300], words=words, with_files=with_files, at=at)


@transaction.atomic
def keep_page(
    *, person: User, address: str, words: Sequence[tuple[str, Sequence[str]]], with_files: bool, at: datetime
) -> KeptPage:
    """Keep a page as it was posted. The same page kept twice is one; beyond the last twenty the oldest go."""
    said = [[name, list(values)] for name, values in words]
    kept, new = KeptPage.objects.get_or_create(
        person=person, address=address, words=said, defaults={"with_files": with_files, "kept_at": at}
    )
    if new:
        older = KeptPage.objects.filter(person=person).values_list("pk", flat=True)[MOST_KEPT:]
        KeptPage.objects.filter(pk__in=list(older)).delete()
    return kept


def drop_page(*, page: UUID, by: User) -> None:
    """Forget a page of one's own: its words were put back, or are not wanted any more."""
    KeptPage.objects.filter(pk=page, person=by).delete()


def forget_pages(*, before: datetime) -> None:
    """Forget pages whose writers did not come back for them."""
    KeptPage.objects.filter(kept_at__lt=before).delete()
