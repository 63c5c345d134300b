"""Where the money comes from: the levies, their rules, their years, and what each pays for."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal.answers import answer
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown import levies as levies_
from parvis.doors.portal.shown import sheet as sheets
from parvis.doors.portal.shown.docs import Doc, fact
from parvis.doors.portal.shown.grants import grants_of
from parvis.doors.portal.shown.sheet import found, section_word
from parvis.doors.portal.views.money import figures_about, trail
from parvis.doors.portal.views.sheets import record_page
from parvis.publication.reader import Filters


def index(page: Page) -> HttpResponse:
    facts = {
        "title": section_word("levies"),
        "trail": trail(page),
        "levies": [levies_.line(page, doc) for doc in levies_.levies(page)],
    }
    return answer(page, "portal/levies.html", facts)


def show(page: Page, key: str) -> HttpResponse:
    doc = found(page, key, ("levy", "envelope"))
    if doc["noun"] == "levy":
        return _levy(page, doc)
    return _envelope(page, doc)


def _levy(page: Page, doc: Doc) -> HttpResponse:
    programme = fact(doc, "programme")
    glance = (
        ("programme", _("Pays for"), "record"),
        ("run_by", _("Run by"), "record"),
        ("since", _("Since"), "date"),
        ("until", _("Until"), "?date"),
    )
    shown = sheets.sheet(page, doc, glance)
    shown["trail"] = _trail(page, doc)
    facts = {
        "sheet": shown,
        "rules": levies_.rules(page, doc),
        "years": levies_.years(page, doc),
        "planned": levies_.plan(page, doc),
        "sums": [figure for figure in figures_about(page, programme) if figure["money"]] if programme else [],
        "counted": [figure for figure in figures_about(page, programme) if not figure["money"]] if programme else [],
        "paid_projects": levies_.projects(page, programme),
        "grants": levies_.paid_grants(page, doc),
        "has_household": doc.get("kind") in ("water", "sanitation"),
        "pilot": bool(fact(doc, "pilot")),
    }
    return answer(page, "portal/levy.html", facts)


def _envelope(page: Page, doc: Doc) -> HttpResponse:
    """An envelope: what it is, and the grants it gave."""
    glance = (
        ("levy", _("Levy"), "record"),
        ("year", _("Year"), "text"),
        ("programme", _("Call or fund"), "?record"),
    )
    grants = grants_of(page, Filters(funds=(doc["key"],)), fund=doc["key"])
    return record_page(page, doc, glance, grants=grants)


def _trail(page: Page, doc: Doc) -> list[dict[str, str]]:
    here = {"word": str((page.card(doc["key"]) or {}).get("title", "")), "address": ""}
    return trail(page, {"word": section_word("levies"), "address": page.to("levies")}, here)
