"""The plan of a project: its steps, those that are late, and who pays for it, confirmed or not."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from parvis.doors.portal import wording
from parvis.doors.portal.page import Page
from parvis.foundation.values import PartialDate

from .cites import Shown, cite_row
from .docs import Doc, children, fact

_GIVEN = ("awarded", "closed")
ZERO = Decimal(0)


def milestones(page: Page, doc: Doc) -> list[Shown]:
    """Steps in their order, each done, late or to come on the day shown."""
    return [
        {
            "words": row["words"],
            "who": page.link(row["who"]) if row["who"] else None,
            "due": row["due"] or "",
            "done": row["done"] or "",
            "late": not row["done"] and _gone_by(page, row["due"]),
            "cites": cite_row(page, row),
        }
        for row in children(doc, "milestones")
    ]


def funding(page: Page, doc: Doc) -> Shown | None:
    """Who pays how much, confirmed or not; the City's money counts once, whatever grants carry it."""
    rows = children(doc, "funding")
    cost = fact(doc, "cost")
    if not rows and cost is None:
        return None
    lines = [_line(page, row) for row in rows]
    whole = None if cost is None else Decimal(str(cost))
    asked, confirmed, paid = (_total(lines, name) for name in ("asked", "confirmed", "paid"))
    return {
        "lines": lines,
        "cost": whole,
        "currency": fact(doc, "currency") or page.release.city.get("currency") or "EUR",
        "legal_form": fact(doc, "legal_form") or {},
        "asked": asked,
        "confirmed": confirmed,
        "paid": paid,
        "gap": max(whole - asked, ZERO) if whole is not None else ZERO,
        "granted": _granted(page, str(doc["key"])),
    }


def _line(page: Page, row: dict[str, Any]) -> Shown:
    asked, confirmed, paid = (_amount(row[f"amount_{name}"]) for name in ("asked", "confirmed", "paid"))
    sure = confirmed is not None and asked is not None and confirmed >= asked
    return {
        "link": page.link(row["body"]),
        "form": wording.of_group("project", "form", row["form"], page.language),
        "asked": asked,
        "confirmed": confirmed,
        "paid": paid,
        "sure": sure,
        "when": row["confirmed"] or "",
        "deadline": row["deadline"] or "",
        "late": not sure and _gone_by(page, row["deadline"]),
        "condition": row["condition"] or {},
        "cites": cite_row(page, row),
    }


def _amount(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _total(lines: list[Shown], name: str) -> Decimal:
    return sum((line[name] or ZERO for line in lines), ZERO)


def _granted(page: Page, key: str) -> Decimal:
    """Grants of the City to the project, which its own line in the plan already holds."""
    rows = page.rows("grants", project=key)
    return sum((_amount(row["amount_voted"]) or ZERO for row in rows if row["state"] in _GIVEN), ZERO)


def _gone_by(page: Page, day: str | None) -> bool:
    last = PartialDate.parse(day).latest if day else None
    return last is not None and last < page.shown_day
