"""What was done, told for everyone; each story leads to the records it tells of."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal.page import Page
from parvis.doors.portal.shown.acts import acts_of
from parvis.doors.portal.shown.cites import Shown
from parvis.doors.portal.shown.docs import children, fact, text
from parvis.doors.portal.shown.rows import row_of
from parvis.doors.portal.shown.sheet import found
from parvis.foundation.values import PartialDate

from .lists import List, list_page
from .sheets import record_page


def about(page: Page, doc: Any) -> list[Shown]:
    return [link for row in children(doc, "about") or children(doc, "subjects") if (link := page.link(row["record"]))]


def later(page: Page, doc: Any) -> list[Shown]:
    """What changed after the story was last written: records it tells of that were amended, and what came of them."""
    written = doc.get("updated") or ""
    told: dict[str, Shown] = {}
    for line in children(doc, "about") or children(doc, "subjects"):
        record, link = page.release.record(line["record"]), page.link(line["record"])
        if record and link and (record.get("updated") or "") > written:
            told[link["key"]] = {**link, "when": record["updated"][:10], "word": _("the record was amended")}
        told |= _came_after(page, doc, line["record"])
    return sorted(told.values(), key=lambda one: (one["when"], one["key"]))


def _came_after(page: Page, doc: Any, key: str) -> dict[str, Shown]:
    """Acts tied to a record of the story that are dated after the story's own day."""
    day = PartialDate.parse(fact(doc, "day")).latest if fact(doc, "day") else None
    if day is None:
        return {}
    return {
        act["key"]: {**act, "word": act["label"]}
        for act in acts_of(page, [key])
        if act["key"] != doc["key"] and act["when"] and (PartialDate.parse(act["when"]).earliest or day) > day
    }


def row(page: Page, card: dict[str, Any]) -> Shown:
    return row_of(page, card) | {"when": fact(card["doc"], "day") or "", "links": about(page, card["doc"])}


def index(page: Page) -> HttpResponse:
    intro = _("What was done, told for everyone. Each story leads to the records it tells of, and to what came after.")
    return list_page(page, List(("story",), facets=("theme",), sort="date", row=row), intro=intro)


def show(page: Page, key: str) -> HttpResponse:
    doc = found(page, key, ("story",))
    return record_page(
        page,
        doc,
        (("day", _("Day"), "?date"),),
        body=fact(doc, "body") or text(doc, "body"),
        body_title="",
        evidence=about(page, doc),
        evidence_title=_("Records it tells of"),
        later=later(page, doc),
    )
