"""Who claims "first", and on what proof."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown.cites import Shown
from parvis.doors.portal.shown.docs import children, fact
from parvis.doors.portal.shown.rows import row_of
from parvis.doors.portal.shown.sheet import found
from parvis.foundation.values import in_language

from .lists import List, list_page
from .sheets import record_page


def state_of(page: Page, doc: Any) -> dict[str, str]:
    """A claim is shown as claimed by someone, unless it is proven."""
    if fact(doc, "state") == "proven":
        return wording.pill("claim", "proven", page.language) or {}
    publisher = page.link(fact(doc, "publisher"))
    who = in_language(publisher["title"], page.language)[0] if publisher else ""
    return wording.claimed_by(who)


def evidence_of(page: Page, doc: Any) -> list[Shown]:
    return [link for row in children(doc, "evidence") if (link := page.link(row["record"]))]


def row(page: Page, card: dict[str, Any]) -> Shown:
    doc = card["doc"]
    proof = evidence_of(page, doc)
    return row_of(page, card) | {
        "state": state_of(page, doc),
        "when": fact(doc, "as_of") or "",
        "scope": fact(doc, "scope") or {},
        "note": "" if proof else _("No proof on file"),
    }


def index(page: Page) -> HttpResponse:
    intro = _(
        "“First”, “only”, “largest”: who says so, when, among what, and what bears it out. None is "
        "repeated here as true unless it is proven."
    )
    return list_page(page, List(("claim",), facets=("kind", "state", "theme"), sort="date", row=row), intro=intro)


def show(page: Page, key: str) -> HttpResponse:
    doc = found(page, key, ("claim",))
    glance = (
        ("publisher", _("Claimed by"), "record"),
        ("as_of", _("On"), "date"),
        ("scope", _("Among"), "words"),
        ("about", _("About"), "?record"),
        ("place_in_rank", _("Rank"), "?years"),
        ("set", _("Out of"), "?words"),
        ("given_by", _("Ranking by"), "words"),
    )
    proof = evidence_of(page, doc)
    return record_page(
        page,
        doc,
        glance,
        state=state_of(page, doc),
        evidence=proof,
        evidence_title=_("Proof"),
        no_proof=not proof,
    )
