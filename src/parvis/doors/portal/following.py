"""The feeds a page offers to whoever wants to follow it: everything, its section, its record."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from parvis.foundation.vocabulary.addresses import address, addresses

from .page import Page
from .section_words import section_word

FORM = "atom"


def feeds_of(page: Page) -> Iterator[dict[str, str]]:
    """Each feed with its title, the widest first. One follows what comes: never an earlier release."""
    yield {"title": _("Everything that is new"), "address": f"{address('', page.language)}.{FORM}"}
    if page.section in followed():
        yield {"title": section_word(page.section), "address": f"{address(page.section, page.language)}.{FORM}"}
    if own := feed_of_record(page):
        title = next(iter(page.title_of(page.key).values()))
        yield {"title": title, "address": own}


def feed_of_record(page: Page) -> str:
    """Where the record of a page is followed, with those tied to it; nothing for a page that has none."""
    if page.section not in followed() or not page.key or page.card(page.key) is None:
        return ""
    return f"{address(page.section, page.language, key=page.key)}.{FORM}"


def followed() -> frozenset[str]:
    """Sections whose list is also a feed."""
    return frozenset({*addresses().nouns.values(), "map", "versions"})
