"""What was promised, and what came of it."""

from collections import Counter
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.doors.portal import wording
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown.cites import Shown, cite_row
from parvis.doors.portal.shown.docs import Doc, children, fact
from parvis.doors.portal.shown.rows import row_of
from parvis.doors.portal.shown.sheet import found
from parvis.doors.portal.shown.years import begun_by
from parvis.doors.ui.templatetags.parvis import say
from parvis.foundation.values import PartialDate

from .lists import List, list_page
from .sheets import record_page

OVERDUE, UNPROVEN = "overdue", "unproven"
#: Width of a square with its gap; how few and how many squares fill a row. Beyond, one stands for several.
_SQUARE, _LEAST_SQUARES, _MOST_SQUARES = 14, 24, 60


def steps_of(page: Page, doc: Doc) -> list[dict[str, Any]]:
    """What came of a promise by the day read: on a past day nothing is known of what came later."""
    return begun_by(page.on, children(doc, "steps"), "day")


def proofs_of(page: Page, doc: Doc) -> list[dict[str, Any]]:
    """Evidence of the steps taken by the day read."""
    taken = {step["step"] for step in steps_of(page, doc)}
    return [row for row in children(doc, "evidence") if page.on is None or row["step"] in taken]


def evidence(page: Page, doc: Doc, step: dict[str, Any]) -> list[Shown]:
    """Records that show what a step says."""
    rows = (row for row in children(doc, "evidence") if row["step"] == step["step"])
    return [link for row in rows if (link := page.link(row["record"]))]


def state_of(page: Page, doc: Doc) -> dict[str, str]:
    """Where a promise stands: its latest step, or what the absence of later steps means today."""
    steps = steps_of(page, doc)
    last = steps[-1]["state"] if steps else "said"
    return _said(page, standing(last, fact(doc, "deadline"), page.shown_day, proven=bool(proofs_of(page, doc))))


def _said(page: Page, stands: str) -> dict[str, str]:
    if stands == OVERDUE:
        return {"icon": "clock", "tone": "honey", "word": _("Deadline passed, no evidence")}
    if stands == UNPROVEN:
        return {"icon": "clock", "tone": "", "word": _("No evidence yet")}
    return wording.pill("promise", stands, page.language) or {}


def standing(last: str, deadline: str | None, day: date, *, proven: bool) -> str:
    """Its latest state, or that the deadline has passed, or that nothing shows it yet."""
    if last not in ("said", "planned", "in_progress"):
        return last
    due = PartialDate.parse(deadline).latest if deadline else None
    if due and due < day:
        return OVERDUE
    return last if proven else UNPROVEN


def _standings(page: Page) -> dict[str, str]:
    """Where each promise stands today, the oldest first."""
    release = page.release
    last = dict(release.columns("promise_steps", "promise", "state"))
    proven = {promise for (promise,) in release.columns("promise_evidence", "promise")}
    due = dict(release.columns("promises", "key", "deadline"))
    return {
        key: standing(last.get(key, "said"), due.get(key), page.day, proven=key in proven)
        for key in release.keys("promise", lang=page.language, sort="oldest")
    }


def tallied(page: Page) -> list[Shown]:
    """How many promises stand where, the most first: a square a promise, drawn on one scale."""
    counts = Counter(_standings(page).values()).most_common()
    most = max((count for _stands, count in counts), default=0)
    each = max(1, -(-most // _MOST_SQUARES))
    wide = max(most // each, _LEAST_SQUARES) * _SQUARE
    return [
        {
            "state": _said(page, stands),
            "count": count,
            "squares": range(0, -(-count // each) * _SQUARE, _SQUARE),
            "wide": wide,
        }
        for stands, count in counts
    ]


def chosen(page: Page, most: int) -> list[str]:
    """Keys of a few promises, the oldest first: one of each state, so that none is chosen for its colour."""
    standings = _standings(page)
    keys = list(standings)
    of_state: dict[str, str] = {}
    for key, stands in standings.items():
        of_state.setdefault(stands, key)
    first = list(of_state.values())[:most]
    first += [key for key in keys[:most] if key not in first][: most - len(first)]
    return [key for key in keys if key in set(first)]


def evidence_line(page: Page, doc: Doc) -> str:
    """One line under the state: how much is there to check it by."""
    steps = steps_of(page, doc)
    count = len({row["record"] for row in proofs_of(page, doc)})
    if count:
        return ngettext("%(n)s record as evidence", "%(n)s records as evidence", count) % {"n": count}
    said = next((step["words"] for step in reversed(steps[1:]) if step.get("words")), None)
    return say(said) if said else _("No record filed as evidence")


def row(page: Page, card: dict[str, Any]) -> Shown:
    doc = card["doc"]
    return row_of(page, card) | {
        "when": fact(doc, "made") or "",
        "state": state_of(page, doc),
        "note": evidence_line(page, doc),
        "by": page.link(fact(doc, "made_by")),
    }


def index(page: Page) -> HttpResponse:
    plan = List(("promise",), facets=("state", "theme"), sort="oldest", row=row)
    intro = _(
        "In our own words, with who said it and where. “Kept” is written only when a record shows "
        "it; what its author claims is said to be claimed."
    )
    return list_page(page, plan, intro=intro, tally=[] if page.request.GET else tallied(page))


def show(page: Page, key: str) -> HttpResponse:
    doc = found(page, key, ("promise",))
    steps = [
        {
            "when": step.get("day") or "",
            "state": wording.pill("promise", step["state"], page.language),
            "words": step.get("words") or {},
            "evidence": evidence(page, doc, step),
            "cites": cite_row(page, step),
        }
        for step in steps_of(page, doc)
    ]
    glance = (
        ("made_by", _("Promised by"), "record"),
        ("made", _("On"), "date"),
        ("deadline", _("Due by"), "date"),
        ("measure", _("Measured by"), "record"),
    )
    return record_page(
        page,
        doc,
        glance,
        steps=steps,
        steps_title=_("What came of it"),
        state=state_of(page, doc),
        reply=not any(step["evidence"] for step in steps),
    )
