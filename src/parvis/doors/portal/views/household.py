"""What one household pays, from its size or its water bill: the formula, the year and the source are shown."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal.answers import answer
from parvis.doors.portal.page import Page
from parvis.doors.portal.section_words import section_word
from parvis.doors.portal.shown import levies as levies_
from parvis.doors.portal.shown import values
from parvis.doors.portal.shown.cites import Shown
from parvis.doors.portal.shown.docs import fact
from parvis.doors.portal.shown.grants import currency_of
from parvis.doors.ui import spelling
from parvis.foundation.values.typed import Unread, amount_typed

from .money import household, trail

MOST_PEOPLE, HIGHEST_BILL = 20, Decimal(100_000)
_CENT = Decimal("0.01")


def index(page: Page) -> HttpResponse:
    """A form of two fields, sent by address; the answer stands beside the published figure it comes from."""
    query = page.request.GET
    facts = {
        "title": section_word("household"),
        "trail": trail(page),
        "figure": household(page),
        "by_size": _by_size(page, query.get("people", "").strip()),
        "by_bill": _by_bill(page, query.get("bill", "").strip()),
        "people": query.get("people", "")[:12],
        "bill": query.get("bill", "")[:12],
        "currency": currency_of(page),
        "helped": _helped(page),
    }
    return answer(page, "portal/household.html", facts)


def _stated(page: Page) -> tuple[Decimal, Decimal, Shown] | None:
    """What is published a household, for how many people, and the statement that says so."""
    row = next(iter(page.rows("statements", amount_kind="per_household")), None)
    doc = page.release.record(row["subject"]) if row else None
    if doc is None:
        return None
    said = {one["property"]: one for one in doc["statements"] if one.get("number") not in (None, "")}
    if "household_size" not in said or "value" not in said:
        return None
    size = Decimal(str(said["household_size"]["number"]))
    return Decimal(str(said["value"]["number"])), size, values.value_of(page, said["value"])


def _by_size(page: Page, written: str) -> Shown | None:
    """The published sum of a household, shared out by the head."""
    if not written:
        return None
    people = int(written) if written.isascii() and written.isdigit() and len(written) < 4 else 0
    if not 1 <= people <= MOST_PEOPLE:
        return {"refused": _("Write a number of people between 1 and %(most)s.") % {"most": MOST_PEOPLE}}
    told = _stated(page)
    if told is None:
        return {"refused": _("No source says what a household pays.")}
    amount, size, said = told
    share = (amount / size * people).quantize(_CENT, ROUND_HALF_UP)
    language, currency = page.language, currency_of(page)
    formula = f"{spelling.money(amount, currency, language)} ÷ {size.normalize():f} × {people}"
    return {"amount": share, "formula": formula, "said": said, "size": f"{size.normalize():f}"}


def _by_bill(page: Page, written: str) -> Shown | None:
    """The most the law lets be taken of a water bill: a ceiling, not what is given."""
    if not written:
        return None
    language, currency = page.language, currency_of(page)
    bill = _read_amount(written, currency)
    if bill is None:
        return {"refused": _("Write the bill of a year as an amount, as in 320 or 320.50.")}
    rule = _water_rule(page)
    if rule is None:
        return {"refused": _("No rate is on record.")}
    rate = Decimal(str(rule["rate"]))
    share = (bill * rate).quantize(_CENT, ROUND_HALF_UP)
    formula = f"{spelling.money(bill, currency, language)} × {spelling.rate(rate, language)}"
    return {"amount": share, "formula": formula, "rule": rule}


def _read_amount(written: str, currency: str) -> Decimal | None:
    """An amount as people write one; 1.234, which is a thousand to some and one to others, is asked again."""
    try:
        amount = amount_typed(written, currency)
    except Unread:
        return None
    return amount if 0 < amount <= HIGHEST_BILL else None


def _water_rule(page: Page) -> Shown | None:
    water = next((doc for doc in levies_.levies(page) if doc.get("kind") == "water"), None)
    rules = levies_.rules(page, water) if water else []
    return rules[-1] if rules else None


def _helped(page: Page) -> list[Any]:
    """What this money helped: the projects of the water levies, named and linked."""
    programmes = [fact(doc, "programme") for doc in levies_.levies(page) if doc.get("kind") in ("water", "sanitation")]
    return [link for key in dict.fromkeys(programmes) for link in levies_.projects(page, key)]
