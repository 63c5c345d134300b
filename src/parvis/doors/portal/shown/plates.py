"""Plates and charts of the release, with the words that go with them."""

from __future__ import annotations

from typing import Any

from parvis.doors.portal.page import Page

Shown = dict[str, Any]


def plate(page: Page, name: str) -> Shown | None:
    """A drawing in its wide and narrow versions; None when the release holds none."""
    wide = page.release.drawing(name, page.language)
    if wide is None:
        return None
    narrow = page.release.drawing(f"{name}-narrow", page.language)
    return {**wide["meta"], "wide": wide["svg"], "narrow": narrow["svg"] if narrow else ""}
