"""Emergency aid: what each crisis was given, year by year, beside the totals that were published and their scope."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.answers import answer
from parvis.doors.portal.page import Page
from parvis.doors.portal.section_words import section_word
from parvis.doors.portal.shown import grants as grants_
from parvis.doors.portal.shown.cites import Shown, cite_row
from parvis.doors.portal.shown.docs import Doc, children, fact, text
from parvis.doors.portal.shown.sheet import found
from parvis.doors.portal.views.sheets import record_page
from parvis.publication.reader import Filters, Sum

from .money import trail

_GIVEN = ("awarded", "closed")


def index(page: Page) -> HttpResponse:
    docs = [card["doc"] for card in page.release.each("crisis", lang=page.language, sort="oldest", docs=True)]
    crises = [doc for doc in docs if (str(fact(doc, "opened") or "")[:4] or "0") <= str(page.shown_day.year)]
    keys = tuple(doc["key"] for doc in crises)
    every = Filters(funds=keys, states=_GIVEN)
    years = sorted(page.release.summed_by("grant", "year", filters=every, on=page.on)) if keys else []
    facts = {
        "title": section_word("emergencies"),
        "trail": trail(page),
        "years": years,
        "rows": sorted((_row(page, doc, years) for doc in crises), key=_most_first),
        "totals": [_sum(page, replace(every, years=(year,))) for year in years],
        "total": _sum(page, every) if keys else None,
        "unnamed": _unnamed(page, keys),
        "published": _published(page),
        "currency": grants_.currency_of(page),
    }
    return answer(page, "portal/emergencies.html", facts)


def _sum(page: Page, filters: Filters) -> Sum | None:
    told = page.release.summed("grant", filters=filters, on=page.on)
    return told if told and (told.counted or told.silent) else None


def _row(page: Page, doc: Doc, years: list[str]) -> Shown:
    """A crisis with what it was given each year. Grants whose amount nobody told are counted, and add nothing."""
    own = Filters(funds=(doc["key"],), states=_GIVEN)
    by_year = page.release.summed_by("grant", "year", filters=own, on=page.on)
    return {
        "title": text(doc, "title"),
        "address": page.to_record("crisis", doc["key"]),
        "kind": wording.kind("crisis", doc.get("kind") or "", page.language),
        "opened": fact(doc, "opened") or "",
        "closed": fact(doc, "closed") or "",
        "places": [link for row in children(doc, "places") if (link := page.link(row["place"]))],
        "cells": [by_year.get(year) for year in years],
        "whole": _sum(page, own),
    }


def _most_first(row: Shown) -> Decimal:
    """What received most comes first; the others stay in their order."""
    return -row["whole"].amount if row["whole"] else Decimal(0)


def _unnamed(page: Page, crises: tuple[str, ...]) -> Sum | None:
    """Grants said to be emergency aid that name no crisis."""
    whole = _sum(page, Filters(kinds=("emergency",), states=_GIVEN))
    named = _sum(page, Filters(kinds=("emergency",), states=_GIVEN, funds=crises)) if crises else None
    if whole is None:
        return None
    less = named or Sum(Decimal(0), 0, 0)
    left = Sum(whole.amount - less.amount, whole.counted - less.counted, whole.silent - less.silent)
    return left if left.counted or left.silent else None


def _published(page: Page) -> list[Shown]:
    """Totals that sources gave of emergency aid, each with its scope: none is added to another."""
    funds = [
        card["key"] for card in page.release.each("programme", lang=page.language) if card["kind"] == "emergency_aid"
    ]
    subjects = [key for fund in funds for key in (fund, *(row["key"] for row in page.rows("indicators", about=fund)))]
    rows = (row for subject in subjects for row in page.rows("statements", subject=subject))
    told = {
        (row["number"], row["as_of"], row["source"], row["lines"]): {
            "amount": Decimal(str(row["number"])),
            "currency": row["currency"],
            "qualifier": wording.qualifier(row.get("qualifier"), page.language),
            "scope": row.get("scope") or {},
            "when": row["as_of"],
            "cites": cite_row(page, row),
        }
        for row in rows
        if row["amount_kind"] in ("cumulative", "yearly") and row["currency"]
    }
    return list(told.values())  # the same lines may be quoted about the fund and about its figure


def show(page: Page, key: str) -> HttpResponse:
    """A crisis: what it is, where, and the grants that answered it."""
    doc = found(page, key, ("crisis",))
    glance = (
        ("opened", _("Opened"), "date"),
        ("closed", _("Closed"), "?date"),
        ("decision", _("Decision"), "?record"),
    )
    grants = grants_.grants_of(page, Filters(funds=(key,)), fund=key)
    here = {"word": str((page.card(key) or {}).get("title", "")), "address": ""}
    way = trail(page, {"word": section_word("emergencies"), "address": page.to("emergencies")}, here)
    return record_page(page, doc, glance, grants=grants, trail=way)
