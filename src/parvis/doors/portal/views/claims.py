"""Who claims "first", and on what proof."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.doors.portal import wording
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown.cites import Shown
from parvis.doors.portal.shown.docs import children, fact
from parvis.doors.portal.shown.rows import row_of
from parvis.doors.portal.shown.sheet import found
from parvis.foundation.values import PartialDate, in_language

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


#: Kinds of claim that somebody gave: without a giver they are said unsourced.
_GIVEN = frozenset({"title", "rank"})


def age(page: Page, doc: Any) -> str:
    """How old a rank or a title is on the day shown: an old one is not read as today's."""
    made = PartialDate.parse(fact(doc, "as_of")).latest
    if made is None:
        return ""
    day = page.shown_day
    years = day.year - made.year - ((day.month, day.day) < (made.month, made.day))
    return ngettext("%(n)s year old", "%(n)s years old", years) % {"n": years} if years > 0 else ""


def unsourced(doc: Any) -> bool:
    """Whether a title or a rank stands without anyone named who gave it."""
    return doc.get("kind") in _GIVEN and not fact(doc, "given_by")


def row(page: Page, card: dict[str, Any]) -> Shown:
    doc = card["doc"]
    proof = evidence_of(page, doc)
    return row_of(page, card) | {
        "state": state_of(page, doc),
        "when": fact(doc, "as_of") or "",
        "scope": fact(doc, "scope") or {},
        "note": _said_beside(page, doc, proof),
    }


def _said_beside(page: Page, doc: Any, proof: list[Shown]) -> str:
    said = [] if proof else [_("No proof on file")]
    if unsourced(doc):
        said = [_("Unsourced: who gave it is not named")]
    return " · ".join(part for part in (*said, age(page, doc)) if part)


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
    )
    proof = evidence_of(page, doc)
    given = fact(doc, "given_by")
    more = [{"word": _("Given by"), **({"words": given} if given else {"unknown": _("Not named: unsourced")})}]
    if said := age(page, doc):
        more.append({"word": _("Age"), "text": said})
    return record_page(
        page,
        doc,
        glance,
        state=state_of(page, doc),
        evidence=proof,
        evidence_title=_("Proof"),
        no_proof=not proof,
        more_glance=more,
    )
