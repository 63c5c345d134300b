"""The same words in several languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

#: A text for each language: ``{"fr": "accord", "en": "agreement"}``.
Words: TypeAlias = Mapping[str, str]

#: Where a language is missing, the reader is offered these, in this order, and told so.
FALLBACKS = ("en", "fr", "es", "pt")


def in_language(words: Words, language: str) -> tuple[str, str]:
    """The text in that language, or in the nearest one there is, with the language found.

    Both are empty when there are no words at all. The page marks a text whose language is not the
    one asked for.
    """
    if said := words.get(language):
        return said, language
    for candidate in (*FALLBACKS, *sorted(words)):
        if said := words.get(candidate):
            return said, candidate
    return "", ""


def missing_languages(words: Words, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Languages wanted in which nothing is said."""
    return tuple(language for language in wanted if not words.get(language, "").strip())
