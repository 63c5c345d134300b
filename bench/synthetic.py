"""Cities that do not exist: published tables of any size, the same for the same seed, no database behind.

Rows are made as they are asked for, so that a hundred thousand records weigh nothing before they are baked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from parvis.foundation.publishing import Audience, Column, PublishedTable

Row = dict[str, Any]

CITY = {
    "key": "synthetic",
    "name": {"fr": "Ville d'essai", "en": "Trial City"},
    "languages": ["fr", "en"],
    "default_language": "fr",
    "time_zone": "Europe/Paris",
    "currency": "EUR",
    "the_city": "body-000000",
    "place": "place-000000",
    "licence": "Licence Ouverte 2.0",
}
#: Of a hundred records, how many are of each noun, in the order of their keys.
SHARES = {"agreement": 25, "body": 12, "event": 20, "place": 12, "project": 20, "promise": 6, "source": 5}
COUNTRIES = [
    "AM",
    "AR",
    "BE",
    "BF",
    "BG",
    "BJ",
    "BR",
    "CA",
    "CD",
    "CG",
    "CI",
    "CL",
    "CM",
    "CN",
    "CO",
    "CZ",
    "DE",
    "DK",
    "DZ",
    "EG",
    "ES",
    "ET",
    "FI",
    "GB",
    "GE",
    "GH",
    "GN",
    "GR",
    "HR",
    "HT",
    "HU",
    "ID",
    "IL",
    "IN",
    "IR",
    "IT",
    "JO",
    "JP",
    "KE",
    "KH",
    "KR",
    "LB",
    "LK",
    "MA",
    "MD",
    "MG",
    "ML",
    "MR",
    "MX",
    "NE",
    "NG",
    "NL",
    "NO",
    "PE",
    "PH",
    "PL",
    "PS",
    "PT",
    "RO",
    "RS",
    "RU",
    "RW",
    "SE",
    "SN",
    "TD",
    "TG",
    "TH",
    "TN",
    "TR",
    "UA",
    "US",
    "UY",
    "VN",
    "ZA",
]
AREAS = ("africa", "americas", "asia", "europe", "mediterranean", "middle-east")
THEMES = ("climate", "culture", "europe", "innovation", "remembrance", "rights", "solidarity", "cooperation")
KINDS = {
    "agreement": ("city_cooperation", "european_accord", "framework", "twinning"),
    "body": ("city", "region", "ngo", "university", "firm", "agency", "network"),
    "event": ("conference", "festival", "forum", "summit", "ceremony", "exhibition"),
    "place": ("city", "region", "country", "district"),
    "project": ("transport", "sanitation", "health", "water", "waste", "energy", "education"),
    "promise": ("money", "policy", "visit"),
    "source": ("web_page", "communication", "minutes"),
}
STATES = {
    "agreement": ("draft", "voted", "signed", "in_force", "ended", "renewed"),
    "project": ("idea", "study", "decided", "running", "closed", "abandoned"),
    "event": ("planned", "held", "announced"),
    "promise": ("said", "in_progress", "kept", "not_kept"),
}
COMMON = [
    "partenariat",
    "solidarité",
    "eau",
    "climat",
    "réseau",
    "accord",
    "coopération",
    "projet",
    "santé",
    "école",
    "jumelage",
    "déchets",
    "énergie",
    "assainissement",
    "ville",
    "culture",
    "francophonie",
    "développement",
    "mémoire",
    "jeunesse",
    "transport",
    "logement",
    "formation",
]
_SYLLABLES = (
    "ba",
    "co",
    "dé",
    "fi",
    "gu",
    "ha",
    "jo",
    "ki",
    "lu",
    "ma",
    "né",
    "po",
    "ra",
    "si",
    "to",
    "vé",
    "wa",
    "yo",
)
#: Texts are cut from so many words in a row.
_POOL = 100_003
_RARE = tuple(a + b + c for a in _SYLLABLES for b in _SYLLABLES for c in _SYLLABLES)


def _mixed(number: int, salt: int) -> int:
    """A number that looks like chance and is not."""
    mixed = (number * 0x9E3779B1 + salt * 0x85EBCA77 + 0x27D4EB2F) & 0xFFFFFFFF
    mixed ^= mixed >> 15
    return (mixed * 0x2C1B3C6D & 0xFFFFFFFF) ^ mixed >> 12


class SyntheticCity:
    """A city of about ``size`` records."""

    def __init__(self, size: int, seed: int = 1) -> None:
        self.size = size
        self.seed = seed
        self.counts = {noun: max(2, size * share // 100) for noun, share in SHARES.items()}
        rare = _RARE[: max(200, min(len(_RARE), size // 10))]
        mixed = [_mixed(place, seed) for place in range(_POOL)]
        self.pool = [COMMON[m // 5 % len(COMMON)] if m % 5 == 0 else rare[m // 5 % len(rare)] for m in mixed]

    def _of(self, number: int, salt: int, choices: Any) -> Any:
        return choices[_mixed(number + self.seed * 7919, salt) % len(choices)]

    def key(self, noun: str, number: int) -> str:
        return f"{noun}-{number % self.counts[noun]:06}"

    def each(self, *nouns: str) -> Iterator[tuple[str, int, str]]:
        """Noun, number and key of every record, in the order of their keys."""
        for noun in nouns or SHARES:
            for number in range(self.counts[noun]):
                yield noun, number, self.key(noun, number)

    def words(self, number: int, salt: int, length: int) -> str:
        """Words as a text has them: a few common ones, many rare ones."""
        start = _mixed(number + self.seed * 7919, salt) % (len(self.pool) - length)
        return " ".join(self.pool[start : start + length])

    def title(self, noun: str, number: int) -> str:
        return f"{self.words(number, len(noun), 4).capitalize()} {number}"

    def _day(self, number: int, salt: int) -> str:
        mixed = _mixed(number, salt)
        year, month, day = 1985 + mixed % 41, 1 + mixed // 41 % 12, 1 + mixed // 500 % 28
        return (f"{year}", f"{year}-{month:02}", f"{year}-{month:02}-{day:02}")[mixed // 7 % 3]

    # -- rows of each table

    def subjects(self) -> Iterator[Row]:
        for noun, number, key in self.each():
            first, second = self._of(number, 3, THEMES), self._of(number, 4, THEMES)
            yield {
                "key": key, "noun": noun, "kind": self._of(number, 5, KINDS[noun]),
                "themes": [first] if number % 3 else sorted({first, second}), "priorities": [],
                "amended_on": f"2026-{1 + number % 11:02}-{1 + number % 28:02}",
            }  # fmt: skip

    def texts(self) -> Iterator[Row]:
        for noun, number, key in self.each():
            for field, length in (("summary", 45), ("title", 0)):
                for language in ("en", "fr"):
                    salt = len(noun) + (0 if language == "fr" else 50)
                    body = self.words(number, salt, length) if length else self.title(noun, number)
                    yield {
                        "subject": key, "field": field, "language": language, "body": body,
                        "state": "original" if language == "fr" else "translated", "future_until": None,
                    }  # fmt: skip

    def names(self) -> Iterator[Row]:
        for noun, number, key in self.each("body", "place"):
            yield {
                "subject": key, "text": self.words(number, 70 + len(noun), 2).title(), "language": "",
                "kind": "alias", "valid_from": None, "valid_to": None,
            }  # fmt: skip

    def citations(self) -> Iterator[Row]:
        for noun, number, key in self.each():
            if noun != "source":
                yield {
                    "subject": key, "source": self.key("source", _mixed(number, 80)), "about": None,
                    "lines": f"{1 + number % 400}", "page": None, "section": None, "fact": f"{noun}:{number}",
                }  # fmt: skip

    def statements(self) -> Iterator[Row]:
        place = 0
        for _, number, key in self.each("agreement", "body", "place", "project"):
            if number % 3 == 0:
                place += 1
                yield {
                    "statement": place, "subject": key, "property": self._of(number, 90, ("amount", "members", "size")),
                    "number": _mixed(number, 91) % 9_000_000, "number_to": None, "words": {}, "terms": {},
                    "qualifier": self._of(number, 92, ("", "about", "more_than")), "unit": "EUR",
                    "scope": {"fr": "au total", "en": "in all"}, "amount_kind": "cumulative", "currency": "EUR",
                    "as_of": self._day(number, 93), "as_of_basis": "text", "valid_from": None, "valid_to": None,
                    "recorded_on": "2026-11-01", "source": self.key("source", _mixed(number, 80)),
                    "lines": f"{1 + number % 400}", "said_by": None, "rank": "normal", "reason": {},
                    "fact": f"s:{place}",
                }  # fmt: skip

    def sources(self) -> Iterator[Row]:
        for _, number, key in self.each("source"):
            yield {"key": key, "date": self._day(number, 100), "language": "fr", "speaks": "self_reported"}

    def places(self) -> Iterator[Row]:
        for _, number, key in self.each("place"):
            yield {
                "key": key, "level": "city", "country": self._of(number, 110, COUNTRIES),
                "latitude": f"{_mixed(number, 111) % 12000 / 100 - 55:.2f}",
                "longitude": f"{_mixed(number, 112) % 35000 / 100 - 175:.2f}",
                "areas": [self._of(number, 113, AREAS)],
            }  # fmt: skip

    def bodies(self) -> Iterator[Row]:
        for _, number, key in self.each("body"):
            yield {"key": key, "place": self.key("place", number), "founded": self._day(number, 120)}

    def agreements(self) -> Iterator[Row]:
        for _, number, key in self.each("agreement"):
            until = self._day(number, 131) if number % 4 == 0 else None
            signed = self._day(number, 130)
            yield {
                "key": key, "signed": signed, "until": until if until and until[:4] > signed[:4] else None,
                "renewal": self._of(number, 132, ("fixed", "tacit", "unknown")),
            }  # fmt: skip

    def agreement_parties(self) -> Iterator[Row]:
        for _, number, key in self.each("agreement"):
            yield {"agreement": key, "party": "body-000000", "role": "party"}
            yield {"agreement": key, "party": self.key("body", 1 + _mixed(number, 140)), "role": "party"}

    def agreement_steps(self) -> Iterator[Row]:
        for _, number, key in self.each("agreement"):
            signed = self._day(number, 130)
            yield {"agreement": key, "state": self._of(number, 150, STATES["agreement"][:3]), "day": signed}
            later = str(int(signed[:4]) + 1 + number % 6)
            yield {"agreement": key, "state": self._of(number, 151, STATES["agreement"][3:]), "day": later}

    def projects(self) -> Iterator[Row]:
        for _, number, key in self.each("project"):
            yield {
                "key": key, "stage": self._of(number, 160, STATES["project"]),
                "agreement": self.key("agreement", _mixed(number, 161)) if number % 2 else None,
                "since": self._day(number, 162),
            }  # fmt: skip

    def project_places(self) -> Iterator[Row]:
        for _, number, key in self.each("project"):
            yield {"project": key, "place": self.key("place", 1 + _mixed(number, 170))}

    def events(self) -> Iterator[Row]:
        for _, number, key in self.each("event"):
            day = self._day(number, 180)
            yield {
                "key": key, "starts": day, "ends": day, "place": self.key("place", 1 + _mixed(number, 181)),
                "state": self._of(number, 182, STATES["event"]),
            }  # fmt: skip

    def promises(self) -> Iterator[Row]:
        for _, number, key in self.each("promise"):
            yield {"key": key, "made_by": "body-000000", "made": self._day(number, 190)}

    def promise_steps(self) -> Iterator[Row]:
        for _, number, key in self.each("promise"):
            yield {
                "promise": key,
                "state": "said",
                "day": self._day(number, 190),
                "words": {"fr": "Dit", "en": "Said"},
            }

    def tables(self) -> tuple[PublishedTable, ...]:
        return tuple(
            _table(name, columns, getattr(self, name), noun=NOUNS.get(name, "")) for name, columns in COLUMNS.items()
        )


NOUNS = {
    "sources": "source", "places": "place", "bodies": "body", "agreements": "agreement", "projects": "project",
    "events": "event", "promises": "promise",
}  # fmt: skip
COLUMNS: Mapping[str, str] = {
    "subjects": "key:key noun:text kind:text themes:list priorities:list amended_on:day",
    "texts": "subject:ref field:text language:text body:text state:text future_until:pdate",
    "names": "subject:ref text:text language:text kind:text valid_from:pdate valid_to:pdate",
    "citations": "subject:ref source:ref about:text lines:lines page:text section:text fact:text",
    "statements": "statement:int subject:ref property:text number:decimal(24,6) number_to:decimal(24,6) words:words"
    " terms:words qualifier:text unit:text scope:words amount_kind:text currency:text as_of:pdate as_of_basis:text"
    " valid_from:day valid_to:day recorded_on:day source:ref lines:lines said_by:ref rank:text reason:words fact:text",
    "sources": "key:key date:pdate language:text speaks:text",
    "places": "key:key level:text country:text latitude:decimal(9,6) longitude:decimal(9,6) areas:list",
    "bodies": "key:key place:ref founded:pdate",
    "agreements": "key:key signed:pdate until:pdate renewal:text",
    "agreement_parties": "agreement:ref party:ref role:text",
    "agreement_steps": "agreement:ref state:text day:pdate",
    "projects": "key:key stage:text agreement:ref since:pdate",
    "project_places": "project:ref place:ref",
    "events": "key:key starts:pdate ends:pdate place:ref state:text",
    "promises": "key:key made_by:ref made:pdate",
    "promise_steps": "promise:ref state:text day:pdate words:words",
}


def _table(name: str, columns: str, rows: Callable[[], Iterator[Row]], *, noun: str) -> PublishedTable:
    said = {"fr": "donnée d'essai", "en": "trial data"}
    declared = tuple(Column(*column.split(":"), said) for column in columns.split())
    return PublishedTable(
        name=name, title=said, grain=said, audience=Audience.PUBLIC, columns=declared, rows=rows, noun=noun
    )
