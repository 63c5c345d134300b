"""What the city gives abroad in a year, across all its tools: each line, and what the lines come to."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal.answers import NotHere, answer
from parvis.doors.portal.page import Page
from parvis.doors.portal.section_words import section_word
from parvis.doors.portal.shown.budget import BudgetYear, budget_years
from parvis.doors.portal.shown.cites import Shown
from parvis.doors.portal.shown.plates import plate

from .money import trail


def index(page: Page) -> HttpResponse:
    """Every year beside the totals that were published of it."""
    facts = {
        "title": section_word("budget"),
        "trail": trail(page),
        "years": [_shown(page, year) for year in budget_years(page)],
        "chart": plate(page, "grants-by-year") if page.on is None else None,
    }
    return answer(page, "portal/budget.html", facts)


def show(page: Page, key: str) -> HttpResponse:
    years = budget_years(page)
    year = next((year for year in years if str(year.year) == key), None)
    if year is None:
        raise NotHere
    others = [
        {"word": str(one.year), "address": page.to("budget", str(one.year)), "current": one is year}
        for one in reversed(years)
    ]
    facts = {
        "title": _("%(year)s, line by line") % {"year": key},
        "trail": trail(
            page,
            {"word": section_word("budget"), "address": page.to("budget")},
            {"word": key, "address": ""},
        ),
        "year": _shown(page, year),
        "persons": [row for row in page.rows("grants_to_persons") if int(row["year"]) == year.year],
        "others": others,
    }
    return answer(page, "portal/budget_year.html", facts)


def _shown(page: Page, year: BudgetYear) -> Shown:
    most = max(
        (amount for line in year.lines for amount in (line.voted, line.committed, line.paid) if amount), default=1
    )
    return {
        "year": year.year,
        "address": page.to("budget", str(year.year)),
        "currency": year.currency,
        "lines": [
            (line, str(round((line.committed or line.paid or 0) / most * 1000)))
            for line in year.lines
        ],
        "voted": year.voted,
        "committed": year.committed,
        "paid": year.paid,
        "recovered": year.recovered,
        "partly": year.partly,
        "published": [
            said | {"difference": None if year.committed is None else year.committed - said["amount"]}
            for said in year.published
        ],
    }  # fmt: skip
