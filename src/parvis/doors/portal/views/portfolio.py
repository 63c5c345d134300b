"""The money voted, country by country and year by year; and the results, fund by fund."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from django.http import HttpResponse

from parvis.doors.portal import asking, wording
from parvis.doors.portal.answers import answer
from parvis.doors.portal.page import Page
from parvis.doors.portal.section_words import section_word
from parvis.doors.portal.shown import grants as grants_
from parvis.doors.portal.shown.cites import Shown
from parvis.doors.portal.shown.docs import fact, text
from parvis.doors.portal.shown.plates import plate
from parvis.publication.reader import Filters, Sum

from .money import figures_about, trail

#: Kinds of programmes that give money out, whose results are told.
FUNDS = ("levy", "grants", "emergency_aid", "call", "label", "fund", "mobility", "budget")

#: Units of figures that speak of the need and not of what was reached.
_NO_RESULT = frozenset({"tonnes_per_year"})


def countries(page: Page) -> HttpResponse:
    """A table of countries and years; a fund or a theme narrows it."""
    asked = asking.asked_of(page, ("grant",), sort="amount")
    listing = page.release.listing("grant", lang=page.language, filters=asked.filters, on=page.on, size=1)
    years = sorted(page.release.summed_by("grant", "year", filters=asked.filters, on=page.on))
    by_year = {year: _sums(page, asked.filters, year) for year in years}
    whole = page.release.summed_by("grant", "country", filters=asked.filters, on=page.on)
    ordered = sorted(whole, key=lambda code: (-whole[code].amount, code))
    facts = {
        "title": section_word("countries"),
        "trail": trail(page),
        "facets": asking.facets_shown(page, asked, listing, ("fund", "theme", "year")),
        "years": years,
        "rows": [_row(page, code, whole[code], by_year) for code in ordered],
        "totals": [page.release.summed("grant", filters=replace(asked.filters, years=(y,)), on=page.on) for y in years],
        "total": page.release.summed("grant", filters=asked.filters, on=page.on),
        "unplaced": _unplaced(page, asked.filters, years),
        "currency": grants_.currency_of(page),
        "chart": None if asked.filters.chosen or page.on else plate(page, "grants-by-country"),
        "csv": page.to("grants") + ".csv",
    }
    return answer(page, "portal/countries.html", facts)


def _sums(page: Page, filters: Filters, year: str) -> dict[str, Sum]:
    return page.release.summed_by("grant", "country", filters=replace(filters, years=(year,)), on=page.on)


def _row(page: Page, code: str, whole: Sum, by_year: dict[str, dict[str, Sum]]) -> Shown:
    return {
        "word": wording.country(code, page.language),
        "address": page.to("grants", country=code),
        "cells": [by_year[year].get(code) for year in by_year],
        "whole": whole,
    }


def _unplaced(page: Page, filters: Filters, years: list[str]) -> Shown:
    """What no country is known of: a year's sum less that of the grants that name one."""
    named = filters.countries or tuple(sorted(page.release.values("grant", "country")))
    cells = [_less(page, replace(filters, years=(year,)), named) for year in years]
    return {"cells": cells, "whole": _less(page, filters, named)}


def _less(page: Page, filters: Filters, named: tuple[str, ...]) -> Shown:
    every = page.release.summed("grant", filters=filters, on=page.on)
    placed = page.release.summed("grant", filters=replace(filters, countries=named), on=page.on) if named else None
    nothing = Sum(Decimal(0), 0, 0)
    all_, known = every or nothing, placed or nothing
    return {"amount": all_.amount - known.amount, "counted": all_.counted - known.counted}


def results(page: Page) -> HttpResponse:
    """What each fund is said to have reached. Nothing is added that a source did not add."""
    cards = page.release.each("programme", lang=page.language, sort="oldest", docs=True)
    docs = [card["doc"] for card in cards if card["kind"] in FUNDS]
    funds = [_fund(page, doc) for doc in sorted(docs, key=lambda doc: FUNDS.index(doc["kind"]))]
    facts = {
        "title": section_word("results"),
        "trail": trail(page),
        "funds": [fund for fund in funds if fund["results"] or fund["sums"] or fund["given"]],
        "silent": [fund for fund in funds if not (fund["results"] or fund["sums"] or fund["given"])],
        "currency": grants_.currency_of(page),
    }
    return answer(page, "portal/results.html", facts)


def _fund(page: Page, doc: object) -> Shown:
    """Results of a fund and of the projects it pays for; sums that run over years; grants on record."""
    held = dict(doc)  # type: ignore[call-overload]  # a record
    projects = [row["key"] for row in page.rows("projects", programme=held["key"])]
    figures = [figure for key in (held["key"], *projects) for figure in figures_about(page, key)]
    return {
        "key": held["key"],
        "title": text(held, "title"),
        "kind": wording.kind("programme", held["kind"], page.language),
        "address": page.to_record("programme", held["key"]),
        "since": fact(held, "since") or "",
        "results": [figure for figure in figures if not figure["money"] and figure["unit"] not in _NO_RESULT],
        "sums": [figure for figure in figures if figure["amount_kind"] == "cumulative"],
        "given": page.release.summed("grant", filters=Filters(funds=(held["key"],)), on=page.on)
        if held["key"] in page.release.values("grant", "fund")
        else None,
        "grants": page.to("grants", fund=held["key"]),
    }
