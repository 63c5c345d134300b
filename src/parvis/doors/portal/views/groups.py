"""Whom the money puts first: what the grants on record gave for each group of people, year by year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import orjson
from django.http import HttpResponse

from parvis.doors.portal import wording
from parvis.doors.portal.answers import answer
from parvis.doors.portal.page import Page
from parvis.doors.portal.section_words import section_word
from parvis.doors.portal.shown.cites import Shown
from parvis.doors.portal.shown.grants import currency_of

from .money import trail

_GIVEN = ("awarded", "closed")
ZERO = Decimal(0)


@dataclass(slots=True)
class Served:
    """What one group was given: by year, in all, in how many grants."""

    years: dict[int, Decimal] = field(default_factory=dict)
    grants: int = 0

    @property
    def whole(self) -> Decimal:
        return sum(self.years.values(), ZERO)

    def add(self, year: int, amount: Decimal) -> None:
        self.years[year] = self.years.get(year, ZERO) + amount
        self.grants += 1


def index(page: Page) -> HttpResponse:
    """A grant that puts two groups first counts whole in each, and once in the total."""
    by_group: dict[str, Served] = {}
    every, nobody = Served(), Served()
    for year, amount, groups in _given(page):
        every.add(year, amount)
        for held in [by_group.setdefault(group, Served()) for group in groups] or [nobody]:
            held.add(year, amount)
    years = sorted(every.years)
    ordered = sorted(by_group, key=lambda code: (-by_group[code].whole, code))
    facts = {
        "title": section_word("groups"),
        "trail": trail(page),
        "years": years,
        "rows": [_row(wording.target_group(code, page.language), by_group[code], years, every) for code in ordered],
        "nobody": _row("", nobody, years, every) if nobody.grants else None,
        "every": _row("", every, years, every),
        "criteria": _criteria(page),
        "currency": currency_of(page),
    }
    return answer(page, "portal/groups.html", facts)


def _given(page: Page) -> Iterator[tuple[int, Decimal, list[str]]]:
    """Year, amount and groups of each grant given, up to the day shown, in the city's money."""
    names = ("year", "state", "currency", "amount_voted", "groups")
    for year, state, currency, amount, groups in page.release.columns("grants", *names):
        if state in _GIVEN and currency == currency_of(page) and amount is not None and year <= page.shown_day.year:
            yield int(year), Decimal(str(amount)), orjson.loads(groups or "[]")


def _row(word: str, held: Served, years: list[int], every: Served) -> Shown:
    share = held.whole / every.whole if every.whole else ZERO
    return {
        "word": word,
        "cells": [held.years.get(year) for year in years],
        "whole": held.whole,
        "grants": held.grants,
        "share": share,
        "width": str(round(share * 1000)),
    }


def _criteria(page: Page) -> list[Shown]:
    """Criteria of calls that put groups first, with what they weigh."""
    rows = [row for row in page.rows("call_criteria") if row.get("groups")]
    page.hold(row["call"] for row in rows)
    return [
        {
            "call": page.link(row["call"]),
            "words": row["words"],
            "weight": row["weight"],
            "groups": [wording.target_group(code, page.language) for code in row["groups"]],
        }
        for row in rows
    ]
