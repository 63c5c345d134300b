"""Which record a name in a table means. One record of that very name is taken; anything less sure is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from parvis.domain.directory.models import Body, Place
from parvis.domain.directory.queries import resolve
from parvis.exchange.formats.tables.values import NotSo
from parvis.exchange.inbound import numbers
from parvis.exchange.inbound.targets import Wanted
from parvis.exchange.inbound.words import vocabulary
from parvis.foundation.values.identifiers import identifier
from parvis.foundation.values.text import fold, squeeze
from parvis.register.models import Name, Subject, Text

#: What a person may answer besides a key: enter it anew, or leave the rows that name it refused.
NEW_BODY, NEW_PERSON, NEW_PLACE, NEW_COUNTRY, NOBODY = "new:body", "new:person:", "new:place:", "new:country:", "none"
_KEY = re.compile(r"^[a-z0-9][-a-z0-9]{1,119}$")
_TOLD = 6
_MOST_ASKED = 400
_ALIKE = 0.82


@dataclass(slots=True)
class Ask:
    """A name nobody is sure of: where it was met first, how often, and the records it may mean."""

    text: str
    nouns: tuple[str, ...]
    row: int
    column: str
    times: int = 0
    candidates: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class Fresh:
    """A record that does not exist yet and that a row names: entered with the import, before its rows."""

    noun: str
    key: str
    content: dict[str, Any]


class Resolver:
    """Names to keys, each name worked out once. ``before`` are those settled with files that were accepted."""

    def __init__(
        self,
        *,
        settled: Mapping[str, str],
        language: str,
        bodies: str = "ask",
        before: Mapping[str, str] = MappingProxyType({}),
        most_asked: int = _MOST_ASKED,
    ) -> None:
        self.settled, self.language, self.bodies, self.most_asked = settled, language, bodies, most_asked
        self.before = before
        #: Names that were not plain: what each was taken for, by an answer or as a body of its own.
        self.named: dict[str, str] = {}
        self.asks: dict[str, Ask] = {}
        self.fresh: dict[str, Fresh] = {}
        self.row, self.column = 0, ""
        self._known: dict[tuple[str, ...], dict[str, set[str]]] = {}
        self._numbers: dict[str, set[str]] | None = None
        self._of_countries: dict[str, str] | None = None
        self._answers: dict[tuple[str, tuple[str, ...], str], str | NotSo] = {}

    def refer(self, text: str, wanted: Wanted, number: str = "") -> str:
        """The key of the record a name means; ``number`` is that of its register beside it. Raises NotSo."""
        asked = (text, wanted.nouns, number)
        if asked not in self._answers:
            try:
                self._answers[asked] = self._found(text, wanted.nouns, number)
            except NotSo as reason:
                self._answers[asked] = reason
        answer = self._answers[asked]
        if isinstance(answer, NotSo):
            if (said := str(answer.facts.get("value", text))) in self.asks:
                self.asks[said].times += 1
            raise answer
        return answer

    def known(self, nouns: Iterable[str]) -> dict[str, set[str]]:
        """Every name of the records of these nouns, squeezed, with the keys that bear it."""
        nouns = tuple(nouns)
        if nouns not in self._known:
            found: dict[str, set[str]] = {}
            held = Subject.objects.filter(noun__in=nouns, revision__gte=1)
            titles = Text.objects.filter(field="title", subject__in=held).values_list("subject__key", "body")
            names = Name.objects.filter(subject__in=held).values_list("subject__key", "text")
            for key, text in (*titles.iterator(), *names.iterator()):
                found.setdefault(squeeze(text), set()).add(key)
            for key in held.values_list("key", flat=True):
                found.setdefault(squeeze(key), set()).add(key)
            self._known[nouns] = found
        return self._known[nouns]

    def _found(self, text: str, nouns: tuple[str, ...], number: str) -> str:
        name, written = numbers.apart(text)
        number = written or number
        full = numbers.numbered(name, number.partition(":")[2]) if number else text
        if said := self.settled.get(full) or self.settled.get(text):
            self.named[full] = self._settled(name, said, number)
            return self.named[full]
        numbered = self.bearers_of(number) if number and "body" in nouns else set()
        named = self._bearers(name, nouns)
        if sure := self._sure(numbered, named, name, number) or self._settled_before(full, nouns):
            return sure
        if not numbered and not named and self.bodies == "enter":
            if country := self._country(name, nouns):
                return self._enter_country(country)
            if "body" in nouns and "person" not in nouns:  # nobody is taken for a body unasked
                self.named[full] = self._enter_body(name, number)
                return self.named[full]
        return self._ask(full if numbered or named else text, nouns, numbered | named, name=name, number=number)

    def _settled_before(self, full: str, nouns: tuple[str, ...]) -> str:
        """The record this very name and number were taken for before, where it still is one of these."""
        key = self.before.get(full, "")
        return key if key and key in self.known(nouns).get(squeeze(key), set()) else ""

    def _sure(self, numbered: set[str], named: set[str], name: str, number: str) -> str:
        """The record that number and name agree on; nothing where they do not, or where several bear them."""
        if numbered:
            agreed = len(numbered) == 1 and not self._contradicted(numbered, named, name)
            return next(iter(numbered)) if agreed else ""
        agreed = len(named) == 1 and not self._numbered_otherwise(named, number)
        return next(iter(named)) if agreed else ""

    def _contradicted(self, numbered: set[str], named: set[str], name: str) -> bool:
        """Whether the name is that of another record than its number. A name nobody bears says nothing against it."""
        return bool(named) and not numbered <= named and bool(squeeze(name))

    def _numbered_otherwise(self, named: set[str], number: str) -> bool:
        """Whether the record of this name has another number in the same register."""
        if not number:
            return False
        held = self._numbers_of()
        registers = {numbers.register_of(way) for way in numbers.ways(number)}
        return any(key in keys and numbers.register_of(way) in registers for way, keys in held.items() for key in named)

    def _settled(self, text: str, answer: str, number: str) -> str:
        if answer == NOBODY:
            raise NotSo(_("“%(value)s” is in the register under no name; you chose to leave it so."), value=text)
        if answer == NEW_BODY:
            return self._enter_body(text, number)
        if answer.startswith(NEW_PERSON):
            return self._enter_person(text, answer.removeprefix(NEW_PERSON))
        if answer.startswith(NEW_COUNTRY):
            return self._enter_country(answer.removeprefix(NEW_COUNTRY))
        if answer.startswith(NEW_PLACE):
            _new, _place, geoname, country = answer.split(":")
            return self._enter_place(text, geoname, country)
        return answer

    def _bearers(self, text: str, nouns: tuple[str, ...]) -> set[str]:
        """Keys of the records of this very name, or of the country these two letters are."""
        held = self._countries().get(self._country(text, nouns))
        return {held} if held else self.known(nouns).get(squeeze(text), set())

    def _country(self, text: str, nouns: tuple[str, ...]) -> str:
        """The code of the country these two letters are, where a place is asked for."""
        return text if "place" in nouns and len(text) == 2 and text.isupper() and text in vocabulary().countries else ""

    def _countries(self) -> dict[str, str]:
        if self._of_countries is None:
            held = Place.objects.filter(level="country", subject__revision__gte=1)
            self._of_countries = dict(held.values_list("country", "subject__key"))
        return self._of_countries

    def _enter_country(self, code: str) -> str:
        if code not in vocabulary().countries:
            raise NotSo(_("“%(value)s” is not a country: write its name, or its two letters."), value=code)
        labels = vocabulary().countries.take(code).label
        key = key_for(labels.get("en", code))
        if key in self.known(("place", "body", "network")).get(squeeze(key), set()):
            key = f"{key}-{code.lower()}"
        content = {
            "key": key, "visibility": "draft", "kind": "country", "level": "country", "country": code,
            "title": dict(labels), "original": self.language if self.language in labels else next(iter(labels)),
        }  # fmt: skip
        self.fresh.setdefault(key, Fresh("place", key, content))
        return key

    def by_number(self, number: str) -> str:
        """The one body that has this number, however it is written; nothing where none or several have it."""
        found = self.bearers_of(number)
        return next(iter(found)) if len(found) == 1 else ""

    def bearers_of(self, number: str) -> set[str]:
        """The bodies that have this number: by the most precise way it is held."""
        if own := numbers.our_key(number):
            return {own} & self._keys()
        held = self._numbers_of()
        return next((held[way] for way in numbers.ways(number) if way in held), set())

    def _keys(self) -> set[str]:
        return {key for keys in self.known(("body", "place", "network")).values() for key in keys}

    def _numbers_of(self) -> dict[str, set[str]]:
        if self._numbers is None:
            self._numbers = {}
            rows = Body.objects.filter(subject__revision__gte=1).exclude(identifiers={})
            for key, held in rows.values_list("subject__key", "identifiers"):
                for way in numbers.held_by(held):
                    self._numbers.setdefault(way, set()).add(key)
        return self._numbers

    def _enter_body(self, text: str, number: str) -> str:
        key = key_for(text)
        if key in self.known(("body", "place", "network")).get(squeeze(key), set()):
            key = f"{key[:110]}-{number.rpartition(':')[2][-5:] or 'body'}"
        content: dict[str, Any] = {
            "key": key, "visibility": "draft", "title": {self.language: text}, "original": self.language,
        }  # fmt: skip
        if held := numbers.as_identifiers(number):
            content["identifiers"] = held
        self.fresh.setdefault(key, Fresh("body", key, content))
        return key

    def _enter_person(self, text: str, kind: str) -> str:
        key = key_for(text)
        content = {
            "key": key, "visibility": "draft", "title": {self.language: text}, "original": self.language, "kind": kind,
        }  # fmt: skip
        self.fresh.setdefault(key, Fresh("person", key, content))
        return key

    def _enter_place(self, text: str, geoname: str, country: str) -> str:
        key = key_for(text)
        content = {
            "key": key, "visibility": "draft", "title": {self.language: text}, "original": self.language,
            "level": "city", "country": country, "geoname": int(geoname),
        }  # fmt: skip
        self.fresh.setdefault(key, Fresh("place", key, content))
        return key

    def _ask(self, text: str, nouns: tuple[str, ...], bearers: set[str], *, name: str, number: str) -> str:
        numbered = self.bearers_of(number) if number and "body" in nouns else set()
        if len(self.asks) < self.most_asked and text not in self.asks:
            candidates = self._candidates(name, nouns, bearers)
            for one in candidates:
                if one["answer"] in numbered:
                    one["numbered"] = number.partition(":")[2]
            self.asks[text] = Ask(text, nouns, self.row, self.column, candidates=candidates)
        if numbered and not numbered <= self._bearers(name, nouns) and len(bearers) > 1:
            raise NotSo(_("“%(value)s” is one body by its number and another by its name: choose which."), value=text)
        if len(bearers) > 1:
            raise NotSo(_("“%(value)s” may be %(count)s records: choose which one."), value=text, count=len(bearers))
        if bearers:
            raise NotSo(_("“%(value)s” has another number in the register: choose what it is."), value=text)
        raise NotSo(_("“%(value)s” is in the register under no name: choose what it is."), value=text)

    def _candidates(self, text: str, nouns: tuple[str, ...], bearers: set[str]) -> list[dict[str, Any]]:
        keys = sorted(bearers) or self._near(text, nouns)
        titles = _titles(keys, self.language)
        found: list[dict[str, Any]] = [
            {"answer": key, "title": titles.get(key, (key, ""))[0], "noun": titles.get(key, ("", ""))[1]}
            for key in keys[:_TOLD]
        ]
        if code := self._country(text, nouns):
            label = vocabulary().countries.label(code, self.language)
            found.append({"answer": f"{NEW_COUNTRY}{code}", "title": label, "country": code, "fresh": True})
        elif "place" in nouns:
            for candidate in resolve(text).candidates[:_TOLD]:
                place = candidate.place
                found.append(
                    {
                        "answer": f"{NEW_PLACE}{place.geoname}:{place.country}",
                        "title": place.name,
                        "country": place.country,
                        "population": place.population,
                        "fresh": True,
                    }
                )
        return found

    def _near(self, text: str, nouns: tuple[str, ...]) -> list[str]:
        known = self.known(nouns)
        bare = squeeze(text)
        close = (
            get_close_matches(bare, known, n=_TOLD, cutoff=_ALIKE) if 3 < len(bare) < 80 and len(known) < 5000 else []
        )
        return list(dict.fromkeys(key for name in close for key in sorted(known[name])))


def number_in(cells: Mapping[str, str], columns: Mapping[str, str]) -> str:
    """The identifier beside a name, checked: ``siret:…``, ``rna:…`` or ``org_id:…``; nothing where none holds."""
    for scheme, column in columns.items():
        told = cells.get(column, "").strip(chr(39)) if column else ""
        if not told:
            continue
        if scheme == "org_id":
            return f"org_id:{told}"
        try:
            return f"{scheme}:{identifier(scheme, told)}"
        except ValueError:
            continue
    return ""


def key_for(*words: str) -> str:
    """A key made of these words."""
    bare = "-".join("-".join(fold(word).encode("ascii", "ignore").decode().split()) for word in words if word)
    key = bare[:100].strip("-")
    return key if _KEY.match(key) else f"r-{key}".strip("-")


def title_of(key: str, language: str) -> str:
    """What a record is called."""
    titles = dict(Text.objects.filter(subject__key=key, field="title").values_list("language", "body"))
    return titles.get(language) or next(iter(titles.values()), key)


def _titles(keys: Iterable[str], language: str) -> dict[str, tuple[str, str]]:
    rows = Text.objects.filter(field="title", subject__key__in=list(keys))
    found: dict[str, tuple[str, str]] = {}
    for key, noun, code, body in rows.values_list("subject__key", "subject__noun", "language", "body"):
        if key not in found or code == language:
            found[key] = (body, noun)
    return found
