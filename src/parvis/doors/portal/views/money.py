"""The dated figures of levies and budgets; amounts of different kinds never add up."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.answers import answer
from parvis.doors.portal.page import Page
from parvis.doors.portal.section_words import section_word
from parvis.doors.portal.shown import grants as grants_
from parvis.doors.portal.shown import levies as levies_
from parvis.doors.portal.shown import values
from parvis.doors.portal.shown.cites import Shown
from parvis.doors.portal.shown.discs import marked
from parvis.doors.portal.shown.docs import fact, text
from parvis.doors.portal.shown.plates import plate
from parvis.doors.portal.shown.waits import told_in_brief
from parvis.doors.portal.shown.way import way
from parvis.publication.reader import Filters

#: Kinds of programme that bring money, in the order they are told.
FUNDS = ("levy", "budget", "fund", "call")


def levies(page: Page, kinds: tuple[str, ...] = ("levy",)) -> list[Shown]:
    """Each levy with the sums said of it, each under its own kind of amount."""
    docs = [
        card["doc"]
        for card in page.release.each("programme", lang=page.language, sort="oldest", docs=True)
        if card["kind"] in kinds
    ]
    return [_fund(page, doc) for doc in sorted(docs, key=lambda doc: kinds.index(doc["kind"]))]


def _fund(page: Page, doc: Any) -> Shown:
    sums = [figure for figure in figures_about(page, doc["key"]) if figure["money"]]
    return {
        "key": doc["key"],
        "title": text(doc, "title"),
        "summary": text(doc, "summary"),
        "kind": wording.kind("programme", doc["kind"], page.language),
        "address": page.to_record("programme", doc["key"]),
        "since": fact(doc, "since") or "",
        "sums": sums,
        "first": next(
            (figure for figure in sums if figure["amount_kind"] in ("ceiling", "yearly", "yearly_target", "per_grant")),
            None,
        )
        or next(iter(sums), None),
    }


def figures_about(page: Page, key: str) -> list[Shown]:
    """The figures followed about a record."""
    found = []
    for row in page.rows("indicators", about=key):
        doc = page.release.record(row["key"])
        said = values.shown_first(doc["statements"]) if doc else None
        if doc and said:
            shown = values.figure(page, doc) or {}
            more = {"amount_kind": said.get("amount_kind") or "", "unit": said.get("unit") or ""}
            found.append(shown | more | {"money": bool(said.get("currency"))})
    return found


def household(page: Page) -> Shown | None:
    """What one household gives: the sum a reader can feel."""
    row = next(iter(page.rows("statements", amount_kind="per_household")), None)
    doc = page.release.record(row["subject"]) if row else None
    return values.figure(page, doc, row["property"]) if doc and row else None


def other_sums(page: Page, shown: set[str]) -> list[Shown]:
    """Every other figure in money, grouped by nothing but its own words."""
    keys = dict.fromkeys(row["subject"] for row in page.rows("statements", property="value") if row["currency"])
    docs = (page.release.record(key) for key in keys if key not in shown)
    return [figure for doc in docs if doc and doc["noun"] == "indicator" and (figure := values.figure(page, doc))]


def trail(page: Page, *steps: dict[str, str]) -> list[dict[str, str]]:
    """Where a page about money stands."""
    return [{"word": section_word("money"), "address": page.to("money")}, *steps]


def doors_onto(page: Page) -> list[Shown]:
    """The pages about money, with what each answers."""
    told = {
        "budget": _("All that is on record of a year, across every tool, beside the totals that were published."),
        "grants": _("Who received what, for what, where: a table, a map, a chart."),
        "countries": _("How much each country received, year by year."),
        "levies": _("Which budgets give, under which law, up to how much."),
        "results": _("What each fund is said to have reached, and the rule on counting twice."),
        "groups": _("What was voted for women, children, the displaced, and others put first."),
        "disciplines": _("Who won in which art or field of research, year by year, and who won again."),
        "stays": _("How many researchers and students were paid a stay, from where, to where, in which field."),
        "labels": _("Who holds the mark of a label, for what project, until when."),
        "emergencies": _("What each crisis was given, and the totals that were published."),
        "frameworks": _("Agreements that bring money each year, from the city or to it."),
        "waits": _("How long those who are given something wait for it."),
        "household": _("From your water bill to a well: your share, with the formula."),
    }
    return [{"word": section_word(one), "text": text, "address": page.to(one)} for one, text in told.items()]


def given(page: Page, *, told: bool = True) -> Shown | None:
    """The grants on record: how many, their sum, from when to when, and where ``told`` is so, fund by fund."""
    total = page.release.summed("grant", on=page.on)
    years = sorted(page.release.summed_by("grant", "year", on=page.on))
    if total is None or not years:
        return None
    funds = page.release.summed_by("grant", "fund", on=page.on) if told else {}
    page.hold(funds)
    ordered = dict(sorted(funds.items(), key=lambda pair: (-pair[1].amount, pair[0])))
    named = Filters(funds=tuple(ordered))
    within = page.release.summed("grant", filters=named, on=page.on) if ordered else None
    return {
        "sum": total,
        "count": total.counted + total.silent,
        "first": years[0],
        "last": years[-1],
        "currency": grants_.currency_of(page),
        "address": page.to("grants"),
        "chart": plate(page, "grants-by-year") if told and page.on is None else None,
        "funds": grants_.bars(
            ordered, {key: page.title_of(key) for key in ordered}, {key: page.to("grants", fund=key) for key in ordered}
        ),
        "several": within is not None and sum(told.amount for told in ordered.values()) > within.amount,
        "unnamed": {
            "amount": total.amount - (within.amount if within else 0),
            "count": total.counted - (within.counted if within else 0),
        },
    }


def index(page: Page) -> HttpResponse:
    funds = levies(page, FUNDS)
    told = {figure["key"] for fund in funds for figure in fund["sums"]}
    held, share = given(page), household(page)
    facts = {
        "given": held,
        "way": way(page, household=share, levies=funds, given=held) if held else [],
        "ground": _where(page) if held else None,
        "doors": doors_onto(page),
        "sources": [levies_.line(page, doc) for doc in levies_.levies(page)],
        "levies": [fund for fund in funds if fund["sums"]],
        "silent": [fund for fund in funds if not fund["sums"]],
        "household": share,
        "wait": told_in_brief(page),
        "others": other_sums(page, told),
    }
    return answer(page, "portal/money.html", facts)


def _where(page: Page) -> Shown | None:
    """The land, with a disc for each country grants reached."""
    return marked(plate(page, "grants-ground"), page.release.summed_by("grant", "country", on=page.on))
