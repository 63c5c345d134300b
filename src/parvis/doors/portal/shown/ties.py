"""Which cities the city is tied to, and how: told once by the release, for its map and its list alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from parvis.doors.portal.page import Page

#: The strongest first; the shape a mark has on the maps.
TIES = ("agreement", "project", "other")


def ties_of(page: Page) -> dict[str, dict[str, Any]]:
    """By key of the city: its strongest tie, and the records that make each. Withdrawn cities are absent."""
    told = page.release.drawing("ties", "")
    return dict(told["meta"]["ties"]) if told else {}


def tie_word(tie: str) -> str:
    return {
        "agreement": _("Agreement"),
        "project": _("Project, no agreement known"),
        "other": _("Other tie"),
    }[tie]


def records_of(ties: Iterable[dict[str, Any]]) -> list[str]:
    """Keys of the records that make these ties."""
    return [key for tie in ties for keys in tie["records"].values() for key in keys]


def on_day(page: Page, told: dict[str, Any], cards: Mapping[str, dict[str, Any]]) -> dict[str, Any] | None:
    """The ties that had begun by the day described; an undated one is never hidden."""
    if page.on is None:
        return told
    last = page.on.isoformat()
    records: dict[str, list[str]] = {}
    for tie, keys in told["records"].items():
        begun = [key for key in keys if key in cards and (cards[key]["from_day"] or "") <= last]
        if begun:
            records[tie] = begun
    strongest = next((tie for tie in TIES if tie in records), None)
    return {"tie": strongest, "records": records} if strongest else None
