"""How numbers, money and dates are written in each language. A space inside a number never breaks a line."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, get_timezone_location
from babel.numbers import (
    format_compact_currency,
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
)

from parvis.foundation.values import PartialDate, Precision

LOCALES = {"fr": "fr", "en": "en_GB", "es": "es", "pt": "pt_PT"}
NO_BREAK, NARROW = "\u00a0", "\u202f"
MILLION = 1_000_000

_LONG_DAY = {"fr": "d MMMM y", "en": "d MMMM y", "es": "d 'de' MMMM 'de' y", "pt": "d 'de' MMMM 'de' y"}
_LONG_MONTH = {"fr": "MMMM y", "en": "MMMM y", "es": "MMMM 'de' y", "pt": "MMMM 'de' y"}
_YEARLY_DAY = {"fr": "d MMMM", "en": "d MMMM", "es": "d 'de' MMMM", "pt": "d 'de' MMMM"}
_BETWEEN = {
    "fr": ("{0} ou {1}", "entre {0} et {1}", "au plus tard {0}", "{0} ou après"),
    "en": ("{0} or {1}", "between {0} and {1}", "by {0}", "{0} or later"),
    "es": ("{0} o {1}", "entre {0} y {1}", "a más tardar {0}", "{0} o después"),
    "pt": ("{0} ou {1}", "entre {0} e {1}", "até {0}", "{0} ou depois"),
}
_FROM_TO = {
    "fr": ("de {0} à {1}", "depuis {0}", "jusqu'à {0}"),
    "en": ("{0} to {1}", "since {0}", "until {0}"),
    "es": ("de {0} a {1}", "desde {0}", "hasta {0}"),
    "pt": ("de {0} a {1}", "desde {0}", "até {0}"),
}
#: A day takes an article after such a word, a month or a year none: entre le 27 juin et le 3 juillet, en mai.
_ARTICLE = {"fr": "le ", "es": "el "}
_RUN_TOGETHER = {"fr": (("de le ", "du "), ("à le ", "au ")), "es": (("de el ", "del "), ("a el ", "al "))}
_A_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_YEARLY = re.compile(r"^--(\d{2})(?:-(\d{2}))?$")
_BEFORE_MARK = re.compile(r"[ \u00a0](?=[;!?»]|%(?!\())")
_BEFORE_COLON = re.compile(r"[ ](?=:)")
_AFTER_GUILLEMET = re.compile(r"(?<=«)[ ]")
_STRAIGHT_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


def _locale(language: str) -> Locale:
    return Locale.parse(LOCALES.get(language, "en_GB"))


@lru_cache(maxsize=8192)
def number(value: Decimal | float, language: str) -> str:
    """Any count, in full: 500 000 in French, 500,000 in English."""
    return format_decimal(value, locale=_locale(language))


def amount(value: Decimal, language: str) -> str:
    """An amount to the cent without its currency, as one types it: 15 000,00 in French, 15,000.00 in English."""
    return format_decimal(value, format="#,##0.00", locale=_locale(language))


def large(value: Decimal | float, language: str) -> str:
    """A count for a key figure: in full under a million, then in words, and only where nothing is lost."""
    exact = Decimal(str(value))
    if abs(exact) < MILLION or exact % 10_000:
        return number(exact, language)
    said = format_compact_decimal(exact, format_type="long", locale=_locale(language), fraction_digits=2)
    if language == "fr" and _under_two(exact):
        said = said.replace("millions", "million").replace("milliards", "milliard")
    return said.replace(" ", NO_BREAK)


def _under_two(value: Decimal) -> bool:
    """Whether French says million, not millions: under two of them."""
    scaled = abs(value)
    while scaled >= 1000:
        scaled /= 1000
    return scaled < 2


def percent(ratio: Decimal | float, language: str) -> str:
    """A ratio as a percentage, to a tenth at most."""
    return _per_cent(ratio, "#,##0.#%", language)


def rate(share: Decimal | float, language: str) -> str:
    """A rate of the law as a percentage, to its last figure: 1 %, 0,25 %."""
    return _per_cent(share, "#,##0.####%", language)


def _per_cent(share: Decimal | float, form: str, language: str) -> str:
    said = format_percent(share, format=form, locale=_locale(language))
    return said if language == "en" else said.rstrip("%").rstrip() + NO_BREAK + "%"


def money(amount: Decimal | float, currency: str, language: str, *, compact: bool = False) -> str:
    """An amount to the cent; compact, for key figures: 6,5 M€ and whole euros."""
    exact = Decimal(str(amount))
    if not compact:
        return _to_the_cent(exact or Decimal(0), currency, language)  # nothing less is nothing, and told as such
    locale = _locale(language)
    if abs(exact) < MILLION or exact % 10_000:
        whole = exact == exact.to_integral_value()
        pattern = locale.currency_formats["standard"].pattern.replace(".00", "") if whole else None
        return format_currency(exact, currency, format=pattern, locale=locale, currency_digits=not whole)
    said = format_compact_currency(exact, currency, locale=locale, fraction_digits=2)
    return re.sub(rf"{NO_BREAK}M{NO_BREAK}(?=\D)", f"{NO_BREAK}M", said)


@lru_cache(maxsize=8192)
def _to_the_cent(exact: Decimal, currency: str, language: str) -> str:
    return format_currency(exact, currency, locale=_locale(language))


def day(when: PartialDate | date | str, language: str, *, short: bool = False) -> str:
    """A date as precise as it is known: 19 September 2022, May 2015, 2015, 2019 or 2020."""
    return _day(when.isoformat() if isinstance(when, date) else str(when), language, short=short)


@lru_cache(maxsize=8192)
def _day(text: str, language: str, *, short: bool) -> str:
    if not text:
        return ""
    if yearly := _YEARLY.match(text):
        return _every_year(yearly, language)
    known = PartialDate.parse(text)
    if known.precision is Precision.INTERVAL:
        return _between(text, language, short=short)
    return _point(known, language, short=short)


def _every_year(found: re.Match[str], language: str) -> str:
    month, of_month = int(found[1]), found[2]
    if not of_month:
        return format_date(date(2000, month, 1), "LLLL", locale=_locale(language))
    return _first_in_french(
        format_date(date(2000, month, int(of_month)), _YEARLY_DAY[language], locale=_locale(language)),
        language,
    )


def _point(known: PartialDate, language: str, *, short: bool) -> str:
    if known.precision is Precision.YEAR:
        return known.text
    first = known.earliest
    assert first is not None  # only an interval may lack its beginning
    if known.precision is Precision.MONTH:
        return format_date(first, _LONG_MONTH[language], locale=_locale(language)).replace(" ", NO_BREAK)
    said = format_date(first, "d MMM y" if short else _LONG_DAY[language], locale=_locale(language))
    return _first_in_french(said, language).replace(" ", NO_BREAK)


def _first_in_french(said: str, language: str) -> str:
    return "1er" + said[1:] if language == "fr" and said.startswith("1 ") else said


def _between(text: str, language: str, *, short: bool) -> str:
    start, _, end = text.partition("/")
    either, between, by, later = _BETWEEN[language]
    if start == "..":
        return by.format(_with_article(end, language, short=short))
    if end == "..":
        return later.format(day(start, language, short=short))
    near = len(start) == len(end) == 4 and int(end) - int(start) == 1
    return (either if near else between).format(*(_with_article(one, language, short=short) for one in (start, end)))


def _with_article(text: str, language: str, *, short: bool) -> str:
    said = day(text, language, short=short)
    return _ARTICLE.get(language, "") + said if _A_DAY.match(text) else said


def span(start: str, end: str, language: str) -> str:
    """From one date to another; either may be missing."""
    from_to, since, until = _FROM_TO[language]
    if start == end:
        return day(start, language, short=True)
    first, last = (_with_article(one, language, short=True) for one in (start, end))
    said = from_to.format(first, last) if first and last else since.format(first) if first else until.format(last)
    for apart, together in _RUN_TOGETHER.get(language, ()):
        said = re.sub(rf"\b{apart}", together, said)
    return said


def moment(when: datetime, language: str, zone: str) -> str:
    """A moment with its time, in the city's own zone: 22 November 2026, 06:00."""
    local = when.astimezone(ZoneInfo(zone))
    return f"{day(local.date(), language)}, {format_datetime(local, 'HH:mm', locale=_locale(language))}"


def place_of_zone(zone: str, language: str) -> str:
    """The city whose clocks a zone of the IANA follows: Paris, Londres."""
    return get_timezone_location(zone, locale=_locale(language), return_city=True)


def spaced(text: str, language: str) -> str:
    """French text with the no-break spaces its punctuation asks for and its apostrophes bent; others as they are."""
    if language != "fr":
        return text
    text = _STRAIGHT_APOSTROPHE.sub("’", text)
    text = _BEFORE_MARK.sub(NARROW, text)
    text = _BEFORE_COLON.sub(NO_BREAK, text)
    return _AFTER_GUILLEMET.sub(NO_BREAK, text)


def country(code: str, language: str) -> str:
    """Name of a country in that language; the code itself where Babel knows none."""
    return _locale(language).territories.get(code, code) or code


def language_name(code: str, language: str) -> str:
    """Name of a language in another: French, français, francés."""
    return _locale(language).languages.get(code, code) or code


def joined(words: list[str], language: str) -> str:
    """A list said aloud: Madrid, Rome and Lisbon."""
    last = {"fr": " et ", "en": " and ", "es": " y ", "pt": " e "}[language]
    return last.join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
