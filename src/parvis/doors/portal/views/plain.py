"""Pages that say how the portal itself behaves: accessibility, privacy, how to write to the office."""

from typing import Any

from django.http import HttpResponse

from parvis.doors.portal.answers import answer
from parvis.doors.portal.page import Page


def accessibility(page: Page) -> HttpResponse:
    return answer(page, "portal/accessibility.html", {})


def privacy(page: Page) -> HttpResponse:
    return answer(page, "portal/privacy.html", {})


def contact(page: Page) -> HttpResponse:
    """The office that keeps the record. Its mail is spelt in words: people read it, robots do not."""
    said = page.release.city.get("contact") or {}
    told: dict[str, Any] = said if isinstance(said, dict) else {"mail" if "@" in said else "address": said}
    unit = page.link(told.get("unit"))
    mail = str(told.get("mail") or told.get("email") or "")
    spoken = [part for piece in mail.partition("@") for part in _spelt(piece)] if "@" in mail else []
    return answer(page, "portal/contact.html", {"told": told, "unit": unit, "mail": spoken})


def _spelt(piece: str) -> list[str]:
    """Parts of an address: words, and the names of its signs."""
    parts: list[str] = []
    for place, word in enumerate(piece.split(".")):
        parts += ["."] if place else []
        parts += [word] if word else []
    return parts
