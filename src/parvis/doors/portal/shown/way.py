"""The way of the money on one line: from a household to what came of it, each step a number or that it is not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.doors.portal.page import Page
from parvis.doors.ui import spelling

from .cites import Shown
from .grants import currency_of


def way(page: Page, *, household: Shown | None, levies: Iterable[Shown], given: Shown) -> list[Shown]:
    """Every step there is, in the order money goes. What a step counts is its own: nothing adds up along the way."""
    levy = next((fund for fund in levies if fund["first"]), None)
    return [
        _published(_("A household pays"), page.to("household"), household, {}),
        _published(_("A levy sets apart"), page.to("levies"), levy and levy["first"], levy["title"] if levy else {}),
        _voted(page, given),
        _paid(page),
        _countries(page),
        _results(page),
    ]


def _published(word: str, address: str, figure: Mapping[str, Any] | None, title: Mapping[str, str]) -> Shown:
    """A step a source gives a number for: its value, its day, its source."""
    value = figure["value"] if figure else None
    if not value or not value["known"]:
        return _unknown(word, address)
    return {"word": word, "address": address, "known": True, "value": value, "title": title, "cite": value["cite"]}


def _counted(word: str, address: str, value: Shown, note: str) -> Shown:
    """A step counted from the records."""
    computed = _("computed from the records")
    return {"word": word, "address": address, "known": True, "value": value, "note": f"{note}, {computed}"}


def _unknown(word: str, address: str, note: str = "") -> Shown:
    return {"word": word, "address": address, "known": False, "note": note}


def _voted(page: Page, given: Shown) -> Shown:
    note = ngettext("%(n)s grant, %(first)s to %(last)s", "%(n)s grants, %(first)s to %(last)s", given["count"])
    said = note % {"n": spelling.number(given["count"], page.language), "first": given["first"], "last": given["last"]}
    return _counted(_("The council votes"), page.to("grants"), _sum(page, given["sum"].amount), said)


def _paid(page: Page) -> Shown:
    """What was paid, of the grants whose payment is on record, less what came back of it."""
    word, address, currency = _("The city pays"), page.to("waits"), currency_of(page)
    moves = page.release.columns("grant_payments", "grant", "act", "amount")
    back = [(grant, Decimal(amount)) for grant, act, amount in moves if act == "recover"]
    kept_nothing = {grant for grant, _amount in back}  # it was paid; one whose transfer the bank sent back never was
    rows = page.release.columns("grants", "key", "amount_paid", "currency")
    paid = {
        key: Decimal(amount)
        for key, amount, of in rows
        if amount and of == currency and (Decimal(amount) or key in kept_nothing)
    }
    if not paid:
        return _unknown(word, address, _("No payment is on record."))
    note = ngettext("%(n)s grant paid", "%(n)s grants paid", len(paid)) % {"n": len(paid)}
    if came_back := sum(amount for grant, amount in back if grant in paid):
        said = spelling.money(came_back, currency, page.language)
        note = _("%(paid)s, less %(sum)s that came back") % {"paid": note, "sum": said}
    return _counted(word, address, _sum(page, sum(paid.values(), Decimal(0))), note)


def _countries(page: Page) -> Shown:
    count = len(page.release.summed_by("grant", "country"))
    word, address = _("It reaches"), page.to("countries")
    if not count:
        return _unknown(word, address)
    unit = ngettext("country", "countries", count)
    note = _("where the place is known")
    return _counted(word, address, _count(page, count, unit), note)


def _results(page: Page) -> Shown:
    count = sum(1 for (reached,) in page.release.columns("grant_results", "reached") if reached)
    word, address = _("What it is said to bring"), page.to("results")
    if not count:
        return _unknown(word, address, _("No result is on record."))
    note = _("each with its method")
    return _counted(word, address, _count(page, count, ngettext("figure", "figures", count)), note)


def _sum(page: Page, amount: Decimal) -> Shown:
    """To the euro, and said to be so where cents are left out; the exact sum is in the data of the page."""
    near = amount.quantize(Decimal(1))
    said = spelling.money(near, currency_of(page), page.language, compact=True)
    number, gap, unit = said.rpartition(spelling.NO_BREAK)
    parted = bool(gap) and not unit[-1].isdigit()
    about = _("about") if near != amount else ""
    exact = f"{amount:f}"
    return {
        "number": number if parted else said,
        "unit": unit if parted else "",
        "unit_word": "",
        "qualifier": about,
        "exact": exact,
    }


def _count(page: Page, count: int, unit: str) -> Shown:
    said = spelling.number(count, page.language)
    return {"number": said, "unit": "", "unit_word": unit, "qualifier": "", "exact": str(count)}
