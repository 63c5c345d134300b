"""A long page folded by section: each has its count, and words asked for leave only what holds them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from parvis.doors.portal.page import Page
from parvis.foundation.values.text import fold

#: With no more entries than this, nothing is folded.
FEW = 30
_LONGEST = 200
T = TypeVar("T")


def asked(page: Page) -> str:
    """Words looked for in this page."""
    return page.request.GET.get("q", "").strip()[:_LONGEST]


def holding(words: str, entries: Iterable[T], said: Callable[[T], Iterable[Any]]) -> list[T]:
    """Entries that say all these words, in any spelling; all entries when none is asked for."""
    wanted = fold(words).split()
    if not wanted:
        return list(entries)
    return [entry for entry in entries if all(word in fold(_joined(said(entry))) for word in wanted)]


def _joined(parts: Iterable[Any]) -> str:
    return " ".join(" ".join(part.values()) if isinstance(part, dict) else str(part or "") for part in parts)


def opened(words: str, count: int) -> bool:
    """Whether the sections stand open: what was looked for is seen at once, and a short page has no folds."""
    return bool(words) or count <= FEW
