"""Figures that the records themselves can count: what is published, beside what is counted here."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from parvis.doors.portal import wording
from parvis.doors.portal.page import Page

from . import values
from .cites import Shown


def counted_as(page: Page, code: str) -> Shown | None:
    """The published figure that answers to this count, and how many records bear it out, if there is one."""
    row = next(iter(page.rows("indicators", counted_as=code)), None)
    doc = page.release.record(row["key"]) if row else None
    if doc is None:
        return None
    figure = values.figure(page, doc)
    found = [{**check, "of_another": _of_another(page, check, figure)} for check in checks(doc)]
    return {"figure": figure, "checks": found}


def _of_another(page: Page, check: Shown, figure: Shown | None) -> str:
    """What a check is of, where it is of another published value than the one shown; one page may say two."""
    if figure and _is_of(check, figure["value"]):
        return ""
    return f"{wording.qualifier(check['qualifier'], page.language)} {check['claimed']}".strip()


def _is_of(check: Shown, value: Shown) -> bool:
    """Whether a check is of the value shown; one page may say two numbers on the same day."""
    same_day = check["as_of"] == value.get("when")
    return same_day and bool(value.get("exact")) and Decimal(check["claimed"]) == Decimal(value["exact"])


def checks(doc: Any) -> list[Shown]:
    """For each published value, how many records there are, and whether they contradict it."""
    return [dict(row) for row in doc.get("rows", {}).get("figure_checks", ())]


def headline(page: Page) -> list[Shown]:
    """The figures shown first, in their order."""
    ordered = sorted(page.rows("indicators", headline=1), key=lambda row: (row.get("order") or 0, row["key"]))
    docs = (page.release.record(row["key"]) for row in ordered)
    return [shown for doc in docs if doc and (shown := values.figure(page, doc))]
