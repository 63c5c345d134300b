"""Why something typed could not be read, said in the reader's language, with what to write instead."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent, get_decimal_symbol
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from parvis.foundation.values.typed import Unread, Why

_SAID = {
    Why.EMPTY: _("Nothing is written here."),
    Why.CURRENCY: _("This amount is in %(said)s; write it in %(expected)s."),
    Why.NEGATIVE: _("An amount cannot be below zero: write it without a sign, where it belongs."),
    Why.LETTERS: _("This is not an amount: write digits, as in %(example)s."),
    Why.TWO_MEANINGS: _("This can be read as %(one)s or as %(other)s: write one of the two."),
    Why.GROUPS: _("The groups of digits do not hold together: write %(example)s."),
    Why.TOO_FINE: _("This is finer than the smallest coin: write %(places)s decimals at most."),
    Why.TOO_LARGE: _("This amount is too large to be meant."),
    Why.NO_SUCH_DAY: _("There is no such day."),
    Why.SHORT_YEAR: _("Write the year with four digits."),
    Why.MONTH_FIRST: _("The day stands before the month: 31/03/2027."),
    Why.NOT_A_DAY: _("This is not a day: write 31/03/2027 or 2027-03-31."),
    Why.NO_HOUR: _("Write the day and the hour: 2027-03-31 17:00."),
    Why.SKIPPED: _("There is no such hour: clocks go forward that night. Choose another hour."),
    Why.TWICE: _("This hour comes twice: clocks go back that night. Choose another hour."),
}


def said(unread: Unread) -> str:
    """The sentence."""
    facts = {"example": _decimal_said(_EXAMPLE), **unread.facts}
    if unread.why is Why.TWO_MEANINGS:
        facts["other"] = str(facts["other"]).replace(",", get_decimal_symbol(_locale()))
    return str(_SAID[unread.why]) % facts


#: An amount that shows how the reader groups digits and where cents begin.
_EXAMPLE = Decimal("12500.50")


def _decimal_said(amount: Decimal) -> str:
    return str(format_decimal(amount, format="#,##0.00", locale=_locale()))


_LOCALES = {"fr": "fr", "en": "en_GB", "es": "es", "pt": "pt_PT"}


def _locale() -> str:
    return _LOCALES.get((get_language() or "en")[:2], "en_GB")


def number_said(number: int) -> str:
    """A count, grouped as the reader writes it."""
    return str(format_decimal(number, locale=_locale()))


def day_said(day: date) -> str:
    """A day in the reader's words. French counts the first of a month, and no other day."""
    said = str(format_date(day, "long", locale=_locale()))
    return "1er" + said[1:] if day.day == 1 and _locale() == "fr" else said


def moment_said(when: datetime, zone: str) -> str:
    """A moment in the reader's words, by the clocks of the city: 31 March 2027, 17:00."""
    local = when.astimezone(ZoneInfo(zone))
    return f"{day_said(local.date())}, {local:%H:%M}"


def percent_said(share: Decimal) -> str:
    """A share in per cent, as the reader writes it: 1%, 0.5%; elsewhere than in English, the sign stands apart."""
    said = str(format_percent(share, format="#,##0.####%", locale=_locale()))
    return said if _locale() == "en_GB" else said.replace("%", "\u00a0%")


def money_said(amount: Decimal | None, currency: str) -> str:
    """An amount to the cent, as the reader writes it."""
    if amount is None:
        return ""
    return str(format_currency(amount, currency, locale=_locale()))
