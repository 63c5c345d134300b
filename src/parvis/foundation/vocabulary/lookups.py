"""Countries and currencies: codes of ISO, names of the Unicode locale data."""

from __future__ import annotations

from functools import cache

from babel import Locale

from .reading import LANGUAGES
from .terms import Term, Terms

#: Locale in which each language of the house names things.
LOCALES = {"fr": "fr", "en": "en_GB", "es": "es", "pt": "pt_PT"}

#: Codes of the locale data that are no country of ISO 3166-1: groupings, outlying parts, test codes.
_NO_COUNTRY = frozenset(
    {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
)  # fmt: skip


def _names(list_name: str) -> dict[str, dict[str, str]]:
    """What the locale data calls things, by language then code."""
    locales = {language: Locale.parse(LOCALES[language]) for language in LANGUAGES}
    return {
        language: {str(code): str(name) for code, name in getattr(locale, list_name).items()}
        for language, locale in locales.items()
    }


def _terms(name: str, codes: list[str], named: dict[str, dict[str, str]]) -> Terms:
    return Terms(name, {code: Term(code, {language: named[language][code] for language in named}) for code in codes})


@cache
def countries() -> Terms:
    """The 249 countries and territories of ISO 3166-1, and Kosovo (XK), which it does not list."""
    named = _names("territories")
    codes = sorted(code for code in named["en"] if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY)
    return _terms("countries", codes, named)


@cache
def currencies() -> Terms:
    """Currencies of ISO 4217, of today and of the past: an old amount keeps its own."""
    named = _names("currencies")
    return _terms("currencies", sorted(set.intersection(*map(set, named.values()))), named)
