"""What of the city's action is filed in the registers of others: their reference, the day, and what differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from parvis.doors.portal.page import Page

from .cites import Shown, cite_row
from .docs import Doc, children, fact


def filed_in(page: Page, membership: Doc) -> list[Shown]:
    """What a member filed in a network's register, as the page of the network shows it."""
    return _shown(page, children(membership, "filings"))


def filed_elsewhere(page: Page, key: str) -> list[Shown]:
    """Where an action of the city is filed: the register first."""
    if not any(table["name"] == "membership_filings" for table in page.release.tables()):
        return []  # a release made before there were any
    rows = page.release.rows("membership_filings", initiative=key)
    found = []
    for row, shown in zip(rows, _shown(page, rows), strict=True):
        membership = page.release.record(row["membership"])
        register = page.link(fact(membership, "network")) if membership else None
        found.append({**shown, "link": register})
    return found


def _shown(page: Page, rows: Iterable[Mapping[str, Any]]) -> list[Shown]:
    return [
        {
            "link": page.link(row.get("initiative")),
            "words": row.get("words") or {},
            "goal": row.get("goal") or {},
            "baseline": row.get("baseline") or {},
            "target_year": row.get("target_year"),
            "filed": row.get("filed") or "",
            "reference": row.get("reference") or "",
            "compared": row.get("compared") or "",
            "differs": row.get("differs") or {},
            "cites": cite_row(page, row),
        }
        for row in rows
    ]
