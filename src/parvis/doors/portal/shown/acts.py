"""Everything a partner and the city share, in order of time.

A full dot is an act that a source confirms; a hollow one was only announced.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.page import Page
from parvis.doors.ui import spelling
from parvis.doors.ui.templatetags.parvis import told
from parvis.foundation.values import PartialDate

from .cites import Shown, cites
from .docs import Doc, citations, fact, text, when

#: What is no act: it has its own place on the page.
NOT_ACTS = frozenset({"source", "conflict", "indicator", "place", "person", "office", "body"})
MOST = 120
#: What is told by its state as much as by its title.
_TOLD_BY_STATE = frozenset({"agreement", "membership", "promise", "honour"})


def acts_of(page: Page, keys: Iterable[str]) -> list[Shown]:
    """The acts tied to these records, dated ones first in order of time."""
    links: dict[str, dict[str, Any]] = {}
    for key in keys:
        for link in page.release.links(key, lang=page.language, size=MOST, on=page.on):
            if link["noun"] not in NOT_ACTS:
                links.setdefault(link["key"], link)
    docs = page.release.records(links)
    page.hold(told["source"] for doc in docs.values() for told in citations(doc))
    acts = (act_of(page, doc, links[key]) for key, doc in docs.items())
    shown = [act for act in acts if _by_that_day(page, act)]
    return sorted(shown, key=lambda act: (*in_time(act["when"]), act["key"]))


def in_time(when: str) -> tuple[bool, str]:
    """What dates are put in order by: dated ones first; what is only known to be done by a day stands at that day."""
    return not when, PartialDate.parse(when).sort_key.lstrip("/") if when else ""


def act_of(page: Page, doc: Doc, card: dict[str, Any]) -> Shown:
    """One act: when, what, of which theme, how sure."""
    state = card.get("state")
    announced = state in wording.TO_COME
    theme = next(iter(doc.get("themes") or ()), "")
    states = []
    if announced:
        states.append(wording.no_later_source())
    elif doc["noun"] == "claim":
        states.append(wording.claimed_by(""))
    elif doc["noun"] in _TOLD_BY_STATE and state:
        pill = wording.pill(doc["noun"], state, page.language)
        states += [pill] if pill else []
    return {
        "key": doc["key"],
        "noun": doc["noun"],
        "kind": doc.get("kind"),
        "state": state,
        "when": when(doc),
        "signed": str(fact(doc, "signed") or fact(doc, "in_force_from") or ""),
        "title": text(doc, "title") or {card["title_lang"]: card["title"]},
        "address": page.to_record(doc["noun"], doc["key"]),
        "text": voted_to(page, doc) if doc["noun"] == "grant" else text(doc, "summary"),
        "label": wording.noun(doc["noun"], page.language).capitalize(),
        "theme": theme,
        "theme_word": wording.theme(theme, page.language),
        "announced": announced,
        "states": states,
        "cites": cites(page, citations(doc))[:2],
    }


def dated(acts: Iterable[Shown]) -> list[Shown]:
    """Acts with a day of their own: an agreement that a source merely lists is dated by that source."""
    return [act for act in acts if act["when"] and (act["noun"] != "agreement" or act["signed"])]


def voted_to(page: Page, doc: Doc) -> str:
    """How much was voted, and to whom."""
    voted, body = fact(doc, "amount_voted"), page.link(fact(doc, "beneficiary"))
    if voted in (None, "") or body is None:
        return ""
    amount = spelling.money(Decimal(str(voted)), fact(doc, "currency"), page.language)
    return told(_("%(amount)s voted to %(body)s"), amount=amount, body=body["title"])


def _by_that_day(page: Page, act: Shown) -> bool:
    """Whether the act had begun by the day described; an undated one is never hidden."""
    if page.on is None or not act["when"]:
        return True
    first = PartialDate.parse(act["when"]).earliest
    return first is None or first <= page.on
