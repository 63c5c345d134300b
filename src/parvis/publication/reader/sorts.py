"""The orders in which a list can be read."""

from __future__ import annotations

from .schema import LANGUAGES

#: Names a list may be sorted by. ``name`` follows the reader's language; ``date`` puts the
#: latest first, ``amount`` the largest.
SORTS = ("name", "date", "oldest", "country", "kind", "updated", "amount")


def rank_name(sort: str, language: str) -> str:
    """Name under which the order is stored."""
    if sort == "name":
        return f"name_{language if language in LANGUAGES else 'en'}"
    return sort


#: Orders kept in a release; ``weight`` puts the records with most ties first.
STORED = (*(rank_name("name", language) for language in LANGUAGES), *SORTS[1:], "weight")
