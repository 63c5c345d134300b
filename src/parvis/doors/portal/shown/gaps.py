"""What could not be found about a partner: said where the reader would look for it, never left blank."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from parvis.doors.portal.page import Page
from parvis.doors.ui.templatetags.parvis import told
from parvis.foundation.values import PartialDate, Precision

from .cites import Shown
from .docs import children, fact

MOST_NAMED = 6


def gaps_of(page: Page, acts: Sequence[Shown], *, with_money: bool = False) -> list[str]:
    """Sentences, the most important first."""
    gaps: list[str] = []
    agreements = [act for act in acts if act["noun"] == "agreement"]
    for act in agreements[:3]:
        gaps += _of_agreement(page, act["key"])
    if not agreements:
        gaps.append(_("Any signed agreement"))
    if not with_money and not any(_has_money(page, act["key"]) for act in acts):
        gaps.append(_("Any sum given or received"))
    announced = [act for act in acts if act["announced"]]
    for act in announced[:MOST_NAMED]:
        gaps.append(told(_("What became of: %(title)s"), title=act["title"]))
    undated = sum(not act["when"] for act in acts)
    if undated:
        gaps.append(_("The date of some acts listed here without one"))
    return list(dict.fromkeys(gaps))


def _of_agreement(page: Page, key: str) -> list[str]:
    doc = page.release.record(key)
    if doc is None:
        return []
    gaps = []
    signed = fact(doc, "signed")
    if not signed:
        gaps.append(_("The agreement itself: when it was signed"))
    elif PartialDate.parse(signed).precision is not Precision.DAY:
        gaps.append(_("The agreement itself: the day it was signed"))
    if not fact(doc, "until") and not fact(doc, "term_years") and fact(doc, "renewal") in (None, "", "unknown"):
        gaps.append(_("Its term, and whether it is renewed"))
    if not children(doc, "clauses"):
        gaps.append(_("Its text"))
    return gaps


def _has_money(page: Page, key: str) -> bool:
    doc = page.release.record(key) or {}
    return any(said.get("currency") for said in doc.get("statements") or ())
