"""Pages posted without a session, as their writers find them again."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from parvis.domain.funding.models import KeptPage
from parvis.foundation.accounts.models import User

#: What stands beside the fields of a page of a form, and is no word of anybody.
_BESIDE = ("r:", "s:", "v:", "-")
#: What a page says of itself: what is to be done, to which revision, where to go next.
_TOOLS = frozenset({"do", "seen", "seen_revision", "state", "next", "go", "stay", "step", "language"})


def kept_pages_of(person: User) -> list[KeptPage]:
    """The pages kept for a person, the latest first."""
    return list(KeptPage.objects.filter(person=person))


def kept_page_of(person: User, page: UUID) -> KeptPage | None:
    """A page kept for this person; those of others do not exist."""
    return KeptPage.objects.filter(person=person, pk=page).first()


def is_word(name: str, values: Sequence[str]) -> bool:
    """Whether a field of a page holds something its reader wrote, and no tool of the page."""
    return name not in _TOOLS and not name.startswith(_BESIDE) and any(value.strip() for value in values)
