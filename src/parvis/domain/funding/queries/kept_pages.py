"""Pages posted without a session, as their writers find them again."""

from __future__ import annotations

from uuid import UUID

from parvis.domain.funding.models import KeptPage
from parvis.foundation.accounts.models import User


def kept_pages_of(person: User) -> list[KeptPage]:
    """The pages kept for a person, the latest first."""
    return list(KeptPage.objects.filter(person=person))


def kept_page_of(person: User, page: UUID) -> KeptPage | None:
    """A page kept for this person; those of others do not exist."""
    return KeptPage.objects.filter(person=person, pk=page).first()
