"""A row and what was found about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from parvis.exchange.inbound.enums import RowVerdict


@dataclass(slots=True)
class Judged:
    """A row with its verdict, ready to be shown and, if a person accepts it, written.

    ``alike`` are records it may be, each with the reason. ``made`` are fields we filled for want of the row's words.
    ``ours`` where the row comes from a file of ours, by the identifier it bears. ``first_key``: the key it was given
    when keys of such records were still made of their titles.
    """

    number: int
    verdict: RowVerdict
    key: str = ""
    title: str = ""
    token: str = ""
    content: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] | None = None
    seen_revision: int | None = None
    problems: list[dict[str, str]] = field(default_factory=list)
    doubles: list[dict[str, str]] = field(default_factory=list)
    amounts: dict[str, str] = field(default_factory=dict)
    alike: dict[str, str] = field(default_factory=dict)
    made: frozenset[str] = frozenset()
    ours: bool = False
    first_key: str = ""
