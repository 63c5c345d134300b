"""Which cities the city is tied to, and how: told once by the release, for its map and its list alike."""

from __future__ import annotations

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


def on_day(page: Page, told: dict[str, Any]) -> dict[str, Any] | None:
    """The ties that had begun by the day described; an undated one is never hidden."""
    if page.on is None:
        return told
    last = page.on.isoformat()
    records: dict[str, list[str]] = {}
    for tie, keys in told["records"].items():
        cards = page.release.cards(keys, lang=page.language)
        begun = [key for key, card in cards.items() if not card["from_day"] or card["from_day"] <= last]
        if begun:
            records[tie] = begun
    strongest = next((tie for tie in TIES if tie in records), None)
    return {"tie": strongest, "records": records} if strongest else None
