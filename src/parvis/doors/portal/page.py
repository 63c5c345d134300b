"""What every page of the portal knows: its language, its release, the day described, where to go next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.doors.portal.wording import speak_for
from parvis.doors.ui import spelling
from parvis.foundation.values import in_language
from parvis.foundation.vocabulary.addresses import address, address_of
from parvis.publication.reader import Filters, Release

NAVIGATION = ("map", "partners", "agreements", "networks", "money", "promises", "sources")
#: Sections whose answer changes with the day asked for.
DATED = frozenset(
    {
        "map",
        "partners",
        "agreements",
        "networks",
        "projects",
        "programmes",
        "promises",
        "offices",
        "grants",
        "countries",
        "themes",
        "budget",
        "frameworks",
        "emergencies",
        "groups",
        "waits",
        "disciplines",
        "labels",
        "stays",
    }
)
#: Sections that stand under another one.
UNDER = dict.fromkeys(
    (
        "grants",
        "levies",
        "countries",
        "results",
        "household",
        "budget",
        "frameworks",
        "emergencies",
        "groups",
        "waits",
        "disciplines",
        "stays",
    ),
    "money",
)
_NAMES = {"fr": "Français", "en": "English", "es": "Español", "pt": "Português"}


@dataclass
class Page:
    """One page being read."""

    request: HttpRequest
    language: str
    release: Release
    section: str = ""
    key: str = ""
    view: str = ""
    asked_release: int | None = None
    on: date | None = None
    on_text: str = ""
    dropped: list[str] = field(default_factory=list)
    now: datetime = field(default_factory=timezone.now)
    _cards: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        speak_for(self.release)

    @cached_property
    def city_name(self) -> str:
        return in_language(self.release.city["name"], self.language)[0]

    @property
    def day(self) -> date:
        """The day the release was made: what "today" means here."""
        return self.release.day

    @property
    def shown_day(self) -> date:
        return self.on or self.day

    @property
    def is_past(self) -> bool:
        return self.on is not None or self.asked_release is not None

    @property
    def takes_a_day(self) -> bool:
        return self.section in DATED

    @property
    def clock(self) -> str:
        """The minute, where the answer changes with the server's clock: a call opens and closes by it."""
        return self.now.isoformat(timespec="minutes") if self.section == "calls" else ""

    @property
    def path(self) -> str:
        return self.request.path

    @property
    def query(self) -> dict[str, list[str]]:
        return {name: self.request.GET.getlist(name) for name in self.request.GET}

    @property
    def other_query(self) -> list[tuple[str, str]]:
        """What the form of the day must carry along."""
        return [(name, one) for name, values in self.query.items() if name not in ("on", "page") for one in values]

    @property
    def full_address(self) -> str:
        return self.request.build_absolute_uri()

    @cached_property
    def latest_source(self) -> str:
        """Day of the latest source the release rests on."""
        listing = self.release.listing("source", lang=self.language, filters=Filters(), sort="date", page=1, size=1)
        return str(listing.rows[0].get("from_day") or "") if listing.rows else ""

    @property
    def today_address(self) -> str:
        """The same page, of the latest release and with no day asked for."""
        return with_query(self._in(self.language, release=None), {k: v for k, v in self.query.items() if k != "on"})

    def kept(self, path: str, **query: Any) -> str:
        """A path of the portal that stays on the day being read."""
        said = {name: value for name, value in query.items() if value not in (None, "", [])}
        return with_query(path, ({"on": self.on_text} if self.on_text else {}) | said)

    def to(self, section: str, key: str = "", view: str = "", **query: Any) -> str:
        """Address of a section or of a record in it."""
        path = address(section, self.language, key=key, view=view, release=self.asked_release)
        return self.kept(path, **query)

    def to_record(self, noun: str, key: str) -> str:
        return self.kept(address_of(noun, key, self.language, release=self.asked_release))

    def card(self, key: str) -> dict[str, Any] | None:
        """Short row of a record, None when it is not to be seen."""
        if key not in self._cards:
            self._cards[key] = self.release.cards([key], lang=self.language, on=self.on).get(key)
        return self._cards[key]

    def hold(self, keys: Iterable[str]) -> None:
        """Read the short rows of many records in one question, before they are named one by one."""
        wanted = {key for key in keys if key and key not in self._cards}
        found = self.release.cards(sorted(wanted), lang=self.language, on=self.on)
        self._cards |= {key: found.get(key) for key in wanted}

    def rows(self, table: str, **equals: object) -> list[dict[str, Any]]:
        """Rows of a published table; none when this release was made before there was such a column."""
        try:
            return self.release.rows(table, **equals)
        except KeyError:
            return []

    def title_of(self, key: str) -> dict[str, str]:
        """Title of a record by the language it was found in; empty when it is not to be seen."""
        card = self.card(key) if key else None
        return {card["title_lang"]: card["title"]} if card else {}

    def link(self, key: str | None) -> dict[str, Any] | None:
        """A record named and linked."""
        card = self.card(key) if key else None
        if card is None:
            return None
        title = {card["title_lang"]: card["title"]}
        return {
            "key": key,
            "noun": card["noun"],
            "title": title,
            "address": self.to_record(card["noun"], card["key"]),
        }

    def with_query(self, changed: Mapping[str, Any]) -> str:
        """The same page with part of its query changed; an empty value removes it."""
        query = {**self.query, **changed}
        return with_query(self.path, {name: value for name, value in query.items() if value})

    def in_format(self, suffix: str) -> str:
        """What this page shows, as a file."""
        return with_query(f"{self.path}.{suffix}", {k: v for k, v in self.query.items() if k != "page"})

    def _in(self, language: str, *, release: int | None) -> str:
        return address(self.section, language, key=self.key, view=self.view, release=release)

    @property
    def languages(self) -> Iterator[dict[str, Any]]:
        for code in spelling.LOCALES:
            path = with_query(self._in(code, release=self.asked_release), self.query)
            yield {
                "code": code,
                "name": _NAMES[code],
                "address": path,
                "full_address": self.request.build_absolute_uri(path),  # search engines want whole ones
                "current": code == self.language,
            }

    @property
    def navigation(self) -> Iterator[dict[str, str]]:
        for section, word in navigation_words().items():
            within = UNDER.get(self.section, self.section)
            here = "page" if section == self.section and not self.key else "true" if section == within else ""
            yield {"address": self.to(section), "word": word, "current": here}

    @property
    def footer(self) -> Iterator[dict[str, Any]]:
        for title, entries in footer_words():
            yield {
                "title": title,
                "entries": [{"address": self.to(section), "word": word} for section, word in entries],
            }


def with_query(path: str, query: Mapping[str, Any]) -> str:
    return f"{path}?{urlencode(query, doseq=True)}" if query else path


def navigation_words() -> dict[str, str]:
    """Seven words and no more; everything else hangs on these pages, the footer and search."""
    words = (_("Map"), _("Partners"), _("Agreements"), _("Networks"), _("Money"), _("Promises"), _("Sources"))
    return dict(zip(NAVIGATION, words, strict=True))


def footer_words() -> list[tuple[str, list[tuple[str, str]]]]:
    check = [("sources", _("Sources")), ("figures", _("Figures")), ("contradictions", _("Contradictions"))]
    check += [("claims", _("Claims")), ("versions", _("Release log"))]
    more = [
        ("themes", _("Themes")),
        ("projects", _("Projects")),
        ("programmes", _("Programmes")),
        ("rights", _("Rights and honours")),
    ]
    more += [
        ("calls", _("Calls for projects")),
        ("labels", _("Labels given")),
        ("memory", _("Remembrance")),
        ("agenda", _("Agenda")),
        ("stories", _("Stories")),
        ("offices", _("Offices")),
    ]
    reuse = [
        ("data", _("Open data")),
        ("api", _("Programming interface")),
        ("press", _("Press")),
        ("search", _("Search")),
    ]
    part = [("questions", _("Questions and answers")), ("contact", _("Write to the office"))]
    part += [("accessibility", _("Accessibility")), ("privacy", _("Privacy"))]
    return [(_("Read on"), more), (_("Check"), check), (_("Reuse"), reuse), (_("Take part"), part)]
