"""The words of the portal's addresses: which section a word means, and where a record is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from parvis.foundation.values.yaml_files import read_yaml

_FILE = Path(__file__).with_name("addresses.yml")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Section words in each language, and the section each noun is read in."""

    sections: Mapping[str, Mapping[str, str]]
    views: Mapping[str, Mapping[str, str]]
    nouns: Mapping[str, str]
    #: By word and language, and by word alone.
    _meant: dict[tuple[str, str], str] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for section, words in self.sections.items():
            for language, word in words.items():
                self._meant.setdefault((word, language), section)
                self._meant.setdefault((word, ""), section)

    def word(self, section: str, language: str) -> str:
        return self.sections[section][language]

    def section_meant(self, word: str, language: str) -> str | None:
        """The section a word means in this language, or else in any other."""
        return self._meant.get((word, language)) or self._meant.get((word, ""))

    def of_two_parts(self) -> list[str]:
        """Words that stand under another section's, in any language: ``money/grants``."""
        every = {word for words in self.sections.values() for word in words.values()}
        return sorted(word for word in every if "/" in word)

    def words(self, language: str) -> Iterator[tuple[str, str]]:
        """Every section with its word in this language."""
        return ((section, words[language]) for section, words in self.sections.items())


def word_pattern() -> str:
    """What a section may be called in an address, as a regular expression."""
    return "(?P<word>" + "|".join((*addresses().of_two_parts(), "[^/.]+")) + ")"


@cache
def addresses() -> Addresses:
    """Read the words once. Raises ValueError when two sections share a word in a language."""
    told = read_yaml(_FILE)
    read = Addresses(sections=told["sections"], views=told["views"], nouns=told["nouns"])
    for language in next(iter(read.sections.values())):
        used = [words[language] for words in read.sections.values()]
        twice = sorted({word for word in used if used.count(word) > 1})
        if twice:
            raise ValueError(f"addresses.yml: {twice} named twice in {language}")
    return read


def address(section: str, language: str, *, key: str = "", view: str = "", release: int | None = None) -> str:
    """Path of a section, of a record in it, or of a view of it; of an earlier release when one is given."""
    parts = [f"r/{release}"] if release else []
    parts.append(language)
    if section:
        parts.append(addresses().word(section, language))
    if view:
        parts.append(addresses().views[view][language])
    if key:
        parts.append(key)
    return "/" + "/".join(parts)


def address_of(noun: str, key: str, language: str, *, release: int | None = None) -> str:
    """Path of a record; nouns that have no page of their own lead to the permanent address."""
    section = addresses().nouns.get(noun)
    return address(section, language, key=key, release=release) if section else f"/id/{key}"
