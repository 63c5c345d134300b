"""Every grant, as a table, a map or a chart, and the page of one: follow the money."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from parvis.doors.portal import wording
from parvis.doors.portal.answers import answer
from parvis.doors.portal.asking import Asked, left_aside
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown import grants as grants_
from parvis.doors.portal.shown import sheet as sheets
from parvis.doors.portal.shown.chain import chain
from parvis.doors.portal.shown.cites import Shown, cite_row
from parvis.doors.portal.shown.discs import marked
from parvis.doors.portal.shown.docs import children, fact, text
from parvis.doors.portal.shown.plates import plate
from parvis.doors.portal.shown.sheet import found, section_word
from parvis.doors.portal.views.lists import List, listed
from parvis.doors.portal.views.money import trail
from parvis.doors.ui import spelling
from parvis.publication.reader import Sum

#: How the same grants may be looked at.
VIEWS = ("table", "map", "chart")


def plan() -> List:
    return List(
        ("grant",),
        facets=("year", "fund", "theme", "country", "place", "body", "kind", "state"),
        sort="amount",
        sorts=("amount", "date", "name", "country"),
        row=grants_.row,
        fetched=grants_.fetch,
        template="portal/grants.html",
        formats=("csv", "xlsx", "json", "geojson"),
        more_words=("view",),
    )


def index(page: Page) -> HttpResponse:
    view = page.request.GET.get("view") or "table"
    if view not in VIEWS:
        page.dropped.append(left_aside(view))
        view = "table"
    facts = listed(page, plan())
    asked: Asked = facts["asked"]
    total = page.release.summed("grant", filters=asked.filters, on=page.on)
    facts |= {
        "title": section_word("grants"),
        "trail": trail(page),
        "view": view,
        "tabs": _tabs(page, view),
        "sum": total,
        "currency": grants_.currency_of(page),
        "persons": _persons(page),
    }
    if view != "table" and facts["total"]:
        facts |= _by_country(page, asked) if view == "map" else _charts(page, asked)
    return answer(page, "portal/grants.html", facts)


def _persons(page: Page) -> list[dict[str, Any]]:
    """What persons received in all, by year: they are never among the rows."""
    rows = [row for row in page.rows("grants_to_persons") if int(row["year"]) <= page.shown_day.year]
    return [row | {"word": wording.kind("grant", row["kind"], page.language)} for row in rows]


def _tabs(page: Page, view: str) -> list[dict[str, Any]]:
    words = {"table": _("Table"), "map": _("Map"), "chart": _("Chart")}
    return [
        {
            "word": words[one],
            "address": page.with_query({"view": "" if one == "table" else one, "page": ""}),
            "current": one == view,
        }
        for one in VIEWS
    ]


def _sums(page: Page, asked: Asked, facet: str) -> dict[str, Sum]:
    return page.release.summed_by("grant", facet, filters=asked.filters, on=page.on)


def _narrowed(page: Page, facet: str, value: str) -> str:
    return page.with_query({facet: value, "view": "", "page": ""})


def _bars(page: Page, facet: str, sums: dict[str, Sum], word: Any) -> list[Shown]:
    ordered = dict(sorted(sums.items(), key=lambda pair: (-pair[1].amount, pair[0])))
    words = {value: word(value) for value in ordered}
    return grants_.bars(ordered, words, {value: _narrowed(page, facet, value) for value in ordered})


def _by_country(page: Page, asked: Asked) -> Shown:
    """The map and the same in rows: both from the sums of what is shown."""
    sums = _sums(page, asked, "country")
    return {
        "ground": marked(plate(page, "grants-ground"), sums),
        "countries": _bars(page, "country", sums, lambda code: wording.country(code, page.language)),
        "nowhere": _nowhere(page, asked, sums),
    }


def _nowhere(page: Page, asked: Asked, sums: dict[str, Sum]) -> Shown:
    """What no country is known of, and whether some grants count in several."""
    everywhere = page.release.summed("grant", filters=asked.filters, on=page.on)
    chosen = asked.filters.countries or tuple(page.release.values("grant", "country"))
    placed = (
        page.release.summed("grant", filters=replace(asked.filters, countries=chosen), on=page.on) if chosen else None
    )
    if everywhere is None:
        return {}
    known = placed.amount if placed else Decimal(0)
    counted = (placed.counted + placed.silent) if placed else 0
    return {
        "amount": everywhere.amount - known,
        "count": everywhere.counted + everywhere.silent - counted,
        "twice": sum((told.amount for told in sums.values()), Decimal(0)) > known,
    }


def _charts(page: Page, asked: Asked) -> Shown:
    """What is shown, by year, by fund and by country."""
    years = grants_.every_year(_sums(page, asked, "year"))
    held = {year: told for year, told in years.items() if told}
    bars = grants_.bars(held, {year: year for year in held}, {year: _narrowed(page, "year", year) for year in held})
    by_year = dict(zip(held, bars, strict=True))
    funds = _sums(page, asked, "fund")
    page.hold(funds)
    asked_of = asked.filters if asked.filters.funds else replace(asked.filters, funds=tuple(funds))
    named = page.release.summed("grant", filters=asked_of, on=page.on) if funds else None
    return {
        "years": [by_year.get(year, {"word": year, "gap": True}) for year in years],
        "funds": _bars(page, "fund", funds, page.title_of),
        "several": named is not None and sum(told.amount for told in funds.values()) > named.amount,
        "countries": _bars(page, "country", _sums(page, asked, "country"), lambda c: wording.country(c, page.language)),
        "nowhere": _nowhere(page, asked, _sums(page, asked, "country")),
    }


def _asked_voted_paid(told: Shown) -> list[Shown]:
    """What was asked for, voted and paid, from zero on one scale; nothing where fewer than two are known."""
    words = {"asked": pgettext("an amount", "Asked for"), "voted": _("Voted"), "paid": _("Paid")}
    if told["in_kind"]:  # nothing of it is paid out
        del words["paid"]
    known = [told[name] for name in words if told[name] is not None]
    most = max(known, default=Decimal(0))
    if len(known) < 2 or not most:
        return []
    return [
        {
            "word": word,
            "amount": told[name],
            "width": round((told[name] or 0) / most * 1000),
            "unknown": told["unpaid"] if name == "paid" else _("not known"),
        }
        for name, word in words.items()
    ]


def show(page: Page, key: str) -> HttpResponse:
    """One grant: what is known from the levy to the result, and what is not."""
    doc = found(page, key, ("grant",))
    grants_.fetch(page, [{"doc": doc}])
    shown = sheets.sheet(page, doc, _glance())
    told = grants_.row(page, {"key": key, "doc": doc, "state": (page.card(key) or {}).get("state"), "title": ""})
    shown["trail"] = trail(page, {"word": section_word("grants"), "address": page.to("grants")}, _here(page, key))
    facts = {
        "sheet": shown,
        "grant": told,
        "chain": chain(page, doc),
        "sums": _asked_voted_paid(told),
        "above_asked": fact(doc, "above_asked") or {},
        "out_of_scope": fact(doc, "out_of_scope") or {},
        "purpose": text(doc, "purpose"),
        "groups": [],
        "put_first": [wording.target_group(code, page.language) for code in fact(doc, "groups") or ()],
        "waited": waited(doc),
        "aims": _aims(page, doc),
        "goals": [wording.goal(code, page.language) for code in fact(doc, "goals") or ()],
        "figures": _figures(page, doc),
    }
    return answer(page, "portal/grant.html", facts)


def _aims(page: Page, doc: Any) -> list[dict[str, str]]:
    """What it also serves; an aim looked at and set aside is told in the data alone."""
    return [
        {
            "word": wording.of_group("result", "aim", row["aim"], page.language),
            "weight": wording.of_group("result", "importance", row["importance"], page.language),
        }
        for row in children(doc, "aims")
        if row["importance"] != "not"
    ]


def _figures(page: Page, doc: Any) -> list[dict[str, Any]]:
    """Each result in its figure: what was aimed at, what was reached."""
    return [
        {
            "words": row["words"],
            "effect": wording.of_group("result", "effect", row["effect"], page.language),
            "span": spelling.span(row["starts"] or "", row["ends"] or "", page.language),
            "aimed_at": _counted(page, row, "aimed_at"),
            "reached": _counted(page, row, "reached"),
            "method": row.get("method") or {},
            "cites": cite_row(page, row),
        }
        for row in children(doc, "results")
    ]


def _counted(page: Page, row: dict[str, Any], name: str) -> str:
    if row[name] is None:
        return ""
    count = Decimal(str(row[name]))
    said = spelling.number(count, page.language)
    return f"{said} {wording.unit(row['unit'], count, page.language)}" if row["unit"] else said


def _here(page: Page, key: str) -> dict[str, str]:
    return {"word": str((page.card(key) or {}).get("title", "")), "address": ""}


def _glance() -> sheets.Glance:
    return (
        ("year", _("Year of the vote"), "text"),
        ("form", _("Form"), "form"),
        ("discipline", _("Discipline"), "?discipline"),
        ("agreement", _("Agreement"), "?record"),
        ("project", _("Project"), "?record"),
        ("crisis", _("Crisis"), "?record"),
        ("starts", _("From"), "?date"),
        ("ends", _("Until"), "?date"),
        ("asked_on", _("Asked for on"), "date"),
    )


def waited(doc: Any) -> int | None:
    """Days from the request to the first payment, where both days are known."""
    return next((int(row["days"]) for row in children(doc, "waits")), None)
