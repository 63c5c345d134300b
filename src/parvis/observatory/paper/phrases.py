"""What a picture says in words: phrases, numbers and dates in the reader's language."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, get_currency_name

from parvis.foundation.values.partial_date import PartialDate, Precision

_LOCALES = {"fr": "fr", "en": "en_GB", "es": "es", "pt": "pt_PT"}
_NARROW_SPACE = "\u202f"
#: Between the ends of a range.
DASH = "\u2013"


def locale_of(lang: str) -> Locale:
    return Locale.parse(_LOCALES.get(lang, lang))


@cache
def _phrases() -> dict[str, Any]:
    text = files("parvis.observatory.paper").joinpath("phrases.yml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content


def say(lang: str, path: str, *, count: int | None = None, **facts: object) -> str:
    """The phrase at ``path`` (as in ``world.title``), in the plural form ``count`` asks for."""
    found: Any = _phrases()
    for step in path.split("."):
        found = found[step]
    phrase = found.get(lang, found["en"])
    if isinstance(phrase, dict):
        form = locale_of(lang).plural_form(count or 0)
        phrase = phrase.get(form, phrase["other"])
    written = {name: figure(fact, lang) if isinstance(fact, int) else fact for name, fact in facts.items()}
    if count is not None:
        written["n"] = figure(count, lang)
    text: str = phrase.format(**written)
    return _spaced(text, lang)


def figure(value: float, lang: str) -> str:
    """A number as the language writes it, thousands apart."""
    return format_decimal(value, locale=locale_of(lang), group_separator=abs(value) >= 10_000 or lang == "en")


def compact(value: float, lang: str, currency: str = "", beside: float = 0.0) -> str:
    """A number short enough for a label: millions are said M, and money carries its sign.

    Beside millions, money of ten thousand and more is said in millions too, to the hundredth: one scale a picture.
    """
    if currency and abs(beside) >= 1_000_000 and abs(value) >= 10_000:
        value = round(value, -4)
        return _money(_short(value / 1e6, lang), "M", lang, currency)
    if not currency:
        return figure(value, lang) if abs(value) < 1_000_000 else f"{_short(value / 1e6, lang)}{_gap(lang)}M"
    amount, letter = (_short(value / 1e6, lang), "M") if abs(value) >= 1_000_000 else (figure(value, lang), "")
    return _money(amount, letter, lang, currency)


def _money(amount: str, letter: str, lang: str, currency: str) -> str:
    sign = {"EUR": "€", "USD": "$", "GBP": "£"}.get(currency, currency)
    if lang == "en":
        return f"{sign}{amount}{letter}"
    return f"{amount}\u00a0{letter}{sign}"


def currency_words(code: str, lang: str) -> str:
    """A currency in the plural: euros."""
    return str(get_currency_name(code, count=2, locale=locale_of(lang)))


def percent(value: float, lang: str) -> str:
    """A ratio as a percentage, to the whole where it is whole."""
    return format_decimal(round(value * 100, 1), locale=locale_of(lang)) + ("%" if lang == "en" else "\u00a0%")


def day_words(known: str, lang: str) -> str:
    """A date as precise as it is known: 19 September 2022, May 2015, 2015, both ends of an interval."""
    if not known:
        return say(lang, "words.undated")
    when = PartialDate.parse(known)
    if when.precision is Precision.INTERVAL:
        start, _, end = known.partition("/")
        ends = ("…" if part == ".." else _point_words(PartialDate.parse(part), lang) for part in (start, end))
        return DASH.join(ends)
    return _point_words(when, lang)


def country_words(code: str, lang: str) -> str:
    return str(locale_of(lang).territories.get(code, code))


def month_words(day: date, lang: str) -> str:
    """A month in short, for a tick."""
    return format_date(day, "LLL", locale=locale_of(lang)).rstrip(".")


def _point_words(when: PartialDate, lang: str) -> str:
    if when.precision is Precision.YEAR or not when.earliest:
        return when.text
    if when.precision is Precision.MONTH:
        return format_skeleton("yMMMM", when.earliest, locale=locale_of(lang))
    return format_date(when.earliest, "long", locale=locale_of(lang))


def _short(value: float, lang: str) -> str:
    return format_decimal(round(value, 3), format="#,##0.###", locale=locale_of(lang))


def _gap(lang: str) -> str:
    return "" if lang == "en" else "\u00a0"


def _spaced(text: str, lang: str) -> str:
    """French spaces before its high punctuation do not break."""
    if lang != "fr":
        return text
    for sign in ";?!":
        text = text.replace(f" {sign}", f"{_NARROW_SPACE}{sign}")
    return text.replace(" :", "\u00a0:").replace(" km", "\u00a0km")
