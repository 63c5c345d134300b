"""Whole names of persons found in a text, however they are written: accents, capitals, hyphens, order.

A name is known by its words, folded; *DUPONT-MARTIN Marie* and *Marie Dupont Martin* are one. Fewer than two words
of two letters are no whole name and are not looked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from .text import fold, folded_words

#: The words of a name, in the order of the alphabet: the same in whichever order it is written.
Name = tuple[str, ...]
#: Words before a name that are no part of it.
TITLES = frozenset(
    {
        "m", "mm", "mr", "mme", "mlle", "mrs", "ms", "dr", "dre", "pr", "prof", "me", "monsieur", "madame", "maitre",
        "mademoiselle", "docteur", "professeur", "senor", "senora", "senhor", "senhora", "sr", "sra", "don", "dona",
        "mmes", "mesdames", "messieurs", "famille", "family", "familia", "veuve", "viuda", "viuva", "president",
        "presidente", "directeur", "directrice", "tresorier", "tresoriere", "presidenta", "directora", "diretor",
        "diretora",
    }
)  # fmt: skip
_SMALL = frozenset({"le", "la", "les", "l", "the", "of", "de", "du", "des", "d", "a", "o", "el", "da", "do"})
#: What somebody is where they sign: their name ends there.
ROLES = frozenset(
    {
        "president", "presidente", "presidence", "directeur", "directrice", "general", "generale", "tresorier",
        "tresoriere", "secretaire", "maire", "adjoint", "adjointe", "responsable", "chair", "chairman", "director",
        "treasurer", "secretary", "mayor", "head", "office", "presidenta", "directora", "tesorero", "tesorera",
        "secretario", "secretaria", "alcalde", "alcaldesa", "diretor", "diretora", "tesoureiro", "tesoureira",
        "association", "service",
    }
)  # fmt: skip
#: Words of an office: where somebody signs by these alone, they name nobody.
_OFFICES = _SMALL | ROLES
#: A Portuguese name has eight words and more.
_LONGEST = 10
#: What follows a name where somebody signs: *Marie Dupont, présidente*; *Marie Dupont - présidente*.
ASIDE = re.compile(r"[,;:(\n/]|\s[-–—]\s")


#: Signs that show nothing, and that what is copied from a page or a paper carries within its words.
_UNSEEN: dict[int, str | None] = dict.fromkeys(
    [
        0xAD, 0x34F, 0x115F, 0x1160, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A),
        0x3164, *range(0xFE00, 0xFE10), 0xFEFF, 0xFFA0, *range(0xE0000, 0xE0080), *range(0xE0100, 0xE01F0),
    ]
)  # fmt: skip
#: Letters of another look, which are letters of ours to whoever reads them.
_SEEN = _UNSEEN | {
    ord(sign): letter for sign, letter in zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɑɡ", "ABCDEFGHIJKLMNOPRSTUVWYZag", strict=True)
}
#: Cyrillic and Greek letters that look like ours, and a word that mixes them with ours.
_ALIKE = str.maketrans(
    "аеорсухіјѕһԁӏАВЕКМНОРСТХІЈЅУαοιρνυκεΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeopcyxijshdlABEKMHOPCTXIJSYaoipvukeABEZHIKMNOPTYX"
)
_TWO_SCRIPTS = re.compile(r"\w*(?:[A-Za-z\u00c0-\u024f][\u0370-\u052f]|[\u0370-\u052f][A-Za-z\u00c0-\u024f])\w*")
#: A space, as addresses and pages write it.
_SPACES = re.compile(r"%20|&nbsp;|&#(?:32|160|x20|xa0);", re.IGNORECASE)


def visible(text: str) -> str:
    """A text as it is seen: without the signs that show nothing, between two letters of a name for instance."""
    if "%" in text or "&" in text:
        text = _SPACES.sub(" ", text)
    if text.isascii():
        return text
    return _TWO_SCRIPTS.sub(lambda word: word.group().translate(_ALIKE), text.translate(_SEEN))


@dataclass(frozen=True, slots=True)
class Found:
    """A name in a text: its words, and where they stand, from the first sign to the last."""

    name: Name
    start: int
    end: int


def spellings(text: str) -> set[tuple[str, ...]]:
    """The ways a name typed as one text may be written: as it is, family name first or last, without its office."""
    found = set()
    parts = (ASIDE.split(said, maxsplit=1)[0] for said in (text, text.partition(":")[2]))
    for words in {_bare(fold(said).split()) for said in {text, *parts}}:
        for name in filter(_is_whole, (words, _before_a_role(words))):
            found |= {name[place:] + name[:place] for place in range(len(name))}
    return found


def spellings_of(given: str, family: str) -> set[tuple[str, ...]]:
    """The ways a name kept in two parts may be written: either first, all given names or the first alone."""
    first, last = _bare(fold(given).split()), tuple(fold(family).split())
    if not first or not last:
        return spellings(given or family)
    pairs = {one + other for part in (first, first[:1]) for one, other in ((part, last), (last, part))}
    return {words for words in pairs if _is_whole(words)}


def name_of(words: Iterable[str]) -> Name:
    """What a name is known by, whatever the order of its words."""
    return tuple(sorted(words))


def _before_a_role(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[: next((place for place, word in enumerate(words) if word in ROLES), len(words))]


def _bare(words: Sequence[str]) -> tuple[str, ...]:
    start = 0
    while start < len(words) and words[start] in TITLES:
        start += 1
    return tuple(words[start:])


def _is_whole(words: Sequence[str]) -> bool:
    if len(words) > _LONGEST or _OFFICES.issuperset(words):
        return False
    return sum(len(word) > 1 and not word.isdecimal() for word in words) > 1


class Finder:
    """Looks for many names in many texts, each read once: names are held by their first word."""

    def __init__(self, written: Iterable[tuple[str, ...]], *, folding: Callable[[str], str] = fold) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for words in sorted(set(written)):
            self._by_first.setdefault(words[0], []).append(words)
        self._folding = folding

    def __bool__(self) -> bool:
        return bool(self._by_first)

    def may_stand_in(self, words: Iterable[str]) -> bool:
        """Whether these words of a text, folded, hold the first word of a name."""
        return not self._by_first.keys().isdisjoint(words)

    def names(self, text: str) -> set[Name]:
        """The names that stand in a text."""
        words = self._folding(visible(text)).split()
        if self._by_first.keys().isdisjoint(words):
            return set()
        return {name_of(found) for _place, found in self._places(words)}

    def find(self, text: str) -> list[Found]:
        """Each name where it stands first, in the order of a text, which is to be ``visible``."""
        spans = list(folded_words(text))
        first: dict[Name, Found] = {}
        for place, words in self._places([word for word, _start, _end in spans]):
            name = name_of(words)
            first.setdefault(name, Found(name, spans[place][1], spans[place + len(words) - 1][2]))
        return list(first.values())

    def _places(self, words: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
        for place, word in enumerate(words):
            for sought in self._by_first.get(word, ()):
                if tuple(words[place : place + len(sought)]) == sought:
                    yield place, sought
