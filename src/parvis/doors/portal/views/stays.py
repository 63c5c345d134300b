"""Stays of researchers and students: how many by country and by field, year by year. Nobody is named."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.answers import answer
from parvis.doors.portal.page import Page
from parvis.doors.portal.section_words import section_word
from parvis.doors.portal.shown.cites import Shown

from .money import trail

_KINDS = ("research_stay", "student_mobility")


def index(page: Page) -> HttpResponse:
    rows = [row for row in page.rows("stays") if int(row["year"]) <= page.shown_day.year]
    calls = [card for card in page.release.each("call", lang=page.language) if card["kind"] in _KINDS]
    page.hold(card["key"] for card in calls)
    facts = {
        "title": section_word("stays"),
        "trail": trail(page),
        "kinds": [_kind(page, kind, [row for row in rows if row["kind"] == kind]) for kind in _KINDS],
        "calls": [link for card in calls if (link := page.link(card["key"]))],
        "csv": "/data/current/tables/stays.csv",
    }
    return answer(page, "portal/stays.html", facts)


def _kind(page: Page, kind: str, rows: list[dict[str, Any]]) -> Shown:
    heads = {
        "research_stay": (_("Country they come from"), _("Field of research")),
        "student_mobility": (_("Country they go to"), _("Field of study")),
    }[kind]
    years = sorted({int(row["year"]) for row in rows})
    tables = zip(("country", "field"), heads, strict=True)
    return {
        "word": wording.kind("call", kind, page.language),
        "years": years,
        "tables": [_table(page, by, head, [row for row in rows if row["by"] == by], years) for by, head in tables],
    }


def _table(page: Page, by: str, head: str, rows: list[dict[str, Any]], years: list[int]) -> Shown:
    values = sorted({row["value"] for row in rows}, key=lambda value: (not value, -_sum(rows, value), value))
    most = max((_sum(rows, value) for value in values), default=1)
    return {
        "head": head,
        "rows": [
            {
                "word": _word(page, by, value),
                "cells": [_sum(rows, value, year) for year in years],
                "whole": _sum(rows, value),
                "width": str(round(_sum(rows, value) / most * 1000)),
            }
            for value in values
        ],
        "totals": [sum(int(row["stays"]) for row in rows if int(row["year"]) == year) for year in years],
        "total": sum(int(row["stays"]) for row in rows),
    }


def _sum(rows: Iterable[dict[str, Any]], value: str, year: int | None = None) -> int:
    return sum(int(row["stays"]) for row in rows if row["value"] == value and year in (None, int(row["year"])))


def _word(page: Page, by: str, value: str) -> str:
    if not value:
        return _("All others")
    return wording.country(value, page.language) if by == "country" else wording.discipline(value, page.language)
