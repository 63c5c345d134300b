"""A section's list: the same shape for all, with filters that live in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal import asking, wording
from parvis.doors.portal.answers import answer
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown.drawn import Line, drawn
from parvis.doors.portal.shown.rows import Row, row_of, rows_of
from parvis.doors.portal.shown.sheet import notices, section_word


@dataclass(frozen=True)
class List:
    """How a section lists its records."""

    nouns: tuple[str, ...]
    facets: tuple[str, ...] = ("kind", "theme")
    sort: str = "name"
    row: Row = row_of
    #: How a row is drawn once for all; none where the page's own template goes through the rows.
    line: Line | None = None
    template: str = "portal/list.html"
    formats: tuple[str, ...] = ("csv", "json")
    fixed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    #: Words of the query that another part of the page understands.
    more_words: tuple[str, ...] = ()
    #: What a section does with the list once it is read.
    arranged: Callable[[Page, dict[str, Any]], dict[str, Any]] | None = None
    sorts: tuple[str, ...] = ("name", "date")
    fetched: Callable[[Page, Sequence[dict[str, Any]]], None] | None = None


def list_page(page: Page, plan: List, /, *, intro: str = "", title: str = "", **more: Any) -> HttpResponse:
    """The page of a list."""
    return answer(
        page,
        plan.template,
        {
            **(plan.arranged(page, listed(page, plan)) if plan.arranged else listed(page, plan)),
            "intro": intro,
            "title": title or section_word(page.section),
            "notices": notices(page, page.request.GET.getlist("theme")),
            **more,
        },
    )


def listed(page: Page, plan: List) -> dict[str, Any]:
    """Everything a list shows: rows, count, filters, pages, and why it is empty when it is."""
    asked = asking.asked_of(page, plan.nouns, sort=plan.sort, fixed=plan.fixed, understood=plan.more_words)
    listing = asking.answered(page, asked, docs=plan.line is None)
    if plan.fetched:
        plan.fetched(page, listing.rows)
    return {
        **_rows(page, listing.rows, plan),
        "total": listing.total,
        "counted": wording.noun(plan.nouns[0], page.language, listing.total),
        "listing": asking.paged(page, listing),
        "facets": asking.facets_shown(page, asked, listing, plan.facets, words=plan.words, kept=_kept(page, plan)),
        "empty": None if listing.total else asking.emptied(page, asked),
        "formats": [{"name": name.upper(), "address": page.in_format(name)} for name in (*plan.formats, "atom")],
        "sorts": sorts(page, asked.sort, plan.sorts),
        "asked": asked,
        "sort": asked.sort,
    }


def _rows(page: Page, cards: Sequence[dict[str, Any]], plan: List) -> dict[str, Any]:
    """The rows, as lines drawn once or as the facts of each; and whether none of them says when."""
    if plan.line:
        lines = drawn(page, cards, plan.line)
        return {"lines": lines, "undated": not any(line.dated for line in lines)}
    rows = rows_of(page, cards, plan.row)
    return {"rows": rows, "undated": not any(row.get("when") for row in rows)}


def sorts(page: Page, chosen: str, offered: Sequence[str]) -> list[dict[str, Any]]:
    words = {
        "name": _("by name"),
        "date": _("by date"),
        "amount": _("by amount"),
        "country": _("by country"),
    }
    return [
        {
            "code": code,
            "word": words[code],
            "address": page.with_query({"sort": code, "page": ""}),
            "chosen": code == chosen,
        }
        for code in offered
    ]


def _kept(page: Page, plan: List) -> list[tuple[str, str]]:
    """What the form of filters must carry along."""
    query = page.request.GET
    names = [name for name in plan.more_words if query.get(name)]
    return [(name, query[name]) for name in names]
