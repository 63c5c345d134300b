"""Who won in which art or field of research, year by year, and who won more than once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpResponse

from parvis.doors.portal import wording
from parvis.doors.portal.answers import answer
from parvis.doors.portal.page import Page
from parvis.doors.portal.section_words import section_word
from parvis.doors.portal.shown.cites import Shown
from parvis.doors.portal.shown.grants import currency_of

from .money import trail

_GIVEN = ("awarded", "closed")
_COLUMNS = ("key", "year", "state", "currency", "amount_voted", "beneficiary", "discipline")
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Won:
    """A grant in a discipline."""

    grant: str
    year: int
    amount: Decimal | None
    body: str
    discipline: str


def index(page: Page) -> HttpResponse:
    won = won_by_discipline(page)
    page.hold(key for one in won for key in (one.grant, one.body) if key)
    years = sorted({one.year for one in won})
    codes = sorted({one.discipline for one in won}, key=lambda code: (-_sum(won, code), code))
    facts = {
        "title": section_word("disciplines"),
        "trail": trail(page),
        "years": years,
        "rows": [_row(page, code, won, years) for code in codes],
        "every": _cells(won, years),
        "editions": [(year, [_winner(page, one) for one in won if one.year == year]) for year in reversed(years)],
        "repeated": _repeated(page, won),
        "currency": currency_of(page),
        "csv": page.to("grants") + ".csv",
    }
    return answer(page, "portal/disciplines.html", facts)


def won_by_discipline(page: Page) -> list[Won]:
    """The grants that say their discipline, in the city's money, up to the day shown; the largest of a year first."""
    found = [
        Won(key, int(year), None if amount is None else Decimal(str(amount)), body or "", discipline)
        for key, year, state, currency, amount, body, discipline in page.release.columns("grants", *_COLUMNS)
        if discipline and state in _GIVEN and currency == currency_of(page) and year <= page.shown_day.year
    ]
    return sorted(found, key=lambda one: (one.year, -(one.amount or ZERO), one.grant))


def _sum(won: Iterable[Won], discipline: str = "") -> Decimal:
    return sum((one.amount or ZERO for one in won if discipline in ("", one.discipline)), ZERO)


def _cells(won: list[Won], years: list[int]) -> Shown:
    by_year = [[one for one in won if one.year == year] for year in years]
    return {
        "cells": [{"amount": _sum(held), "grants": len(held)} if held else None for held in by_year],
        "whole": _sum(won),
        "grants": len(won),
        "bodies": len({one.body for one in won if one.body}),
    }


def _row(page: Page, code: str, won: list[Won], years: list[int]) -> Shown:
    own = [one for one in won if one.discipline == code]
    share = _sum(own) / _sum(won) if _sum(won) else ZERO
    word = wording.discipline(code, page.language)
    return {"word": word, "share": share, "width": str(round(share * 1000)), **_cells(own, years)}


def _winner(page: Page, one: Won) -> Shown:
    return {
        "grant": page.link(one.grant),
        "body": page.link(one.body) if one.body else None,
        "word": wording.discipline(one.discipline, page.language),
        "amount": one.amount,
    }


def _repeated(page: Page, won: list[Won]) -> list[Shown]:
    """Bodies that won in a discipline more than once, the most often first."""
    held: dict[str, list[Won]] = {}
    for one in won:
        if one.body:
            held.setdefault(one.body, []).append(one)
    several = sorted((body for body, own in held.items() if len(own) > 1), key=lambda body: (-len(held[body]), body))
    return [
        {
            "body": page.link(body),
            "times": len(held[body]),
            "years": ", ".join(str(one.year) for one in held[body]),
            "amount": _sum(held[body]),
        }
        for body in several
    ]
