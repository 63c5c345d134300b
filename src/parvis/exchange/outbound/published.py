"""What is published, read table by table as it was declared; and the few things files need of other records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from parvis.foundation.vocabulary import Vocabulary, with_words

Row = Mapping[str, Any]
Words = dict[str, str]
_NEEDED = frozenset({"grant", "body", "place", "network", "decision", "programme", "levy", "call"})


@dataclass
class Published:
    """The tables of a release being made. ``each`` gives the rows of a table; ``tables`` is the data dictionary."""

    tables: list[dict[str, Any]]
    each: Callable[[str], Iterator[dict[str, Any]]]
    city: dict[str, Any]
    origin: str
    moment: str
    _held: dict[str, dict[str, Row]] = field(default_factory=dict)

    @cached_property
    def words(self) -> Vocabulary:
        """The words of the city, put over those of the house."""
        return with_words(self.city.get("vocabulary") or {})

    def themes_say(self, key: str, trait: str) -> set[str]:
        """What the themes of a record say of it, in the city's words: a sector, a part of its aid."""
        known = [theme for theme in self.subjects.get(key, {}).get("themes") or () if theme in self.words.themes]
        return {said for theme in known if (said := str(self.words.themes.take(theme).trait(trait) or ""))}

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(table["name"] for table in self.tables)

    @property
    def language(self) -> str:
        return str(self.city.get("default_language", "en"))

    @property
    def day(self) -> str:
        return self.moment[:10]

    def rows(self, table: str) -> Iterator[dict[str, Any]]:
        """Rows of a table; none when nobody publishes it."""
        return self.each(table) if table in self.names else iter(())

    def keyed(self, table: str) -> dict[str, Row]:
        """Rows of a table of records by their key, held: for tables others point to."""
        if table not in self._held:
            self._held[table] = {row["key"]: row for row in self.rows(table)}
        return self._held[table]

    @cached_property
    def _texts(self) -> dict[str, dict[str, Words]]:
        held: dict[str, dict[str, Words]] = {"title": {}, "summary": {}, "purpose": {}}
        for row in self.rows("texts"):
            if row["field"] in held and row["body"] and row["subject"] in self.subjects:
                held[row["field"]].setdefault(row["subject"], {})[row["language"]] = row["body"]
        return held

    def title(self, key: str | None) -> Words:
        return self._texts["title"].get(key or "", {})

    def said(self, key: str, *fields: str) -> Words:
        """The first of these texts that a record has."""
        return next((found for name in fields if (found := self._texts[name].get(key, {}))), {})

    @cached_property
    def subjects(self) -> dict[str, Row]:
        """Records of the nouns that files speak of: their kind, their themes, when they last changed."""
        return {row["key"]: row for row in self.rows("subjects") if row["noun"] in _NEEDED}

    def kind(self, key: str) -> str:
        return str(self.subjects.get(key, {}).get("kind") or "")

    def identifier(self, key: str, scheme: str) -> str:
        """A body's number in a register, or nothing."""
        body = self.keyed("bodies").get(key, {})
        start = f"{scheme}:"
        return next((one.removeprefix(start) for one in body.get("identifiers") or () if one.startswith(start)), "")

    def country_of(self, key: str | None) -> str:
        """Country of a place, or of the place a body is in."""
        body = self.keyed("bodies").get(key or "")
        place = self.keyed("places").get(str(body["place"]) if body and body.get("place") else key or "")
        return str(place["country"] or "") if place else ""

    def page(self, key: str) -> str:
        """The permanent address of a record."""
        return f"{self.origin}/id/{key}"


def in_one(words: Words, language: str) -> str:
    """One text: in this language, or in the first there is."""
    return words.get(language) or next((words[one] for one in sorted(words) if words[one]), "")
