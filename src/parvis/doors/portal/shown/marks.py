"""The mark of a label on the day shown: held, ended, taken away, or of an end that no source gives."""

from __future__ import annotations

from parvis.doors.portal import wording
from parvis.doors.portal.page import Page
from parvis.foundation.values import PartialDate

from .cites import Shown
from .docs import Doc, fact, text


def standing_of(page: Page, doc: Doc) -> str:
    """``held``, ``ended``, ``removed``, ``to_come``, or ``unknown`` where no source says until when."""
    if _begun(page, fact(doc, "removed")):
        return "removed"
    given = PartialDate.parse(fact(doc, "given")) if fact(doc, "given") else None
    if given is not None and given.earliest is not None and given.earliest > page.shown_day:
        return "to_come"
    until = fact(doc, "until")
    if not until:
        return "unknown"
    last = PartialDate.parse(until).latest
    return "ended" if last is not None and last < page.shown_day else "held"


def _begun(page: Page, day: str | None) -> bool:
    first = PartialDate.parse(day).earliest if day else None
    return first is not None and first <= page.shown_day


def mark(page: Page, doc: Doc) -> Shown:
    """One mark as lists show it."""
    holder, programme, grant, place = (fact(doc, name) for name in ("holder", "programme", "grant", "place"))
    standing = standing_of(page, doc)
    return {
        "key": doc["key"],
        "year": int(fact(doc, "year") or 0),
        "title": text(doc, "title"),
        "address": page.to_record("label", str(doc["key"])),
        "holder": page.link(holder) if holder else None,
        "programme": page.link(programme) if programme else None,
        "grant": page.link(grant) if grant else None,
        "place": page.link(place) if place else None,
        "country": wording.country(code, page.language) if (code := fact(doc, "country")) else "",
        "given": fact(doc, "given") or "",
        "until": fact(doc, "until") or "",
        "standing": standing,
        "pill": wording.mark_standing(standing),
    }


def marks_of(page: Page, body: str) -> list[Shown]:
    """The marks a body holds or held, the latest first."""
    rows = page.rows("labels", holder=body)
    docs = [doc for row in rows if (doc := page.release.record(row["key"]))]
    return sorted((mark(page, doc) for doc in docs), key=lambda one: (-one["year"], one["key"]))
