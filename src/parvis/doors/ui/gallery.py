"""Every component in every state, on one page, for those who build: served only where PARVIS_DEBUG is set."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

_SOURCE = {
    "address": "#",
    "title": {"en": "City page", "fr": "Page de la Ville"},
    "lines": "l. 47\u201348",
    "spoken": "",
}
_FOREIGN = {"address": "#", "title": {"fr": "Compte rendu de conférence"}, "lines": "", "spoken": ""}


def _value(number: str, **told: Any) -> dict[str, Any]:
    empty = {"unit": "", "unit_word": "", "qualifier": "", "words": None, "who": "", "when": "2022-09-19"}
    said = f"{told.get('qualifier', '')} {number} {told.get('unit_word', '')}".strip()
    return {"known": True, "number": number, "exact": number, "cite": _SOURCE, "said": said, **empty, **told}


def _figure(label: str, value: dict[str, Any], **told: Any) -> dict[str, Any]:
    plain = {"address": "#", "differing": [], "why": {}, "notes": []}
    return {"label": {"en": label}, "value": value, **plain, **told}


def _figures() -> list[dict[str, Any]]:
    two = [_value("70", qualifier="more than"), _value("60", qualifier="about", when="2016-07-04", cite=_FOREIGN)]
    return [
        _figure("Plain", _value("23", unit_word="cities")),
        _figure("Qualified", _value("500,000", qualifier="on average", unit_word="people a year")),
        _figure("Sources differ", two[0], differing=two, why={"en": "Six years lie between the two texts."}),
        _figure("Money", _value("6.5", unit="M€", qualifier="more than", unit_word="a year")),
        _figure("Doubtful", _value("1.2", who="according to the City"), notes=["Doubtful: left out of totals."]),
        _figure("In words", _value("", words={"en": "No longer hangs on one term of office"})),
        _figure("Unknown", {"known": False}),
    ]


def _acts() -> list[dict[str, Any]]:
    announced = {"icon": "clock", "tone": "honey", "word": "Announced, no later source"}
    act = {
        "address": "#",
        "text": {"en": "One sentence."},
        "label": "Event",
        "theme_word": "Climate",
        "cites": [_SOURCE],
    }
    return [
        {**act, "when": "2010", "title": {"en": "Confirmed"}, "theme": "climate", "announced": False, "states": []},
        {
            **act,
            "when": "2015-06",
            "title": {"en": "Announced"},
            "theme": "rights",
            "announced": True,
            "states": [announced],
        },
        {**act, "when": "", "title": {"fr": "Sans date"}, "theme": "", "announced": False, "states": []},
    ]


def _pills() -> list[dict[str, str]]:
    looks = (("check", "good"), ("speech", "accent"), ("clock", "honey"), ("clock", ""), ("cross", "bad"), ("lock", ""))
    return [{"icon": icon, "tone": tone, "word": tone or icon} for icon, tone in looks]


def _facets() -> dict[str, Any]:
    values = [{"code": str(n), "word": f"Choice {n}", "count": 40 - n, "chosen": n == 2} for n in range(1, 10)]
    return {
        "groups": [{"name": "kind", "title": "Kind", "values": values}],
        "text": "",
        "chosen": [{"word": "Choice 2", "address": "#"}, {"word": "from 2015", "address": "#"}],
        "clear": "#",
        "open": True,
        "kept": [],
        "dropped": ["“moon” is not among the choices here: that filter was left aside."],
        "years": {"from": "2015", "to": "", "first": 2005, "last": 2026},
    }


@dataclass
class GalleryPage:
    """What the base page asks for, with nothing behind it."""

    language: str = "en"
    city_name: str = "A city"
    section: str = ""
    day: date = date(2026, 11, 22)
    on: date | None = None
    on_text: str = ""
    is_past: bool = False
    asked_release: int | None = None
    latest_source: str = "2022-09-19"
    takes_a_day: bool = True
    path: str = "/gallery"
    today_address: str = "#"
    full_address: str = "/gallery"
    other_query: tuple[tuple[str, str], ...] = ()
    release: dict[str, int] = field(default_factory=lambda: {"number": 1})
    footer: tuple[dict[str, Any], ...] = ()

    @property
    def navigation(self) -> list[dict[str, str]]:
        words = ("Map", "Partners", "Agreements", "Networks", "Money", "Promises", "Sources")
        return [{"address": "#", "word": word, "current": "page" if word == "Map" else ""} for word in words]

    @property
    def languages(self) -> list[dict[str, Any]]:
        codes = ("fr", "en", "es", "pt")
        return [
            {"code": code, "name": code, "address": f"?language={code}", "current": code == self.language}
            for code in codes
        ]

    def kept(self, path: str) -> str:
        return path


def gallery(request: HttpRequest) -> HttpResponse:
    """The gallery, in any language, today or in the past (``?past=1``)."""
    language = request.GET.get("language", "en")
    known = language if language in ("fr", "en", "es", "pt") else "en"
    past = "past" in request.GET
    page = GalleryPage(known, on=date(2015, 6, 30) if past else None, on_text="2015-06" if past else "", is_past=past)
    facts = {
        "page": page,
        "figures": _figures(),
        "acts": _acts(),
        "pills": _pills(),
        "facets": _facets(),
        "steps": [{"when": "2015", "state": _pills()[0], "words": {"en": "Said."}, "evidence": [], "cites": [_SOURCE]}],
        "listing": {"page": 2, "pages": 9, "before": "#", "after": "#"},
        "trail": [
            {"word": "Partners", "address": "#"},
            {"word": "Mexico", "address": "#"},
            {"word": "Mexico City", "address": ""},
        ],
        "cites": [_SOURCE, _FOREIGN],
        "themes": ("cooperation", "solidarity", "climate", "rights", "remembrance", "culture", "europe", "innovation"),
    }
    with translation.override(known):
        return render(request, "ui/gallery.html", facts)
